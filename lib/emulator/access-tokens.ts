import { Clock } from './clock';
import { JArray, JObject, JValue } from './csharp/json';
import { parseJson } from './csharp/json-parser';

/** Gives the tokens that `authentication-managed-identity` asks for. */
export type TokenSource = (resource: string, clientId: string | undefined) => Promise<string>;

/** Claims of a token: each name with its values. */
export type TokenClaims = ReadonlyMap<string, readonly string[]>;

/** Whether a token is genuine and from this tenant: its claims, or why not. */
export type TokenVerdict = { readonly claims: TokenClaims } | { readonly reason: string; readonly message: string };

/** Checks signature, issuer and time of a token; audiences, applications and claims are checked by the emulator. */
export type TokenVerifier = (token: string, tenantId: string) => Promise<TokenVerdict>;

/** A token that names its resource and works nowhere. */
export const placeholderTokens: TokenSource = (resource) => Promise.resolve(`emulated-token-for-${resource}`);

/** The claims of a JWT, read without any check; undefined if the text is none. */
export function claimsOf(token: string): TokenClaims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3 || !/^[A-Za-z0-9_-]+$/.test(parts[1]!)) {
    return undefined;
  }
  try {
    const payload = parseJson(Buffer.from(parts[1]!, 'base64url').toString('utf8'));
    return payload instanceof JObject ? claimsIn(payload) : undefined;
  } catch {
    return undefined;
  }
}

function claimsIn(payload: JObject): TokenClaims {
  const claims = new Map<string, string[]>();
  payload.properties.forEach((token, name) => {
    const values = token instanceof JArray ? token.items : [token];
    claims.set(
      name,
      values.flatMap((value) => (value instanceof JValue && value.value !== null ? [String(value.value)] : [])),
    );
  });
  return claims;
}

/**
 * Takes the claims of a token as they are, WITHOUT checking its signature: for local runs, where no identity provider is asked.
 * The tenant (`tid`) and the expiry (`exp`) are checked.
 */
export function unsignedTokens(clock: Clock): TokenVerifier {
  return (token, tenantId) => {
    const claims = claimsOf(token);
    if (!claims) {
      return Promise.resolve({ reason: 'JwtInvalid', message: 'the token is not a JWT' });
    }
    const expiry = Number(claims.get('exp')?.[0] ?? Number.NaN);
    if (!(expiry * 1000 > clock.now())) {
      return Promise.resolve({
        reason: 'TokenExpired',
        message: 'the token is expired or has no expiry. Access denied.',
      });
    }
    const issued = claims.get('tid')?.[0];
    if (issued?.toLowerCase() !== tenantId.toLowerCase()) {
      return Promise.resolve({
        reason: 'TokenIssuerNotAllowed',
        message: 'the token is from another tenant. Access denied.',
      });
    }
    return Promise.resolve({ claims });
  };
}
