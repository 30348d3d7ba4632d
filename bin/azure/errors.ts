import { counted } from '../../lib/contracts/counted';
import { abridgedTo, printable, quoted } from '../../lib/contracts/printable';
import { withoutSecrets } from './without-secrets';

/** Enough for the list of api-versions and regions that Azure refuses with. */
const LONGEST_MESSAGE = 800;

/** Why Azure did not give what it was asked for. */
export type FailureReason =
  | 'sign-in'
  | 'forbidden'
  | 'not-found'
  | 'bad-request'
  | 'throttled'
  | 'unavailable'
  | 'broken-answer'
  | 'unreachable'
  | 'too-slow'
  | 'untrusted'
  | 'elsewhere';

/** Azure did not give what it was asked for; the message says why, and what to do. */
export class AzureFailure extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
  ) {
    super(message);
  }
}

/** An answer leads to another host, which must not get the token. */
export function leadsElsewhere(target: string, origin: string): AzureFailure {
  return new AzureFailure(
    'elsewhere',
    `the answer says that it goes on at ${quoted(withoutSecrets(target))}, which is not ${quoted(origin)}: nothing was sent there; look who answers for Azure (a proxy, --resource-manager)`,
  );
}

/** An answer leads to where it was, or on and on. */
export function neverEnds(pages: number): AzureFailure {
  return new AzureFailure(
    'broken-answer',
    `the list goes on and on, or leads back to a page that was read before, after ${pages} of them; run again, and report it to Azure if it stays so`,
  );
}

/** The last byte of an answer did not come in time. */
export function noAnswerWithin(seconds: number): AzureFailure {
  return new AzureFailure(
    'too-slow',
    `no whole answer within ${counted(seconds, 'second')}; run again, or allow more with --timeout`,
  );
}

/** Azure wants a longer wait than anybody would want to sit through. */
export function throttledTooLong(minutes: number, most: number): AzureFailure {
  return new AzureFailure(
    'throttled',
    `Azure allows the next request only after ${minutes} minutes of waiting, and at most ${most} are waited; run again later`,
  );
}

/** Azure refuses again and again. */
export function throttled(): AzureFailure {
  return new AzureFailure(
    'throttled',
    'Azure refuses more requests for now (429), and does so still after the waits that it asked for; run again in some minutes, and look what else reads this subscription',
  );
}

/** The variable that names another Microsoft Entra ID names none. */
export function notAnAuthority(given: string): Error {
  return new Error(
    `AZURE_AUTHORITY_HOST is ${quoted(given)}; give an address that begins with https://, or leave the variable out`,
  );
}

/** Nobody is signed in. */
export function nobodySignedIn(tried: readonly string[]): AzureFailure {
  const lines = tried.map((each) => `    ${foreign(each, 200)}`);
  return new AzureFailure(
    'sign-in',
    `nobody is signed in to Azure; run 'az login', or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; tried:\n${lines.join('\n')}`,
  );
}

/** Microsoft Entra ID gives no token. */
export function signInRefused(detail: string): AzureFailure {
  return new AzureFailure(
    'sign-in',
    `Microsoft Entra ID gives no token: ${foreign(detail)}; correct AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret or certificate, or run 'az login'`,
  );
}

/** Resource Manager does not accept the token. */
export function tokenRefused(code: string, message: string): AzureFailure {
  const why = /expired/i.test(code)
    ? "the token has expired; sign in again with 'az login', or give the job a new one"
    : "sign in to the tenant of the subscription with 'az login --tenant TENANT', or correct AZURE_TENANT_ID and --cloud";
  return new AzureFailure('sign-in', `Azure does not accept the sign-in (401${said(code, message)}); ${why}`);
}

/** Whoever is signed in may not read this. */
export function forbidden(code: string, message: string, permission: string): AzureFailure {
  return new AzureFailure(
    'forbidden',
    `whoever is signed in may not read it (403${said(code, message)}); ${quoted(permission)} is needed, which the role Reader of the subscription has`,
  );
}

/** What is asked for does not exist. */
export function notFound(code: string, message: string, subscription: string | undefined): AzureFailure {
  const advice = /subscription/i.test(code)
    ? `there is no subscription ${quoted(subscription)} in the tenant that is signed in to: correct --subscription, or sign in to its tenant`
    : 'correct the region and the subscription';
  return new AzureFailure('not-found', `Azure does not find it (404${said(code, message)}); ${advice}`);
}

/** Azure does not know what it is asked. */
export function notUnderstood(status: number, code: string, message: string, advice: string): AzureFailure {
  return new AzureFailure('bad-request', `Azure refused (${status}${said(code, message)}); ${advice}`);
}

/** Azure, or something before it, is out of order. */
export function unavailable(status: number, code: string, message: string): AzureFailure {
  return new AzureFailure(
    'unavailable',
    `Azure could not answer (${status}${said(code, message)}), several times; run again later`,
  );
}

/** The answer is something else than JSON, or only its beginning. */
export function brokenAnswer(problem: string): AzureFailure {
  return new AzureFailure(
    'broken-answer',
    `the answer is not what Azure writes: ${problem}; run again, and look whether a proxy stands between`,
  );
}

/** Nothing is there. */
export function unreachable(host: string, code: string): AzureFailure {
  return new AzureFailure(
    'unreachable',
    `${quoted(host)} cannot be reached (${printable(code)}); look at the network, at HTTPS_PROXY, and at the address if you gave it`,
  );
}

/** The certificate of whoever answered is not trusted. */
export function untrusted(host: string, code: string): AzureFailure {
  return new AzureFailure(
    'untrusted',
    `${quoted(host)} answers with a certificate that is not trusted (${printable(code)}); if a proxy of yours answers for it, name the file with its certificate in NODE_EXTRA_CA_CERTS`,
  );
}

/** Anything else. */
export function unexplained(problem: string): AzureFailure {
  return new AzureFailure('unavailable', `it failed without an answer of Azure: ${foreign(problem)}`);
}

function said(code: string, message: string): string {
  return `${code === '' ? '' : ` ${foreign(code, 80)}`}${message === '' ? '' : `: ${foreign(message)}`}`;
}

/** Words of others: on one line, short enough, without secrets. */
function foreign(text: string, longest = LONGEST_MESSAGE): string {
  return abridgedTo(longest, withoutSecrets(text).replace(/\s+/g, ' ').trim());
}
