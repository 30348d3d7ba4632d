import { Readable } from 'node:stream';
import { DEFECT_HEADER } from '../emulated-gateway';
import { HeaderBag } from '../header-bag';
import { BackendResponse, BackendTransport, httpTransport } from '../transport';
import { RouteTable } from './route-table';
import { NO_TARGET_HOST, TargetedGateway } from './targets';

/**
 * Sends to targets and nowhere else. A call for which there is no target is answered 501 with an error in OpenAI's shape
 * that says which flag is missing. 501 and not 502: a gateway takes 502 for a deployment that is down, tries the next one
 * and words an answer of its own.
 */
export function targetTransport(
  { redirects, origins, table }: TargetedGateway,
  send: BackendTransport = httpTransport,
): BackendTransport {
  return (request, signal) => {
    const { url } = request;
    const redirect = redirects.find(({ from }) => beginsWith(url.href, from));
    if (redirect) {
      const target = new URL(redirect.to);
      const rest = url.pathname.slice(new URL(redirect.from).pathname.replace(/\/+$/, '').length);
      target.pathname = `${redirect.to.pathname.replace(/\/+$/, '')}${rest}`;
      target.search = url.search;
      return send({ ...request, url: target }, signal);
    }
    return origins.has(url.origin) ? send(request, signal) : Promise.resolve(withoutTarget(missingTarget(url, table)));
  };
}

/** A prefix ends where a part of the path does. */
function beginsWith(href: string, from: string): boolean {
  const prefix = URL.canParse(from) ? new URL(from).href.replace(/\/+$/, '') : from;
  return href.startsWith(prefix) && /^(?:$|[/?])/.test(href.slice(prefix.length));
}

function missingTarget(url: URL, table: RouteTable): string {
  if (url.hostname !== NO_TARGET_HOST) {
    return `${url.origin} has no target; give --target ${url.origin}=http://127.0.0.1:PORT`;
  }
  const backend = decodeURIComponent(url.pathname.split('/')[1]!);
  const flags = [...table.servedBy(backend), backend].map((name) => `--target ${name}=http://127.0.0.1:PORT`);
  return `backend ${backend} has no target; give ${flags.join(' or ')}`;
}

function withoutTarget(message: string): BackendResponse {
  const error = {
    message: `model-lifecycle gateway serve: ${message}`,
    type: 'server_error',
    param: null,
    code: 'no_target',
  };
  const headers = new HeaderBag();
  headers.set('Content-Type', ['application/json']);
  headers.set(DEFECT_HEADER, ['target']);
  headers.set('x-should-retry', ['false']);
  return {
    status: 501,
    reason: 'Not Implemented',
    headers,
    body: Readable.from([Buffer.from(JSON.stringify({ error }))]),
  };
}
