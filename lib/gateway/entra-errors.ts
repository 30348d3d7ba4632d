import { quoted } from '../contracts/printable';

/** Whose tokens an error is about. */
export interface EntraPlace {
  /** The call that was made, for instance `GatewayAccess.entra`. */
  readonly call: string;
  /** What the app registration stands for. */
  readonly what: string;
  /** An application id URI. */
  readonly example: string;
}

export function entraOptionsMissing({ call, example }: EntraPlace): Error {
  return new Error(`${call} was given nothing: pass { tenantId, audiences: ['${example}'] }`);
}

export function tenantInvalid({ call }: EntraPlace, tenantId: unknown): Error {
  return new Error(
    `tenantId ${quoted(tenantId)} of ${call} is no Microsoft Entra tenant: write its id (a GUID) or its domain, for instance 'contoso.onmicrosoft.com'`,
  );
}

export function audiencesMissing({ call, what, example }: EntraPlace): Error {
  return new Error(
    `${call} has no audiences: list at least one, for instance '${example}' (the application id URI of the ${what}'s app registration)`,
  );
}

export function audienceInvalid({ call, what }: EntraPlace, audience: unknown): Error {
  return new Error(
    `audience ${quoted(audience)} of ${call} is not valid: it has 1 to 255 letters, digits and '._~:/@-'; write the application id URI or the client id of the ${what}'s app registration`,
  );
}
