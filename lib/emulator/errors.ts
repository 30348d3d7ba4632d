import { quoted } from '../contracts/printable';
import { ExpressionDefect } from './csharp/exceptions';

/** An error of the pipeline: sends the request to `on-error`, where `context.LastError` tells of it. */
export class PolicyError extends Error {
  constructor(
    /** The policy or step that failed. */
    readonly source: string,
    /** Machine-readable (learn.microsoft.com/azure/api-management/api-management-error-handling-policies). */
    readonly reason: string,
    message: string,
    /** Status of the answer, if `on-error` makes no other. */
    readonly status: number,
    /** Headers of that answer. */
    readonly headers: ReadonlyMap<string, string> = new Map(),
  ) {
    super(message);
  }
}

export function backendConnectionFailure(message: string): PolicyError {
  return new PolicyError('forward-request', 'BackendConnectionFailure', message, 500);
}

/** "Downstream connection (from a client to an API Management gateway) was aborted by the client while request was pending." */
export function clientConnectionFailure(): PolicyError {
  return new PolicyError('forward-request', 'ClientConnectionFailure', 'the caller closed the connection', 500);
}

export function backendTimeout(milliseconds: number): PolicyError {
  return new PolicyError(
    'forward-request',
    'Timeout',
    `the backend sent no response headers within ${milliseconds} ms`,
    504,
  );
}

export function backendStatusFailure(status: number): PolicyError {
  return new PolicyError('forward-request', 'BackendStatusCode', `the backend answered ${status}`, status);
}

export function expressionFailure(source: string, message: string): PolicyError {
  return new PolicyError(source, 'ExpressionValueEvaluationFailure', `Expression evaluation failed. ${message}`, 500);
}

export function headerInvalid(name: string): PolicyError {
  return expressionFailure(
    'set-header',
    `the name or value of header ${quoted(name)} holds characters that HTTP does not allow`,
  );
}

export function urlInvalid(source: string, url: string): PolicyError {
  return expressionFailure(source, `${quoted(url)} is not an absolute http or https URL`);
}

export function attributeInvalid(source: string, attribute: string, value: string, allowed: string): PolicyError {
  return expressionFailure(source, `${attribute} is ${quoted(value)}; allowed is ${allowed}`);
}

export function tokenUnavailable(resource: string, message: string): PolicyError {
  return new PolicyError(
    'authentication-managed-identity',
    'ManagedIdentityTokenFailure',
    `no token for ${quoted(resource)}: ${message}`,
    500,
  );
}

export function tokenRefused(reason: string, message: string, status: number): PolicyError {
  return new PolicyError('validate-azure-ad-token', reason, message, status);
}

/**
 * The reasons are not in Azure's list of predefined errors
 * (https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies). They, the source and the messages are those
 * that operators of live gateways have published.
 *
 * @param seconds undefined if the request never fits
 */
export function tokenRateExceeded(
  source: string,
  seconds: number | undefined,
  headers: ReadonlyMap<string, string>,
): PolicyError {
  const message = `Token limit is exceeded.${seconds === undefined ? '' : ` Try again in ${seconds} seconds.`}`;
  return new PolicyError(source, 'OpenAITokenLimitExceeded', message, 429, headers);
}

/** @param seconds undefined if the request never fits */
export function tokenQuotaExceeded(
  source: string,
  seconds: number | undefined,
  headers: ReadonlyMap<string, string>,
): PolicyError {
  const message = `Token quota is exceeded.${seconds === undefined ? '' : ` Try again in ${spelledDuration(seconds)}.`}`;
  return new PolicyError(source, 'OpenAITokenQuotaExceeded', message, 403, headers);
}

/** As in `21 minutes and 33 seconds`. */
function spelledDuration(seconds: number): string {
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const parts = units
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  const last = parts.pop() ?? '0 seconds';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

export function subscriptionKeyMissing(): PolicyError {
  return new PolicyError(
    'authorization',
    'SubscriptionKeyNotFound',
    'Access denied due to missing subscription key. Make sure to include subscription key when making requests to this API.',
    401,
  );
}

export function subscriptionKeyInvalid(): PolicyError {
  return new PolicyError(
    'authorization',
    'SubscriptionKeyInvalid',
    'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
    401,
  );
}

export function bodyAlreadyRead(owner: 'request' | 'response'): ExpressionDefect {
  const advice =
    owner === 'request'
      ? 'set buffer-request-body="true" on forward-request to send it again, and preserveContent: true to read it again'
      : 'read it with preserveContent: true to send or read it again';
  return new ExpressionDefect(`the body of the ${owner} is used up; ${advice}`);
}

export function emulatorBodyTooLarge(owner: string, most: number): ExpressionDefect {
  return new ExpressionDefect(`the body of the ${owner} is larger than the ${most} bytes that the emulator buffers`);
}

export function backendUnknown(id: string, known: readonly string[]): ExpressionDefect {
  const list = known.length === 0 ? 'the gateway has no backends' : `known are ${known.slice(0, 20).join(', ')}`;
  return new ExpressionDefect(`backend ${quoted(id)} does not exist; ${list}`);
}

export function backendMissing(): ExpressionDefect {
  return new ExpressionDefect('the request has no backend: the API has no service URL and no policy set a backend');
}

export function policyRefused(problems: readonly string[]): Error {
  return new Error(
    `the emulator does not run this gateway, because its answers would differ from API Management's:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
  );
}

export function policyNotImplemented(place: string, name: string): string {
  return `${place}: policy <${name}> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies`;
}

export function attributeNotImplemented(place: string, name: string, attribute: string): string {
  return `${place}: ${attribute} of <${name}> is not implemented`;
}

export function expressionNotRunnable(place: string, reason: string): string {
  return `${place}: ${reason}`;
}

export function memberNotImplemented(member: string): string {
  return `the emulator does not implement ${member}`;
}

export function mixedText(place: string): string {
  return `${place}: text around an expression is not implemented; write the whole value as one expression`;
}

export function fragmentUnknown(place: string, id: string): string {
  return `${place}: policy fragment ${quoted(id)} does not exist`;
}

export function backendNotDeclared(place: string, id: string): string {
  return `${place}: backend ${quoted(id)} does not exist`;
}

export function namedValueUnknown(place: string, name: string): string {
  return `${place}: named value ${quoted(name)} does not exist; pass it in namedValues`;
}

export function baseMisplaced(place: string): string {
  return `${place}: <base /> may not stand in a policy fragment`;
}

export function fragmentRecursion(place: string): string {
  return `${place}: a policy fragment may not include a fragment`;
}

export function backendUrlInvalid(id: string, url: string): string {
  return `backend ${quoted(id)}: ${quoted(url)} is not an absolute http or https URL`;
}

export function retryCountInvalid(place: string, count: string): string {
  return `${place}: count is ${quoted(count)}; allowed is 1 to 50`;
}
