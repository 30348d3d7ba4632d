import { PolicyDocument } from '../policy/policy-document';
import { Backends } from './backend-call';
import { answerPreflight, crossOriginPolicies, preflightMethod } from './cross-origin';
import { EmulatorServices, servicesWith } from './emulator-services';
import { policyRefused, subscriptionKeyInvalid, subscriptionKeyMissing } from './errors';
import { GatewayApi, GatewayDefinition, GatewaySubscription } from './gateway-definition';
import { errorResponse } from './gateway-response';
import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { MatchedOperation, matchOperation } from './operation-match';
import { gatewayProblems } from './policy-check';
import { PolicyInterpreter } from './policy-interpreter';
import { GatewayRuntime, RequestValues } from './policy-runtime';
import { PolicyValues } from './policy-values';
import { PolicyScope, RequestState, ResponseMessage, TraceEntry } from './request-state';
import { TokenCounters } from './token-counters';
import { TokenUse } from './token-use';
import { ValueCache } from './value-cache';

/** How a gateway is run. */
export interface PipelineOptions {
  readonly services?: Partial<EmulatorServices>;
  /** Names of policies that are passed over instead of refused, for instance `llm-content-safety`. @default none */
  readonly ignoredPolicies?: readonly string[];
}

/** A request as it came in. */
export interface IncomingRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderBag;
  readonly body: MessageBody | undefined;
  readonly ipAddress: string;
  readonly signal: AbortSignal;
}

export interface PipelineAnswer {
  readonly response: ResponseMessage;
  readonly requestId: string;
  readonly trace: readonly TraceEntry[];
}

/** The global policy of a new instance (learn.microsoft.com/azure/api-management/forward-request-policy). */
const DEFAULT_POLICY: PolicyDocument = {
  kind: 'policies',
  inbound: [],
  backend: [{ kind: 'forward-request' }],
  outbound: [],
  onError: [],
};

/** The policies of a gateway, ready to answer requests one after another or side by side. */
export class GatewayPipeline {
  private readonly runtime: GatewayRuntime;

  /** @throws if the gateway uses what is not implemented, with all of it named */
  constructor(
    private readonly gateway: GatewayDefinition,
    options: PipelineOptions = {},
  ) {
    const services = servicesWith(options.services);
    const values = new PolicyValues(gateway.namedValues ?? new Map<string, string>());
    const ignoredPolicies = new Set(options.ignoredPolicies);
    const problems = gatewayProblems(gateway, values, ignoredPolicies);
    if (problems.length > 0) {
      throw policyRefused(problems);
    }
    const backends = new Backends(gateway, services.transport, services.clock);
    const cache = new ValueCache(services.clock);
    const tokens = new TokenCounters(services.clock);
    this.runtime = { gateway, services, backends, values, cache, tokens, ignoredPolicies };
  }

  /** Whether a backend's circuit breaker is open. */
  isBackendOpen(id: string): boolean {
    return this.runtime.backends.isOpen(id);
  }

  /** @throws ExpressionDefect if a policy turns out to use what is not implemented or does not compile */
  async answer(incoming: IncomingRequest): Promise<PipelineAnswer> {
    const { services } = this.runtime;
    const requestId = services.newGuid();
    const matched = matchOperation(this.gateway, incoming.method, incoming.url.pathname);
    const preflight = await this.preflight(incoming, requestId, matched);
    if (preflight) {
      return preflight;
    }
    if (!matched) {
      return { response: errorResponse(404, 'Resource not found'), requestId, trace: [] };
    }
    const key = presentedKey(matched.api, incoming);
    const subscription = this.gateway.subscriptions?.find((candidate) => candidate.key === key);
    const state = newState(incoming, matched, subscription, requestId, services.clock.now());
    const interpreter = new PolicyInterpreter(new RequestValues(this.runtime, state), this.scopesOf(matched));
    if (matched.api.subscriptionRequired === true && !subscription) {
      await interpreter.fail(key === undefined ? subscriptionKeyMissing() : subscriptionKeyInvalid());
    } else {
      await interpreter.run();
    }
    const response = state.response ?? errorResponse(200, '');
    state.crossOriginHeaders.entries().forEach(([name, list]) => response.headers.set(name, list));
    return { response, requestId, trace: state.trace };
  }

  /** The answer to a browser that asks before it sends; an operation for `OPTIONS` answers for itself. */
  private async preflight(
    incoming: IncomingRequest,
    requestId: string,
    own: MatchedOperation | undefined,
  ): Promise<PipelineAnswer | undefined> {
    const method = preflightMethod(incoming.method, incoming.headers);
    const matched = method === undefined ? undefined : matchOperation(this.gateway, method, incoming.url.pathname);
    const ignored = this.runtime.ignoredPolicies.has('cors');
    const policies = matched && !ignored ? crossOriginPolicies(this.scopesOf(matched)) : [];
    if (!matched || policies.length === 0 || own?.operation.method === 'OPTIONS') {
      return undefined;
    }
    const state = newState(incoming, matched, undefined, requestId, this.runtime.services.clock.now());
    await answerPreflight(new RequestValues(this.runtime, state), policies);
    return { response: state.response!, requestId, trace: state.trace };
  }

  private scopesOf(matched: MatchedOperation): PolicyScope[] {
    const scopes: PolicyScope[] = [{ name: 'global', document: this.gateway.policy ?? DEFAULT_POLICY }];
    if (matched.api.policy) {
      scopes.unshift({ name: 'api', document: matched.api.policy });
    }
    if (matched.operation.policy) {
      scopes.unshift({ name: 'operation', document: matched.operation.policy });
    }
    return scopes;
  }
}

function presentedKey(api: GatewayApi, incoming: IncomingRequest): string | undefined {
  const header = incoming.headers.joined(api.subscriptionKeyHeader ?? 'Ocp-Apim-Subscription-Key');
  return header ?? incoming.url.searchParams.get(api.subscriptionKeyQueryParameter ?? 'subscription-key') ?? undefined;
}

function newState(
  incoming: IncomingRequest,
  matched: MatchedOperation,
  subscription: GatewaySubscription | undefined,
  requestId: string,
  receivedAt: number,
): RequestState {
  return {
    request: {
      method: incoming.method,
      originalUrl: incoming.url,
      path: matched.path,
      query: new URLSearchParams(incoming.url.searchParams),
      headers: incoming.headers.clone(),
      body: incoming.body,
      ipAddress: incoming.ipAddress,
    },
    response: undefined,
    variables: new Map(),
    lastError: undefined,
    requestId,
    receivedAt,
    matched,
    subscription,
    backend: undefined,
    crossOriginHeaders: new HeaderBag(),
    tokenUse: new TokenUse(),
    signal: incoming.signal,
    trace: [],
  };
}
