import { block } from './configuration-block';
import { errorTexts } from './json-errors';
import { mirrorChoice } from './mirror-choice';
import { DIRECTORY, NginxSettings } from './nginx-settings';
import { releaseChoice } from './release-choice';
import { serverBlock } from './server-block';

/**
 * The whole `nginx.conf` of a release router.
 *
 * It holds neither `${` nor `%{` besides references of Terraform, so that Terraform takes it as it is: variables are
 * written `$name`, and texts from outside are held to patterns without these characters.
 */
export function nginxConfiguration(settings: NginxSettings): string {
  return [
    'worker_processes 2;',
    'daemon off;',
    `pid ${DIRECTORY}/nginx.pid;`,
    'error_log stderr warn;',
    ...block('events', ['worker_connections 4096;']),
    ...block('http', [
      ...connections(settings),
      ...towardsOrchestrators(settings),
      ...releaseChoice(settings),
      ...mirrorChoice(settings),
      ...errorTexts(),
      ...accessLog(),
      ...serverBlock(settings),
    ]),
    '',
  ].join('\n');
}

function connections({ largestBodyMebibytes }: NginxSettings): string[] {
  return [
    'server_tokens off;',
    // A header with an underscore could be taken for its namesake with a hyphen behind the router.
    'underscores_in_headers off;',
    'ignore_invalid_headers on;',
    'large_client_header_buffers 4 16k;',
    `client_max_body_size ${largestBodyMebibytes}m;`,
    'client_header_timeout 15s;',
    'client_body_timeout 60s;',
    'client_body_buffer_size 128k;',
    'keepalive_timeout 75s;',
    'map_hash_bucket_size 128;',
    'map_hash_max_size 4096;',
    'variables_hash_max_size 2048;',
    'proxy_headers_hash_bucket_size 128;',
    'proxy_headers_hash_max_size 1024;',
    `client_body_temp_path ${DIRECTORY}/body;`,
    ...['proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${DIRECTORY}/${name};`),
  ];
}

/**
 * Addresses are looked up while nginx runs: with fixed names it would refuse to start while one of them cannot be resolved,
 * and keep the address it found at the start, which Container Apps may change. The price is a TLS handshake a request.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver
 */
function towardsOrchestrators({ trustedCertificates, readTimeoutSeconds }: NginxSettings): string[] {
  return [
    `include ${DIRECTORY}/resolver.conf;`,
    'resolver_timeout 5s;',
    'proxy_http_version 1.1;',
    'proxy_buffering off;',
    'proxy_request_buffering off;',
    'proxy_buffer_size 16k;',
    'proxy_buffers 8 16k;',
    'proxy_connect_timeout 5s;',
    'proxy_send_timeout 60s;',
    `proxy_read_timeout ${readTimeoutSeconds}s;`,
    // A prompt must not be answered, and paid for, twice.
    'proxy_next_upstream off;',
    'proxy_ssl_server_name on;',
    'proxy_ssl_verify on;',
    'proxy_ssl_verify_depth 4;',
    `proxy_ssl_trusted_certificate ${trustedCertificates};`,
    'proxy_ssl_protocols TLSv1.2 TLSv1.3;',
    // These let an answer redirect the request within nginx, or change how it is delivered.
    'proxy_ignore_headers X-Accel-Redirect X-Accel-Buffering X-Accel-Charset X-Accel-Expires X-Accel-Limit-Rate;',
  ];
}

/** One JSON object a request. It says which release answered, and neither who asked nor what: no user id, no query, no bucket. */
function accessLog(): string[] {
  const fields = {
    time: '$time_iso8601',
    requestId: '$request_id',
    method: '$request_verb',
    path: '$request_path',
    status: '$status',
    seconds: '$request_time',
    bytes: '$body_bytes_sent',
    release: '$answered_release',
    stage: '$release_stage',
    override: '$override_asked',
    refusal: '$refusal',
    killSwitch: '$kill_switch',
    mirroredTo: '$mirror_release',
    upstreamStatus: '$upstream_status',
    upstreamSeconds: '$upstream_header_time',
  };
  return [
    // $request_method is that of the page of errors, once nginx has gone there.
    ...block('map $request $request_verb', ['"~^(?<first_word>[A-Z]+) " $first_word;']),
    ...block('map $request_uri $request_path', ['"~^(?<path_without_query>[^?]*)" $path_without_query;']),
    `log_format release escape=json '${JSON.stringify(fields)}';`,
    'access_log /dev/stdout release;',
  ];
}
