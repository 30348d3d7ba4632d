import { Token } from 'cdktf';
import { matches } from '../accounts/resource-names';
/**
 * What may stand in names, headers and addresses of a gateway. All of it ends in policies, so each pattern keeps out
 * whatever divides the parts of a row of the routing table (`|`, `,`, `;`, `=`, blanks).
 */

const GATEWAY_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const PATH = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\/[A-Za-z0-9][A-Za-z0-9_-]*)*$/;
const LONGEST_PATH = 300;

/** A field name of HTTP that no proxy on the way drops or joins with another: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** As the policy accepts it in the header, see `policy/request-checks.ts`. */
const ALIAS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Narrower than what Entra takes: https://learn.microsoft.com/graph/api/resources/approle */
const APP_ROLE = /^[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,119}$/;

const API_VERSION = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/;
const AUDIENCE = /^[A-Za-z0-9][A-Za-z0-9._~:/@-]{0,254}$/;
const MODEL_AUDIENCE = /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\/?$/;
const TENANT = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])$/;
const ORIGIN = /^https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
const BACKEND_ID = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9_])?$/;
const CONTENT_CATEGORY = /^(?:Hate|Violence|Sexual|SelfHarm)$/;

/** Headers whose meaning is fixed, or that the gateway sets or removes itself. */
const RESERVED_HEADERS = [
  'accept',
  'api-key',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'deprecation',
  'expect',
  'host',
  'link',
  'ocp-apim-subscription-key',
  'origin',
  'retry-after',
  'retry-after-ms',
  'sunset',
  'te',
  'transfer-encoding',
  'user-agent',
  'x-ai-remaining-tokens',
  'x-ms-client-request-id',
  'x-should-retry',
];

export function isGatewayName(text: unknown): boolean {
  return matches(GATEWAY_NAME, text);
}

export function isGatewayPath(text: unknown): boolean {
  return matches(PATH, text) && String(text).length <= LONGEST_PATH;
}

export function isRoutingHeader(text: unknown): boolean {
  return matches(HEADER, text) && !RESERVED_HEADERS.includes(String(text).toLowerCase());
}

export function isAlias(text: unknown): boolean {
  return matches(ALIAS, text);
}

export function isAppRole(text: unknown): boolean {
  return matches(APP_ROLE, text);
}

export function isInferenceApiVersion(text: unknown): boolean {
  return matches(API_VERSION, text);
}

export function isAudience(text: unknown): boolean {
  return matches(AUDIENCE, text);
}

export function isModelAudience(text: unknown): boolean {
  return matches(MODEL_AUDIENCE, text);
}

export function isTenant(text: unknown): boolean {
  return matches(TENANT, text);
}

export function isOrigin(text: unknown): boolean {
  return matches(ORIGIN, text);
}

export function isBackendId(text: unknown): boolean {
  return matches(BACKEND_ID, text);
}

export function isContentCategory(text: unknown): boolean {
  return matches(CONTENT_CATEGORY, text);
}

/** One token of cdktf and nothing else: text beside it could say more than an id may. */
export function isSingleToken(text: unknown): boolean {
  return Token.isUnresolved(text) && /^\$\{TfToken\[[^\]}]+\]\}$/.test(String(text));
}
