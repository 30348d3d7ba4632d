import { Agent, request } from 'node:http';

/** What an application sees of an answer. */
export interface ChatReply {
  readonly status: number;
  readonly release: string | undefined;
  readonly body: { readonly message?: string; readonly error?: { readonly code: string } };
}

/** Asks a router, as many at a time as there are callers; connections are kept. */
export class ChatClient {
  private readonly agent = new Agent({ keepAlive: true });

  /** `headers` are those by which a user is known. */
  constructor(
    private readonly url: string,
    private readonly headersOf: (user: string) => Record<string, string>,
  ) {}

  ask(user: string, headers: Record<string, string> = {}): Promise<ChatReply> {
    const options = {
      method: 'POST',
      agent: this.agent,
      headers: { 'content-type': 'application/json', ...this.headersOf(user), ...headers },
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(`${this.url}/chat`, options, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        incoming.on('error', reject).on('end', () =>
          resolve({
            status: incoming.statusCode!,
            release: incoming.headers['x-release'] as string | undefined,
            body: JSON.parse(text) as ChatReply['body'],
          }),
        );
      });
      outgoing.on('error', reject).end(JSON.stringify({ message: `question of ${user}` }));
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
