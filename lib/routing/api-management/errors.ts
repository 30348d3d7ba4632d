import { quoted } from '../../contracts/printable';

const METHODS = 'GET, POST, PUT, PATCH, DELETE, HEAD and OPTIONS';

export function routerAccessInvalid(path: string, access: unknown): Error {
  return new Error(
    `access ${quoted(access)} of ${path} is not valid: pass RouterAccess.entra({ tenantId, audiences }), RouterAccess.subscriptionKeys() or RouterAccess.anonymous()`,
  );
}

export function routerOverrideRoleInvalid(role: unknown): Error {
  return new Error(
    `overrideRole ${quoted(role)} of RouterAccess.entra is not valid: it has 1 to 120 letters, digits and '_.:/-', and starts with a letter, digit or '_'; write for instance 'Releases.Override'`,
  );
}

export function routerNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `routerName ${quoted(name)} of ${path} is not valid: it has 1 to 40 lower-case letters, digits and '-', and starts and ends with a letter or digit; respell it`,
  );
}

export function routerPathInvalid(path: string, given: unknown): Error {
  return new Error(
    `path ${quoted(given)} of ${path} is not valid: it has segments of letters, digits, '_' and '-', divided by '/', without '/' at either end, at most 300 characters; write for instance 'chat'`,
  );
}

export function methodsInvalid(path: string, methods: unknown): Error {
  return new Error(
    `methods ${quoted(methods)} of ${path} are not valid: list each method that applications use once, of ${METHODS}, at least one`,
  );
}

export function timeoutInvalid(path: string, value: unknown): Error {
  return new Error(
    `timeoutSeconds ${quoted(value)} of ${path} is not allowed: write a whole number of seconds from 1 to 240`,
  );
}

export function routerOriginInvalid(path: string, origin: unknown): Error {
  return new Error(
    `origin ${quoted(origin)} in corsOrigins of ${path} is not valid: write scheme, host and port of one site without a path, for instance 'https://chat.contoso.com'`,
  );
}

export function overrideNeedsTokens(path: string): Error {
  return new Error(
    `allowOverride of ${path} cannot tell who may use it: keys and cookies carry no roles; pass access: RouterAccess.entra({ tenantId, audiences }), or leave out allowOverride`,
  );
}

export function overrideNotAsked(path: string): Error {
  return new Error(`grantOverride of ${path} grants nothing: the router has no override; pass allowOverride: true`);
}

export function overrideClientInvalid(path: string, id: unknown): Error {
  return new Error(
    `client id ${quoted(id)} passed to grantOverride of ${path} is no client id: pass the application (client) id, a GUID, for instance clientId of a user-assigned identity`,
  );
}

export function pinKeyInvalid(path: string, id: unknown): Error {
  return new Error(
    `keyVaultSecretId ${quoted(id)} in conversationPin of ${path} is no Key Vault secret: write 'https://<vault>.vault.azure.net/secrets/<name>', with a version behind it or without`,
  );
}

export function orchestratorUrlInvalid(path: string, label: string, url: unknown): Error {
  return new Error(
    `url ${quoted(url)} of the orchestrator of ${label} cannot be called by ${path}: it is 'https://', a host and perhaps a path, without a slash at the end; correct it`,
  );
}

export function orchestratorNotExternal(path: string, label: string, orchestrator: string): Error {
  return new Error(
    `${path} cannot reach ${label}: ${orchestrator} is reached within its environment only: pass external: true to the orchestrator`,
  );
}

export function routerPolicyProblem(path: string, problem: string): string {
  return `the policy of ${path} would be refused by API Management: ${problem}`;
}

export function routerPolicyUnwritable(path: string, problem: string): Error {
  return new Error(`the policy of ${path} cannot be written: ${problem}`);
}

export function routerPolicyTooLarge(
  path: string,
  { bytes, limit, sku }: { readonly bytes: number; readonly limit: number; readonly sku: string },
  releases: number,
): string {
  return (
    `the policy of ${path} has ${bytes} bytes for ${releases} releases, and ${sku} takes ${limit}: ` +
    'remove releases that are retired, or use a tier with larger policies (any but Consumption)'
  );
}
