import { elementName } from '../policy/node-values';
import { PolicyDocument, PolicyNode, PolicySection, ReturnResponseNode } from '../policy/policy-document';
import { childLists, placed } from '../policy/policy-walk';
import { authenticateManagedIdentity, validateToken } from './access-policies';
import { forwardRequest, setBackend } from './backend-policies';
import { cacheValue } from './cache-policies';
import { crossOrigin } from './cross-origin';
import { ExpressionDefect } from './csharp/exceptions';
import { PolicyError } from './errors';
import { emptyResponse, errorResponse } from './gateway-response';
import { changesResponse, rewriteUri, setBody, setHeader, setQueryParameter, setStatus } from './message-policies';
import { sendOneWayRequest } from './one-way-request';
import { Completion, Place, RequestValues } from './policy-runtime';
import { PolicyScope } from './request-state';
import { retryPolicy } from './retry-policy';
import { telemetry } from './telemetry-policies';
import { limitTokens, releaseTokens, settleTokens } from './token-limit-policy';

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
        if (section === 'outbound') {
          await settleTokens(this.values);
        }
        if ((await this.section(section)) === 'returned') {
          this.endEarly(section);
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
    this.endEarly(state.lastError.section);
    state.response?.body.discard();
    state.response = errorResponse(error.status, error.message);
    error.headers.forEach((value, name) => state.response!.headers.set(name, [value]));
    try {
      await this.section('on-error');
    } catch (second) {
      if (!(second instanceof PolicyError)) {
        throw second;
      }
      state.response = errorResponse(500, 'Internal server error');
    }
  }

  /** Without an answer of a backend no tokens were used; in outbound they have been counted. */
  private endEarly(section: PolicySection | undefined): void {
    if (section !== 'outbound') {
      releaseTokens(this.values);
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
        return retryPolicy(
          values,
          node,
          () => this.list(node.children, place),
          (detail) => this.trace(place, node, detail),
        );
      case 'include-fragment': {
        const id = await values.requiredText(node.kind, 'fragment-id', node.fragmentId);
        return this.list(runtime.gateway.fragments!.get(id)!.children, { ...place, path: `${place.path}/fragment` });
      }
      case 'return-response':
        await this.returnResponse(node, place);
        return 'returned';
      case 'forward-request':
        this.trace(place, node, await forwardRequest(values, node));
        return 'done';
      case 'send-one-way-request':
        this.trace(place, node, await sendOneWayRequest(values, node));
        return 'done';
      case 'llm-token-limit':
      case 'azure-openai-token-limit':
        this.trace(place, node, await limitTokens(values, node));
        return 'done';
      case 'cors':
        this.trace(place, node, 'evaluated');
        return crossOrigin(values, node);
      case 'set-variable': {
        const name = await values.requiredText(node.kind, 'name', node.name);
        const value = await values.value(node.kind, node.value);
        state.variables.set(name, value);
        this.trace(place, node, name);
        return 'done';
      }
      case 'cache-lookup-value':
      case 'cache-store-value':
      case 'cache-remove-value':
        this.trace(place, node, await cacheValue(values, node));
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
        return setBackend(values, node.backendId, node.baseUrl);
      case 'authentication-managed-identity':
        return authenticateManagedIdentity(values, node);
      case 'validate-azure-ad-token':
        return validateToken(values, node);
      case 'trace':
      case 'emit-metric':
      case 'llm-emit-token-metric':
      case 'azure-openai-emit-token-metric':
        return telemetry(values, node);
      default:
        throw new ExpressionDefect(`policy <${elementName(node)}> is not implemented`);
    }
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
