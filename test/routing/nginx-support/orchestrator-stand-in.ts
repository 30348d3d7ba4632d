import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { KeyPair } from './certificates';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bodyLength: number;
  readonly bodyDigest: string;
  readonly serverName: string | false | null;
}

export type Behaviour = (request: ReceivedRequest, response: ServerResponse) => void;

/** An HTTPS server that keeps what it was asked, and answers with its label unless told otherwise. */
export class OrchestratorStandIn {
  public static async start(label: string, keys: KeyPair, behaviour?: Behaviour): Promise<OrchestratorStandIn> {
    const orchestrator = new OrchestratorStandIn(label, keys, behaviour);
    orchestrator.server.listen(0, '127.0.0.1');
    await once(orchestrator.server, 'listening');
    return orchestrator;
  }

  public readonly received: ReceivedRequest[] = [];
  private readonly server: Server;

  private constructor(
    public readonly label: string,
    keys: KeyPair,
    private readonly behaviour: Behaviour = (_, response) => response.end(label),
  ) {
    this.server = createServer({ key: keys.key, cert: keys.cert }, (request, response) =>
      this.serve(request, response),
    );
  }

  /** A name that only the tests' name server knows. */
  public get hostName(): string {
    return `${this.label}.orchestrators.test`;
  }

  public get url(): string {
    return `https://${this.hostName}:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const digest = createHash('sha256');
    let bodyLength = 0;
    request.on('data', (chunk: Buffer) => {
      bodyLength += chunk.length;
      digest.update(chunk);
    });
    request.on('end', () => {
      const received = {
        method: request.method!,
        url: request.url!,
        headers: request.headers,
        bodyLength,
        bodyDigest: digest.digest('hex'),
        serverName: (request.socket as TLSSocket & { servername?: string | false }).servername ?? null,
      };
      this.received.push(received);
      this.behaviour(received, response);
    });
  }
}
