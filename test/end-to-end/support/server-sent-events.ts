/** An event as it arrived. */
export interface ArrivedEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The server-sent events of an answer, each as soon as it is there. */
export async function* arrivingEvents(answer: Response): AsyncGenerator<ArrivedEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const match = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end));
      if (match === null) {
        throw new Error(`no event of this service: ${text.slice(0, end)}`);
      }
      yield { event: match[1]!, data: JSON.parse(match[2]!) };
      text = text.slice(end + 2);
    }
  }
}

/** All events of an answer. */
export async function readEvents(answer: Response): Promise<ArrivedEvent[]> {
  const events: ArrivedEvent[] = [];
  for await (const event of arrivingEvents(answer)) {
    events.push(event);
  }
  return events;
}
