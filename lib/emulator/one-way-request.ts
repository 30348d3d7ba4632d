import { PolicyNode, SendOneWayRequestNode } from '../policy/policy-document';
import { ExpressionDefect } from './csharp/exceptions';
import { urlInvalid } from './errors';
import { endToEnd, HeaderBag } from './header-bag';
import { setHeader } from './message-policies';
import { RequestValues } from './policy-runtime';
import { BackendRequest } from './transport';

const DEFAULT_TIMEOUT_SECONDS = 60;

/** Policies that may stand in `send-one-way-request`, as far as they are implemented. */
export const IN_ONE_WAY_REQUEST: ReadonlySet<string> = new Set(['set-url', 'set-method', 'set-header', 'set-body']);

/** `send-one-way-request`: sends and goes on; whatever comes back, or that nothing does, changes nothing. */
export async function sendOneWayRequest(values: RequestValues, node: SendOneWayRequestNode): Promise<string> {
  const source = node.kind;
  const mode = node.mode === undefined ? 'new' : await values.requiredText(source, 'mode', node.mode);
  const seconds = await values.number(source, 'timeout', node.timeout, DEFAULT_TIMEOUT_SECONDS);
  const request = await requestOf(values, node, mode === 'copy');
  const { transport, clock } = values.runtime.services;
  const abort = new AbortController();
  const cancelTimeout = clock.schedule(seconds * 1000, () => abort.abort());
  transport(request, abort.signal)
    .then(({ body }) => body.on('error', () => undefined).resume())
    .catch(() => undefined)
    .finally(cancelTimeout);
  return `${request.method} ${request.url.href}`;
}

async function requestOf(values: RequestValues, node: SendOneWayRequestNode, copies: boolean): Promise<BackendRequest> {
  const { state, runtime } = values;
  const headers = copies ? endToEnd(state.request.headers) : new HeaderBag();
  ['host', 'expect', 'content-length'].forEach((name) => headers.delete(name));
  let method = copies ? state.request.method : 'GET';
  let content = copies ? await bodyOf(values) : undefined;
  let address: string | undefined;
  for (const child of node.children) {
    switch (child.kind) {
      case 'set-url':
        address = await values.requiredText(child.kind, 'url', child.url);
        break;
      case 'set-method':
        method = (await values.requiredText(child.kind, 'method', child.method)).toUpperCase();
        break;
      case 'set-header':
        await setHeader(values, child, headers);
        break;
      case 'set-body':
        content = Buffer.from((await values.text(child.kind, child.body)) ?? '', 'utf8');
        break;
      default:
        throw notImplemented(child);
    }
  }
  if (address !== undefined && !(URL.canParse(address) && /^https?:/i.test(address))) {
    throw urlInvalid('set-url', address);
  }
  if (content !== undefined) {
    headers.set('Content-Length', [String(content.length)]);
  }
  return {
    method,
    url: address === undefined ? runtime.backends.targetUrl(state) : new URL(address),
    headers,
    content,
  };
}

/** The body is read now, and is there for the backend all the same. */
async function bodyOf({ state }: RequestValues): Promise<Buffer | undefined> {
  await state.request.body?.load();
  return state.request.body?.take(true);
}

function notImplemented(node: PolicyNode): ExpressionDefect {
  return new ExpressionDefect(
    `<${node.kind === 'other' ? node.name : node.kind}> in <send-one-way-request> is not implemented`,
  );
}
