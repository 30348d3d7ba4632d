import { PolicyElement, PolicyValue } from './policy-value';

export interface AuthenticationManagedIdentityNode extends PolicyElement {
  readonly kind: 'authentication-managed-identity';
  /** The audience of the token, for instance `https://cognitiveservices.azure.com`. */
  readonly resource: PolicyValue;
  /** Client id of a user-assigned identity; takes no expression. @default the system-assigned identity */
  readonly clientId?: PolicyValue;
  /** Puts the token into this variable. @default the token becomes the `Authorization` header */
  readonly outputTokenVariableName?: PolicyValue;
  /** @default false */
  readonly ignoreError?: PolicyValue;
}

export interface ValidateAzureAdTokenNode extends PolicyElement {
  readonly kind: 'validate-azure-ad-token';
  readonly tenantId: PolicyValue;
  /** Where the token stands; one of header, query parameter and value. @default Authorization */
  readonly headerName?: PolicyValue;
  readonly queryParameterName?: PolicyValue;
  readonly tokenValue?: PolicyValue;
  readonly requireScheme?: PolicyValue;
  readonly authenticationEndpoint?: PolicyValue;
  /** @default 401 */
  readonly failedValidationHttpcode?: PolicyValue;
  readonly failedValidationErrorMessage?: PolicyValue;
  readonly outputTokenVariableName?: PolicyValue;
  readonly allowProtectedForwardedTokens?: PolicyValue;
  readonly allowProofOfPossessionTokens?: PolicyValue;
  readonly backendApplicationIds: readonly PolicyValue[];
  readonly clientApplicationIds: readonly PolicyValue[];
  readonly audiences: readonly PolicyValue[];
  readonly requiredClaims: readonly RequiredClaim[];
}

/** Answers browsers that ask whether a page of another origin may call the API. */
export interface CorsNode extends PolicyElement {
  readonly kind: 'cors';
  /** @default false */
  readonly allowCredentials?: PolicyValue;
  /** Whether a request from another origin than these ends with an empty 200. @default true */
  readonly terminateUnmatchedRequest?: PolicyValue;
  /** `*` alone, or URLs with scheme, host and port. */
  readonly allowedOrigins: readonly PolicyValue[];
  /** Seconds for which a browser may keep the answer. @default 0 */
  readonly preflightResultMaxAge?: PolicyValue;
  /** `*` for every method. @default GET and POST */
  readonly allowedMethods: readonly PolicyValue[];
  /** `*` for every header. */
  readonly allowedHeaders: readonly PolicyValue[];
  readonly exposeHeaders: readonly PolicyValue[];
}

/** A claim that the token must have. */
export interface RequiredClaim {
  readonly name: PolicyValue;
  /** Whether `all` or `any` of the values must be there. @default all */
  readonly match?: PolicyValue;
  /** Splits a claim that holds several values in one text. */
  readonly separator?: PolicyValue;
  readonly values: readonly PolicyValue[];
}
