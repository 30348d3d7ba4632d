import { ROUTER_HEADERS } from '../router-headers';
import { block } from './configuration-block';
import { ERROR_STATUSES, REFUSALS } from './json-errors';
import { NginxSettings, PORT } from './nginx-settings';

/** Header lines too large; nginx has a status of its own for it. https://nginx.org/en/docs/http/ngx_http_core_module.html#large_client_header_buffers */
const HEADERS_TOO_LARGE = 494;

/** The server: health, refusals, the way to the chosen release, and the copy for a mirror. */
export function serverBlock(settings: NginxSettings): string[] {
  return block('server', [
    `listen ${PORT} default_server;`,
    'server_name _;',
    `add_header ${ROUTER_HEADERS.release} $answered_release always;`,
    `error_page ${ERROR_STATUSES.join(' ')} /router-error;`,
    `error_page ${HEADERS_TOO_LARGE} =431 /router-error;`,
    ...['live', 'ready', 'startup'].flatMap(health),
    ...block('location = /router-error', [
      'internal;',
      'default_type application/json;',
      // A header here would replace those of the server, so the release is repeated.
      `add_header ${ROUTER_HEADERS.release} $answered_release always;`,
      'add_header cache-control no-store always;',
      `return 200 '{"error":{"code":"$error_code","message":"$error_message"}}';`,
    ]),
    ...mirrorLocation(settings),
    ...block('location /', [
      ...REFUSALS.map(([refusal, status]) => `if ($refusal = ${refusal}) { return ${status}; }`),
      ...(settings.mirror ? ['mirror /router-mirror;'] : []),
      'proxy_pass $upstream;',
      ...forwarded(settings, '$release', '""'),
      `proxy_hide_header ${ROUTER_HEADERS.release};`,
      `proxy_hide_header ${ROUTER_HEADERS.pin};`,
    ]),
  ]);
}

/** Says only that nginx runs: were it to ask the orchestrators, one that is down would take the router with it. */
function health(probe: string): string[] {
  return block(`location = /healthz/${probe}`, [
    'access_log off;',
    'default_type application/json;',
    'add_header cache-control no-store;',
    `return 200 '{"status":"ok"}';`,
  ]);
}

function mirrorLocation(settings: NginxSettings): string[] {
  return settings.mirror === undefined
    ? []
    : block('location = /router-mirror', [
        'internal;',
        'if ($mirror_release = "") { return 204; }',
        'proxy_pass $mirror_upstream$request_uri;',
        ...forwarded(settings, '$mirror_release', 'true'),
        // A release that is still being tried does nothing in the user's name.
        'proxy_set_header authorization "";',
      ]);
}

/** nginx sends a header whose value is empty not at all, so an empty one takes away what the caller sent. */
function forwarded({ userHeader, overrideSecretHeader }: NginxSettings, release: string, mirrored: string): string[] {
  const secret = overrideSecretHeader === undefined ? [] : [overrideSecretHeader];
  const dropped = [ROUTER_HEADERS.override, ROUTER_HEADERS.pin, userHeader, ...secret];
  const values = new Map<string, string>([
    ['host', '$proxy_host'],
    ['connection', '""'],
    ['x-forwarded-for', '$proxy_add_x_forwarded_for'],
    ...dropped.map((header) => [header, '""'] as const),
    [ROUTER_HEADERS.mirror, mirrored],
    [ROUTER_HEADERS.user, '$user_forwarded'],
    [ROUTER_HEADERS.release, release],
  ]);
  return [...values].map(([header, value]) => `proxy_set_header ${header} ${value};`);
}
