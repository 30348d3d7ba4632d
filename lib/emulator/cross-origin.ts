import { CorsNode } from '../policy/access-nodes';
import { PolicyNode } from '../policy/policy-document';
import { PolicyValue } from '../policy/policy-value';
import { emptyResponse } from './gateway-response';
import { HeaderBag } from './header-bag';
import { Completion, RequestValues } from './policy-runtime';
import { PolicyScope } from './request-state';

/** The headers by which a browser asks whether it may send a request. */
export function preflightMethod(method: string, headers: HeaderBag): string | undefined {
  return method === 'OPTIONS' && headers.has('origin') ? headers.joined('access-control-request-method') : undefined;
}

/** The `cors` policies of inbound in effect: direct children, those of the broader scope where `base` stands. */
export function crossOriginPolicies([scope, ...outer]: readonly PolicyScope[]): CorsNode[] {
  return (scope?.document.inbound ?? []).flatMap((node: PolicyNode) =>
    node.kind === 'cors' ? [node] : node.kind === 'base' ? crossOriginPolicies(outer) : [],
  );
}

/** Answers a preflight: with an empty 200, which allows what the first policy that knows the origin allows. */
export async function answerPreflight(values: RequestValues, nodes: readonly CorsNode[]): Promise<void> {
  const { request } = values.state;
  const response = emptyResponse();
  values.state.response = response;
  const method = request.headers.joined('access-control-request-method') ?? '';
  const wanted = names(request.headers.joined('access-control-request-headers') ?? '');
  for (const node of nodes) {
    const allowed = await allowedOrigin(values, node);
    const methods = await texts(values, node.allowedMethods.length === 0 ? ['GET', 'POST'] : node.allowedMethods);
    const headers = await texts(values, node.allowedHeaders);
    if (allowed !== undefined && covers(methods, [method]) && covers(headers, wanted)) {
      response.headers.set('Access-Control-Allow-Origin', [allowed]);
      response.headers.set('Access-Control-Allow-Methods', [method]);
      if (wanted.length > 0) {
        response.headers.set('Access-Control-Allow-Headers', [wanted.join(',')]);
      }
      const age = await values.number(node.kind, 'preflight-result-max-age', node.preflightResultMaxAge, 0);
      response.headers.set('Access-Control-Max-Age', [String(age)]);
      await allowCredentials(values, node, response.headers);
      return;
    }
    if (await terminates(values, node)) {
      return;
    }
  }
}

/** `cors` for the request itself: the answer gets headers that let the page read it. */
export async function crossOrigin(values: RequestValues, node: CorsNode): Promise<Completion> {
  const { request, crossOriginHeaders } = values.state;
  if (!request.headers.has('origin') || crossOriginHeaders.has('Access-Control-Allow-Origin')) {
    return 'done';
  }
  const allowed = await allowedOrigin(values, node);
  if (allowed !== undefined) {
    crossOriginHeaders.set('Access-Control-Allow-Origin', [allowed]);
    await allowCredentials(values, node, crossOriginHeaders);
    const exposed = await texts(values, node.exposeHeaders);
    if (exposed.length > 0) {
      crossOriginHeaders.set('Access-Control-Expose-Headers', [exposed.join(',')]);
    }
    return 'done';
  }
  // The documentation speaks of GET and HEAD alone: other requests go on without the headers.
  if (!['GET', 'HEAD'].includes(request.method) || !(await terminates(values, node))) {
    return 'done';
  }
  values.state.response = emptyResponse();
  return 'returned';
}

async function allowedOrigin(values: RequestValues, node: CorsNode): Promise<string | undefined> {
  const origin = values.state.request.headers.joined('origin') ?? '';
  const allowed = await texts(values, node.allowedOrigins);
  const listed =
    URL.canParse(origin) &&
    allowed.some((each) => URL.canParse(each) && new URL(each).origin === new URL(origin).origin);
  return listed ? origin : allowed.includes('*') ? '*' : undefined;
}

async function allowCredentials(values: RequestValues, node: CorsNode, headers: HeaderBag): Promise<void> {
  if (await values.boolean(node.kind, 'allow-credentials', node.allowCredentials, false)) {
    headers.set('Access-Control-Allow-Credentials', ['true']);
  }
}

function terminates(values: RequestValues, node: CorsNode): Promise<boolean> {
  return values.boolean(node.kind, 'terminate-unmatched-request', node.terminateUnmatchedRequest, true);
}

function covers(allowed: readonly string[], wanted: readonly string[]): boolean {
  const known = allowed.map((name) => name.toLowerCase());
  return known.includes('*') || wanted.every((name) => known.includes(name.toLowerCase()));
}

function names(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

async function texts(values: RequestValues, list: readonly PolicyValue[]): Promise<string[]> {
  const found: string[] = [];
  for (const value of list) {
    found.push(((await values.text('cors', value)) ?? '').trim());
  }
  return found;
}
