import { StepwiseStream } from '../../gateway/support/stepwise-stream';
import { ArrivedEvent, arrivingEvents } from './server-sent-events';

/** Reads an answer, and lets the model go on with each part that is there. */
export async function readStepwise(stream: StepwiseStream, answer: Response): Promise<ArrivedEvent[]> {
  const events: ArrivedEvent[] = [];
  for await (const event of arrivingEvents(answer)) {
    events.push(event);
    if (event.event === 'delta') {
      stream.writeNext();
    }
  }
  return events;
}
