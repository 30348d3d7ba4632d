import { Token } from 'cdktf';
import { ROUTER_HEADERS } from '../router-headers';

/**
 * What may stand in the configuration of nginx. Each pattern leaves out what means something there (white space, quotes, `;`, `{`,
 * `}`, `$`, `\`, `#`) and in Terraform (`${`, `%{`), so that a text can be nothing but itself.
 */
const HEADER = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST_HEADER = 64;
const FILE = /^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/;
const ORIGIN = /^https:\/\/(?=.{1,253}(?::|$))[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
const REFERENCE = /\$\{TfToken\[[^\]}]*\]\}/g;

/**
 * Names that HTTP, the router or what is in front of it give a meaning: a user id or a secret must not come under them.
 */
const MEANT_OTHERWISE = new Set<string>([
  ...['accept', 'accept-encoding', 'authorization', 'connection', 'content-encoding', 'content-length', 'content-type'],
  ...[
    'cookie',
    'date',
    'expect',
    'forwarded',
    'host',
    'keep-alive',
    'origin',
    'proxy-authorization',
    'proxy-connection',
  ],
  ...[
    'range',
    'referer',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'user-agent',
    'via',
    'traceparent',
    'tracestate',
  ],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-request-id'],
  ...[ROUTER_HEADERS.release, ROUTER_HEADERS.override, ROUTER_HEADERS.pin, ROUTER_HEADERS.mirror],
]);

/** Whether a request's header of this name is free to carry a user id or a secret. */
export function isHeaderName(header: unknown): header is string {
  return (
    typeof header === 'string' && header.length <= LONGEST_HEADER && HEADER.test(header) && !MEANT_OTHERWISE.has(header)
  );
}

/** Whether it is the absolute path of a file, plain enough to stand unquoted. */
export function isFile(path: unknown): path is string {
  return typeof path === 'string' && path.length <= 255 && FILE.test(path);
}

/** Whether it is `https`, a host and maybe a port; references of Terraform stand for a part of the host. */
export function isOrchestratorUrl(url: unknown): url is string {
  if (typeof url !== 'string') {
    return false;
  }
  return ORIGIN.test(Token.isUnresolved(url) ? url.replace(REFERENCE, 'x') : url);
}
