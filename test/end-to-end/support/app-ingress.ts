import { once } from 'node:events';
import { IncomingMessage, request, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { KeyPair } from '../../routing/nginx-support/certificates';

/** Base URL of the app that a host name belongs to, or undefined where there is none. */
export type AppLookup = (host: string) => string | undefined;

/** The ingress of a Container Apps environment: one TLS endpoint in front of all apps, which it tells apart by the host. */
export class AppIngress {
  private constructor(private readonly server: Server) {}

  static async start(keys: KeyPair, appOf: AppLookup): Promise<AppIngress> {
    const server = createServer({ key: keys.key, cert: keys.cert }, (incoming, response) => {
      const url = appOf(new URL(`https://${incoming.headers.host}`).hostname);
      if (url === undefined) {
        // As the platform says it of an app that does not exist.
        response.writeHead(404).end('Error 404 - This Container App is stopped or does not exist.');
        return;
      }
      pass(incoming, response, new URL(incoming.url!, url));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AppIngress(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

function pass(incoming: IncomingMessage, response: ServerResponse, url: URL): void {
  const outgoing = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}
