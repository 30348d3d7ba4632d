import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ExpressionDefect } from './csharp/exceptions';
import { GatewayDefinition } from './gateway-definition';
import { GatewayPipeline, PipelineOptions } from './gateway-pipeline';
import { errorResponse } from './gateway-response';
import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { TraceEntry } from './request-state';
import { writeResponse } from './response-writer';

export interface EmulatedGatewayOptions extends PipelineOptions {
  /** @default one that is free */
  readonly port?: number;
  /** Told of every answered request. */
  readonly onAnswer?: (answer: GatewayAnswer) => void;
}

/** A request that was answered. */
export interface GatewayAnswer {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly trace: readonly TraceEntry[];
  /** Why the emulator could not answer as the gateway would. */
  readonly defect?: string;
}

/** Header of an answer that is no answer of the gateway: the emulator met what it does not implement. */
export const DEFECT_HEADER = 'x-emulator-defect';

/**
 * An API Management gateway on the loopback interface. An answer with the header `x-emulator-defect` (status 501) says that the policy
 * does something that the emulator does not do, or that would not compile.
 */
export class EmulatedGateway {
  private constructor(
    private readonly server: Server,
    private readonly running: { pipeline: GatewayPipeline },
    private readonly options: EmulatedGatewayOptions,
  ) {}

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @throws if the gateway uses what is not implemented, with all of it named; if the port is taken
   */
  static async start(gateway: GatewayDefinition, options: EmulatedGatewayOptions = {}): Promise<EmulatedGateway> {
    const running = { pipeline: new GatewayPipeline(gateway, options) };
    const server = createServer((request, response) => {
      void serve(running.pipeline, request, response, options.onAnswer);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return new EmulatedGateway(server, running, options);
  }

  /**
   * Replaces policies, backends and named values. Connections stay open, requests that are under way end as they began, and what was
   * counted and cached is forgotten.
   *
   * @throws if the gateway uses what is not implemented; then the former one goes on
   */
  update(gateway: GatewayDefinition): void {
    this.running.pipeline = new GatewayPipeline(gateway, this.options);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Without slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Whether a backend's circuit breaker is open. */
  isBackendOpen(id: string): boolean {
    return this.running.pipeline.isBackendOpen(id);
  }

  /** Stops listening and ends the connections. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

async function serve(
  pipeline: GatewayPipeline,
  request: IncomingMessage,
  response: ServerResponse,
  onAnswer: EmulatedGatewayOptions['onAnswer'],
): Promise<void> {
  const abort = new AbortController();
  response.on('close', () => abort.abort());
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  try {
    const answer = await pipeline.answer({
      method,
      url: requestUrl(request),
      headers: HeaderBag.fromRaw(request.rawHeaders),
      body: hasBody(request) ? MessageBody.ofStream(request, 'request') : undefined,
      ipAddress: request.socket.remoteAddress ?? '127.0.0.1',
      signal: abort.signal,
    });
    const { requestId, trace } = answer;
    onAnswer?.({ requestId, method, path, status: answer.response.status, trace });
    await writeResponse(answer.response, response, method === 'HEAD');
  } catch (error) {
    const defect = error instanceof Error ? error.message : String(error);
    onAnswer?.({ requestId: '', method, path, status: 501, trace: [], defect });
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const kind = error instanceof ExpressionDefect ? 'policy' : 'emulator';
    const answer = errorResponse(501, `the emulator cannot answer as API Management would: ${defect}`);
    answer.headers.set(DEFECT_HEADER, [kind]);
    await writeResponse(answer, response, method === 'HEAD');
  }
}

/** The request's URL with `.` and `..` resolved, as the gateway's HTTP stack does before it looks for an operation. */
function requestUrl(request: IncomingMessage): URL {
  const host = request.headers.host ?? '';
  const origin = URL.canParse(`http://${host}`) && host !== '' ? `http://${host}` : 'http://localhost';
  const path = request.url ?? '/';
  return new URL(origin + (path.startsWith('/') ? path : '/'));
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}
