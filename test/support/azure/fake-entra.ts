import { FakeAnswer, FakeRequest } from './exchange';

export const TENANT = '11111111-2222-3333-4444-555555555555';
export const CLIENT_ID = '66666666-7777-8888-9999-000000000000';
export const CLIENT_SECRET = 'kept~secret.of-the-client';

/** What Resource Manager says of a token that it was given. */
export type TokenState = 'good' | 'expired' | 'unknown';

/** Microsoft Entra ID: gives tokens for the client secret, and knows which of them are still good. */
export class FakeEntra {
  /** Seconds that tokens are good for. */
  lifetime = 3600;
  /** What is answered instead of a token. */
  refusal?: FakeAnswer;
  /** Every token that was given. */
  readonly tokens: string[] = [];
  /** The scopes that tokens were asked for. */
  readonly scopes: string[] = [];
  private readonly expiry = new Map<string, number>();

  /** Takes the validity of all tokens away. */
  expireAll(): void {
    this.tokens.forEach((token) => this.expiry.set(token, 0));
  }

  stateOf(authorization: string | undefined): TokenState {
    const expiry = this.expiry.get(authorization?.replace(/^Bearer /, '') ?? '');
    return expiry === undefined ? 'unknown' : expiry <= Date.now() ? 'expired' : 'good';
  }

  /** The answer, if the request is one for Entra ID. */
  answer({ method, path, body, origin }: FakeRequest): FakeAnswer | undefined {
    const [, tenant, rest] =
      /^\/([\w-]{36})\/(v2\.0\/\.well-known\/openid-configuration|oauth2\/v2\.0\/token)$/.exec(path) ?? [];
    if (tenant === undefined) {
      return undefined;
    }
    if (tenant !== TENANT) {
      return refused('invalid_tenant', `AADSTS90002: Tenant '${tenant}' not found.`);
    }
    if (rest === 'v2.0/.well-known/openid-configuration') {
      return { body: configuration(origin) };
    }
    const form = new URLSearchParams(body);
    if (method !== 'POST' || form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
      return refused(
        'invalid_client',
        `AADSTS7000215: Invalid client secret provided: '${form.get('client_secret')}'.`,
      );
    }
    return this.refusal ?? { body: this.token(form.get('scope') ?? '') };
  }

  private token(scope: string) {
    const claims = { aud: scope, jti: this.tokens.length };
    const token = ['{"typ":"JWT"}', JSON.stringify(claims), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    this.tokens.push(token);
    this.scopes.push(scope);
    this.expiry.set(token, Date.now() + 1000 * this.lifetime);
    return { token_type: 'Bearer', expires_in: this.lifetime, ext_expires_in: this.lifetime, access_token: token };
  }
}

function configuration(origin: string) {
  const tenant = `${origin}/${TENANT}`;
  return {
    issuer: `${tenant}/v2.0`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

function refused(error: string, description: string): FakeAnswer {
  return { status: 401, body: { error, error_description: description } };
}
