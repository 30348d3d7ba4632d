import { createServer, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** A backend on the loopback interface that remembers what it received and answers as it is told. */
export class FakeBackend {
  readonly received: ReceivedRequest[] = [];
  private constructor(private readonly server: Server) {}

  static async start(answer: (request: ReceivedRequest, response: ServerResponse) => void): Promise<FakeBackend> {
    const holder: { backend?: FakeBackend } = {};
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers, rawHeaders } = request;
        const received = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString('utf8') };
        holder.backend!.received.push(received);
        answer(received, response);
      });
    };
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    holder.backend = new FakeBackend(server);
    return holder.backend;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** A URL on which nothing listens. */
export async function refusedUrl(): Promise<string> {
  const backend = await FakeBackend.start(() => undefined);
  const { url } = backend;
  await backend.stop();
  return url;
}
