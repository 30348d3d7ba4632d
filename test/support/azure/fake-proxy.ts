import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';

/** A proxy that lets nobody through, and remembers where they wanted to go. */
export class FakeProxy {
  /** Host and port of every tunnel that was asked for. */
  readonly targets: string[] = [];

  private constructor(private readonly server: Server) {
    server.on('connect', ({ url }: { url?: string }, socket: Duplex) => {
      this.targets.push(url ?? '');
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  }

  static async start(): Promise<FakeProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new FakeProxy(server);
  }

  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
