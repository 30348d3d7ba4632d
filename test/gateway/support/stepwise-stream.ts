import { ServerResponse } from 'node:http';
import { DeploymentBehaviour } from './fake-azure-openai';

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

  /** Lets the model go on, once a part has arrived. */
  writeNext(): void {
    const part = this.parts.shift();
    if (part === undefined) {
      this.response!.end('data: [DONE]\n\n');
    } else {
      this.response!.write(part);
    }
  }
}
