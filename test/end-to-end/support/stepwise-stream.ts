import { ServerResponse } from 'node:http';
import { DeploymentBehaviour } from '../../gateway/support/fake-azure-openai';
import { ArrivedEvent, arrivingEvents } from './server-sent-events';

/**
 * An answer of which the model writes each part only after the one before has arrived at the client: whoever on the way waits for more
 * than one part waits forever.
 */
export class StepwiseStream {
  private response: ServerResponse | undefined;
  private readonly parts: string[];

  /** `model` is what the answer names itself after. */
  constructor(model: string, words: readonly string[]) {
    const chunk = (content: string): string =>
      `data: ${JSON.stringify({ id: 'chatcmpl', object: 'chat.completion.chunk', model, choices: [{ index: 0, delta: { content } }] })}\n\n`;
    this.parts = words.map(chunk);
  }

  readonly behaviour: DeploymentBehaviour = (_request, response) => {
    this.response = response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.writeNext();
  };

  /** Reads the answer, and lets the model go on with each part that is there. */
  async read(answer: Response): Promise<ArrivedEvent[]> {
    const events: ArrivedEvent[] = [];
    for await (const event of arrivingEvents(answer)) {
      events.push(event);
      if (event.event === 'delta') {
        this.writeNext();
      }
    }
    return events;
  }

  private writeNext(): void {
    const part = this.parts.shift();
    if (part === undefined) {
      this.response!.end('data: [DONE]\n\n');
    } else {
      this.response!.write(part);
    }
  }
}
