import { quoted } from '../../contracts/printable';

export function routerTenantInvalid(tenantId: unknown): Error {
  return new Error(
    `tenantId ${quoted(tenantId)} of RouterAccess.entra is no Microsoft Entra tenant: write its id (a GUID) or its domain, for instance 'contoso.onmicrosoft.com'`,
  );
}

export function routerAudiencesMissing(): Error {
  return new Error(
    "RouterAccess.entra has no audiences: list at least one, for instance 'api://chat' (the application id URI of the router's app registration)",
  );
}

export function routerAudienceInvalid(audience: unknown): Error {
  return new Error(
    `audience ${quoted(audience)} of RouterAccess.entra is not valid: it has 1 to 255 letters, digits and '._~:/@-'; write the application id URI or the client id of the router's app registration`,
  );
}

export function routerOverrideRoleInvalid(role: unknown): Error {
  return new Error(
    `overrideRole ${quoted(role)} of RouterAccess.entra is not valid: it has 1 to 120 letters, digits and '_.:/-', and starts with a letter, digit or '_'; write for instance 'Releases.Override'`,
  );
}
