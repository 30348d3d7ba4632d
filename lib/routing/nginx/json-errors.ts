import { mapBlock } from './configuration-block';

/** What nginx itself refuses or can't do; an orchestrator's own errors pass unchanged. */
const BY_STATUS: readonly (readonly [status: number, code: string, message: string])[] = [
  [400, 'bad_request', 'The request is malformed.'],
  [404, 'not_found', 'There is nothing here.'],
  [405, 'method_not_allowed', 'This method is not allowed.'],
  [408, 'request_timeout', 'The request did not arrive in time.'],
  [413, 'body_too_large', 'The body of the request is too large.'],
  [414, 'url_too_long', 'The URL of the request is too long.'],
  [431, 'headers_too_large', 'The headers of the request are too large.'],
  [500, 'router_error', 'The router failed.'],
  [501, 'not_implemented', 'The router does not do this.'],
  [502, 'orchestrator_unavailable', 'The orchestrator of this release cannot be reached.'],
  [503, 'router_error', 'The router failed.'],
  [504, 'orchestrator_timeout', 'The orchestrator of this release did not answer in time.'],
];

/** What the rules of the router refuse, and with which status. */
export const REFUSALS: readonly (readonly [refusal: string, status: number, message: string])[] = [
  ['user_id_invalid', 400, 'The id of the user is not valid.'],
  ['override_forbidden', 403, 'You may not choose a release.'],
  ['release_unknown', 404, 'There is no such release.'],
  ['release_retired', 410, 'This release is retired.'],
];

/** Every status that is answered as JSON. */
export const ERROR_STATUSES: readonly number[] = [
  ...new Set([...BY_STATUS, ...REFUSALS.map(([, status]) => [status] as const)].map(([status]) => status)),
].sort((one, other) => one - other);

/** The code and the message for what went wrong, `$error_code` and `$error_message`. */
export function errorTexts(): string[] {
  return [
    ...mapBlock('$status', '$status_code_text', [
      ['default', 'error'],
      ...BY_STATUS.map(([status, code]) => [String(status), code] as const),
    ]),
    ...mapBlock('$status', '$status_message', [
      ['default', '"The request failed."'],
      ...BY_STATUS.map(([status, , message]) => [String(status), `"${message}"`] as const),
    ]),
    ...mapBlock('$refusal', '$error_code', [
      ['default', '$refusal'],
      ['""', '$status_code_text'],
    ]),
    ...mapBlock('$refusal', '$error_message', [
      ['default', '$status_message'],
      ...REFUSALS.map(([refusal, , message]) => [refusal, `"${message}"`] as const),
    ]),
  ];
}
