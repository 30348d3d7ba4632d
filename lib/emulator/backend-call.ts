import { CircuitBreaker } from './circuit-breaker';
import { Clock } from './clock';
import {
  backendConnectionFailure,
  backendMissing,
  backendTimeout,
  backendUnknown,
  clientConnectionFailure,
  PolicyError,
  urlInvalid,
} from './errors';
import { GatewayDefinition } from './gateway-definition';
import { endToEnd, HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { RequestState, ResponseMessage } from './request-state';
import { BackendTransport } from './transport';

/** The backends of a gateway: where they are and whether their breakers are open. */
export class Backends {
  private readonly breakers = new Map<string, CircuitBreaker>();

  constructor(
    private readonly gateway: GatewayDefinition,
    private readonly transport: BackendTransport,
    private readonly clock: Clock,
  ) {
    gateway.backends?.forEach(({ circuitBreaker }, id) => {
      if (circuitBreaker) {
        this.breakers.set(id, new CircuitBreaker(circuitBreaker, clock));
      }
    });
  }

  /** Whether the breaker of a backend is open; false for one without breaker. */
  isOpen(id: string): boolean {
    return this.breakers.get(id)?.open ?? false;
  }

  /** The URL that the request would be sent to now; where no backend is known yet, that of the gateway with the path below the API's. */
  targetUrl(state: RequestState): URL {
    const base = this.baseUrl(state) ?? state.request.originalUrl.origin;
    if (!URL.canParse(base) || !/^https?:/i.test(base)) {
      throw urlInvalid('set-backend-service', base);
    }
    const url = new URL(base);
    const query = state.request.query.toString();
    const path = `${url.pathname.replace(/\/$/, '')}${state.request.path}`;
    url.pathname = path;
    url.search = query === '' ? url.search : `?${query}`;
    return url;
  }

  private baseUrl(state: RequestState): string | undefined {
    const { backend } = state;
    if (backend === undefined) {
      return state.matched.api.serviceUrl;
    }
    if ('url' in backend) {
      return backend.url;
    }
    const found = this.gateway.backends?.get(backend.id);
    if (!found) {
      throw backendUnknown(backend.id, [...(this.gateway.backends?.keys() ?? [])]);
    }
    return found.url;
  }

  /**
   * Sends the request.
   *
   * @throws PolicyError `BackendConnectionFailure` or `Timeout` if no response headers came, `ClientConnectionFailure` if the
   * caller left before they did
   */
  async send(state: RequestState, timeoutMilliseconds: number, streamed: boolean): Promise<ResponseMessage> {
    if (this.baseUrl(state) === undefined) {
      throw backendMissing();
    }
    const url = this.targetUrl(state);
    const breaker = state.backend && 'id' in state.backend ? this.breakers.get(state.backend.id) : undefined;
    if (breaker?.open) {
      return refusal();
    }
    try {
      const response = await this.sendOnce(state, url, timeoutMilliseconds, streamed);
      breaker?.record({ status: response.status, retryAfter: response.headers.joined('retry-after') });
      return response;
    } catch (error) {
      if (error instanceof PolicyError) {
        breaker?.record({ errorReason: error.reason });
      }
      throw error;
    }
  }

  private async sendOnce(state: RequestState, url: URL, timeout: number, streamed: boolean): Promise<ResponseMessage> {
    const { request, signal } = state;
    const content = request.body?.content();
    const headers = endToEnd(request.headers);
    headers.delete('host');
    headers.delete('expect');
    if (Buffer.isBuffer(content)) {
      headers.set('Content-Length', [String(content.length)]);
    }
    const abort = new AbortController();
    const giveUp = (): void => abort.abort();
    if (signal.aborted) {
      throw clientConnectionFailure();
    }
    signal.addEventListener('abort', giveUp, { once: true });
    let timedOut = false;
    const cancelTimeout = this.clock.schedule(timeout, () => {
      timedOut = true;
      giveUp();
    });
    try {
      const response = await this.transport({ method: request.method, url, headers, content }, abort.signal);
      return {
        status: response.status,
        reason: response.reason,
        headers: endToEnd(response.headers),
        body: MessageBody.ofStream(response.body, 'response'),
        streamed,
      };
    } catch (error) {
      signal.removeEventListener('abort', giveUp);
      if (timedOut) {
        throw backendTimeout(timeout);
      }
      throw signal.aborted ? clientConnectionFailure() : backendConnectionFailure((error as Error).message);
    } finally {
      cancelTimeout();
    }
  }
}

/** An open breaker's answer. It is taken to be a response, without Retry-After; Azure's documentation says no more than the status. */
function refusal(): ResponseMessage {
  const headers = new HeaderBag();
  headers.set('Content-Type', ['application/json']);
  return {
    status: 503,
    reason: 'Service Unavailable',
    headers,
    body: MessageBody.ofText(
      '{"statusCode":503,"message":"The backend is unavailable: its circuit breaker is open."}',
      'response',
    ),
    streamed: false,
  };
}
