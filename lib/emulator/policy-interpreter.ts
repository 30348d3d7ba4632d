import { ForwardRequestNode } from '../policy/message-nodes';
import { elementName } from '../policy/node-values';
import { PolicyDocument, PolicyNode, PolicySection, RetryNode, ReturnResponseNode } from '../policy/policy-document';
import { PolicyValue } from '../policy/policy-value';
import { childLists, placed } from '../policy/policy-walk';
import { authenticateManagedIdentity, validateToken } from './access-policies';
import { sleep } from './clock';
import { ExpressionDefect } from './csharp/exceptions';
import { textOf } from './csharp/format';
import { backendStatusFailure, PolicyError } from './errors';
import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { changesResponse, rewriteUri, setBody, setHeader, setQueryParameter, setStatus } from './message-policies';
import { Place, RequestValues } from './policy-runtime';
import { PolicyScope, ResponseMessage } from './request-state';

type Completion = 'done' | 'returned';

/** Reasons for which a response is missing: `retry` looks at its condition after them. */
const TRANSPORT_FAILURES: ReadonlySet<string> = new Set(['BackendConnectionFailure', 'Timeout']);
const DEFAULT_TIMEOUT_SECONDS = 300;

/** Carries out the policies of one request. */
export class PolicyInterpreter {
  constructor(
    private readonly values: RequestValues,
    /** Innermost first: operation, API, global. */
    private readonly scopes: readonly PolicyScope[],
  ) {}

  /** Runs the whole pipeline; afterwards the state holds the response. */
  async run(): Promise<void> {
    try {
      for (const section of ['inbound', 'backend', 'outbound'] as const) {
        if ((await this.section(section)) === 'returned') {
          return;
        }
      }
    } catch (error) {
      await this.fail(error);
    }
  }

  /** Sends the request to `on-error`, also for an error of a built-in step before the policies. */
  async fail(error: unknown): Promise<void> {
    if (!(error instanceof PolicyError)) {
      throw error;
    }
    const { state } = this.values;
    state.lastError = error;
    state.response?.body.discard();
    state.response = errorResponse(error.status, error.message);
    try {
      await this.section('on-error');
    } catch (second) {
      if (!(second instanceof PolicyError)) {
        throw second;
      }
      state.response = errorResponse(500, 'Internal server error');
    }
  }

  private section(section: PolicySection): Promise<Completion> {
    const [scope, ...outer] = this.scopes;
    return scope
      ? this.list(nodesOf(scope.document, section), { section, scope, outer, path: section })
      : Promise.resolve('done');
  }

  private async list(nodes: readonly PolicyNode[], place: Place): Promise<Completion> {
    for (const { node, place: path } of placed({ nodes, place: place.path })) {
      const here = { ...place, path };
      try {
        if ((await this.node(node, here)) === 'returned') {
          return 'returned';
        }
      } catch (error) {
        throw this.located(error, here, node);
      }
    }
    return 'done';
  }

  /** Notes where an error first came up. */
  private located(error: unknown, place: Place, node: PolicyNode): unknown {
    if (error instanceof PolicyError && !('section' in error)) {
      const id = 'id' in node && typeof node.id === 'string' ? node.id : undefined;
      Object.assign(error, {
        section: place.section,
        scope: place.scope.name,
        path: place.path.replace(`${place.section}/`, ''),
        policyId: id,
      });
    }
    return error;
  }

  private async node(node: PolicyNode, place: Place): Promise<Completion> {
    const { values } = this;
    const { state, runtime } = values;
    if (runtime.ignoredPolicies.has(elementName(node))) {
      this.trace(place, node, 'ignored');
      return 'done';
    }
    switch (node.kind) {
      case 'base': {
        const [scope, ...outer] = place.outer;
        return scope
          ? this.list(nodesOf(scope.document, place.section), { ...place, scope, outer, path: place.section })
          : 'done';
      }
      case 'choose':
        return this.choose(node, place);
      case 'retry':
        return this.retry(node, place);
      case 'include-fragment': {
        const id = await values.requiredText(node.kind, 'fragment-id', node.fragmentId);
        return this.list(runtime.gateway.fragments!.get(id)!.children, { ...place, path: `${place.path}/fragment` });
      }
      case 'return-response':
        await this.returnResponse(node, place);
        return 'returned';
      case 'forward-request':
        this.trace(place, node, await this.forward(node));
        return 'done';
      case 'set-variable': {
        const name = await values.requiredText(node.kind, 'name', node.name);
        const value = await values.value(node.kind, node.value);
        state.variables.set(name, value);
        this.trace(place, node, name);
        return 'done';
      }
      case 'cache-lookup-value': {
        const key = await values.requiredText(node.kind, 'key', node.key);
        const found =
          runtime.cache.lookup(key) ?? (node.defaultValue && (await values.value(node.kind, node.defaultValue)));
        if (found !== undefined) {
          state.variables.set(await values.requiredText(node.kind, 'variable-name', node.variableName), found);
        }
        this.trace(place, node, key);
        return 'done';
      }
      case 'cache-store-value': {
        const key = await values.requiredText(node.kind, 'key', node.key);
        const seconds = await values.number(node.kind, 'duration', node.duration, 0);
        runtime.cache.store(key, await values.value(node.kind, node.value), seconds);
        this.trace(place, node, key);
        return 'done';
      }
      case 'cache-remove-value':
        runtime.cache.remove(await values.requiredText(node.kind, 'key', node.key));
        return 'done';
      default:
        this.trace(place, node, await this.simple(node, place));
        return 'done';
    }
  }

  /** Policies that change the messages, one by one. */
  private async simple(node: PolicyNode, place: Place): Promise<string> {
    const { values } = this;
    const { state } = values;
    const response = changesResponse(place.section) ? (state.response ??= emptyResponse()) : undefined;
    switch (node.kind) {
      case 'set-header':
        return setHeader(values, node, response?.headers ?? state.request.headers);
      case 'set-body':
        return setBody(values, node, response);
      case 'set-status':
        return setStatus(values, node, response ?? (state.response ??= emptyResponse()));
      case 'set-query-parameter':
        return setQueryParameter(values, node);
      case 'set-method':
        state.request.method = (await values.requiredText(node.kind, 'method', node.method)).toUpperCase();
        return state.request.method;
      case 'rewrite-uri':
        return rewriteUri(values, node);
      case 'set-backend-service':
        return this.setBackend(node.backendId, node.baseUrl);
      case 'authentication-managed-identity':
        return authenticateManagedIdentity(values, node);
      case 'validate-azure-ad-token':
        return validateToken(values, node);
      case 'trace':
        return `${(await values.text(node.kind, node.source)) ?? ''}: ${(await values.text(node.kind, node.message)) ?? ''}${await this.named(node.kind, node.metadata)}`;
      case 'emit-metric':
      case 'llm-emit-token-metric':
      case 'azure-openai-emit-token-metric':
        return `dimensions${await this.named(node.kind, node.dimensions)}`;
      default:
        throw new ExpressionDefect(`policy <${elementName(node)}> is not implemented`);
    }
  }

  private async named(source: string, list: readonly { name: PolicyValue; value?: PolicyValue }[]): Promise<string> {
    let text = '';
    for (const { name, value } of list) {
      text += ` ${(await this.values.text(source, name)) ?? ''}=${value === undefined ? '' : ((await this.values.text(source, value)) ?? '')}`;
    }
    return text;
  }

  private async setBackend(id: PolicyValue | undefined, url: PolicyValue | undefined): Promise<string> {
    const { state } = this.values;
    if (id !== undefined) {
      state.backend = { id: await this.values.requiredText('set-backend-service', 'backend-id', id) };
      return state.backend.id;
    }
    state.backend = { url: await this.values.requiredText('set-backend-service', 'base-url', url ?? '') };
    return state.backend.url;
  }

  private async choose(node: Extract<PolicyNode, { kind: 'choose' }>, place: Place): Promise<Completion> {
    const lists = childLists(node, place.path);
    for (const [index, when] of node.whens.entries()) {
      if (await this.values.boolean('when', 'condition', when.condition, false)) {
        this.trace(place, node, `when[${index}]`);
        return this.list(when.children, { ...place, path: lists[index]!.place });
      }
    }
    this.trace(place, node, 'otherwise');
    return node.otherwise ? this.list(node.otherwise.children, { ...place, path: `${place.path}/otherwise` }) : 'done';
  }

  private async retry(node: RetryNode, place: Place): Promise<Completion> {
    const { values } = this;
    const { state, runtime } = values;
    const count = await values.number('retry', 'count', node.count, 1);
    for (let retries = 0; ; retries += 1) {
      const outcome = await this.attempt(node, place);
      if (outcome === 'returned') {
        return outcome;
      }
      const again =
        retries < count && !state.signal.aborted && (await values.boolean('retry', 'condition', node.condition, false));
      if (!again) {
        if (outcome instanceof PolicyError) {
          throw outcome;
        }
        return 'done';
      }
      const wait = await this.waitSeconds(node, retries + 1);
      this.trace(place, node, `retry ${retries + 1} after ${wait} s`);
      await sleep(runtime.services.clock, wait * 1000, state.signal);
    }
  }

  /** One run of the children; a missing response does not end the retrying. */
  private async attempt(node: RetryNode, place: Place): Promise<Completion | PolicyError> {
    try {
      return await this.list(node.children, place);
    } catch (error) {
      if (!(error instanceof PolicyError) || !TRANSPORT_FAILURES.has(error.reason)) {
        throw error;
      }
      this.values.state.lastError = error;
      return error;
    }
  }

  /** Fixed, linear or exponential, by which attributes are given (learn.microsoft.com/azure/api-management/retry-policy). */
  private async waitSeconds(node: RetryNode, retry: number): Promise<number> {
    const { values } = this;
    const interval = await values.number('retry', 'interval', node.interval, 0);
    const delta = node.delta === undefined ? undefined : await values.number('retry', 'delta', node.delta, 0);
    const most =
      node.maxInterval === undefined ? undefined : await values.number('retry', 'max-interval', node.maxInterval, 0);
    if (retry === 1 && (await values.boolean('retry', 'first-fast-retry', node.firstFastRetry, false))) {
      return 0;
    }
    if (delta === undefined) {
      return interval;
    }
    if (most === undefined) {
      return interval + (retry - 1) * delta;
    }
    const jitter = delta * (0.8 + 0.4 * values.runtime.services.random());
    return Math.min(most, interval + (2 ** (retry - 1) - 1) * jitter);
  }

  private async forward(node: ForwardRequestNode): Promise<string> {
    const { values } = this;
    const { state, runtime } = values;
    state.response?.body.discard();
    state.response = undefined;
    const seconds = await values.number(node.kind, 'timeout', node.timeout, DEFAULT_TIMEOUT_SECONDS);
    const timeout = await values.number(node.kind, 'timeout-ms', node.timeoutMs, seconds * 1000);
    const buffered = await values.boolean(node.kind, 'buffer-response', node.bufferResponse, true);
    if (await values.boolean(node.kind, 'buffer-request-body', node.bufferRequestBody, false)) {
      await state.request.body?.load();
    }
    state.response = await runtime.backends.send(state, timeout, !buffered);
    state.lastError = undefined;
    const { status } = state.response;
    if (
      status >= 400 &&
      (await values.boolean(node.kind, 'fail-on-error-status-code', node.failOnErrorStatusCode, false))
    ) {
      throw backendStatusFailure(status);
    }
    return `${state.backend === undefined ? 'service URL' : textOf('id' in state.backend ? state.backend.id : state.backend.url)} answered ${status}`;
  }

  private async returnResponse(node: ReturnResponseNode, place: Place): Promise<void> {
    const { state } = this.values;
    const response = emptyResponse();
    for (const { node: child, place: path } of placed({ nodes: node.children, place: place.path })) {
      try {
        if (child.kind === 'set-status') {
          await setStatus(this.values, child, response);
        } else if (child.kind === 'set-header') {
          await setHeader(this.values, child, response.headers);
        } else if (child.kind === 'set-body') {
          await setBody(this.values, child, response);
        }
      } catch (error) {
        throw this.located(error, { ...place, path }, child);
      }
    }
    this.trace(place, node, String(response.status));
    state.response?.body.discard();
    state.response = response;
  }

  private trace(place: Place, node: PolicyNode, detail: string): void {
    const { trace } = this.values.state;
    trace.push({ section: place.section, scope: place.scope.name, policy: elementName(node), detail });
  }
}

function nodesOf(document: PolicyDocument, section: PolicySection): readonly PolicyNode[] {
  return section === 'on-error' ? document.onError : document[section];
}

function emptyResponse(): ResponseMessage {
  return {
    status: 200,
    reason: '',
    headers: new HeaderBag(),
    body: MessageBody.ofText('', 'response'),
    streamed: false,
  };
}

/** What the gateway answers by itself. */
export function errorResponse(status: number, message: string): ResponseMessage {
  const response = emptyResponse();
  response.status = status;
  response.headers.set('Content-Type', ['application/json']);
  response.body = MessageBody.ofText(JSON.stringify({ statusCode: status, message }), 'response');
  return response;
}
