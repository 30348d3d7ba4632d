import { FakeBackend } from '../../emulator/support/fake-backend';
import { json } from '../../gateway/support/fake-azure-openai';
import { callerToken } from '../../gateway/support/routes';

const SECRET = 'secret-of-the-platform';
const API_VERSION = '2019-08-01';

/** What Entra puts into a token for an identity and resource; undefined where it has none to give. */
export type TokenMaker = (resource: string, clientId: string) => string | undefined;

/**
 * The endpoint that Container Apps has for tokens of managed identities, by its documented protocol: `GET` with the header
 * `X-IDENTITY-HEADER`, `resource`, `api-version=2019-08-01` and `client_id`.
 *
 * @see https://learn.microsoft.com/azure/container-apps/managed-identity#rest-endpoint-reference
 */
export class FakeIdentityEndpoint {
  /** `client id → resource`, in order. */
  readonly given: string[] = [];

  private constructor(private readonly holder: { backend?: FakeBackend }) {}

  static async start(tokenOf: TokenMaker): Promise<FakeIdentityEndpoint> {
    const holder: { backend?: FakeBackend } = {};
    const endpoint = new FakeIdentityEndpoint(holder);
    holder.backend = await FakeBackend.start(({ method, url, headers }, response) => {
      const query = new URL(url, 'http://localhost').searchParams;
      const [resource, clientId] = [query.get('resource') ?? '', query.get('client_id') ?? ''];
      if (method !== 'GET' || headers['x-identity-header'] !== SECRET || query.get('api-version') !== API_VERSION) {
        return json(response, 400, { error: 'invalid_request', error_description: 'not the documented protocol' });
      }
      const token = tokenOf(resource, clientId);
      if (token === undefined) {
        return json(response, 400, { error: 'invalid_client', error_description: `${clientId} is not assigned` });
      }
      endpoint.given.push(`${clientId} → ${resource}`);
      const expiry = String(Math.floor(Date.now() / 1000) + 24 * 3600);
      json(response, 200, {
        access_token: token,
        expires_on: expiry,
        resource,
        token_type: 'Bearer',
        client_id: clientId,
      });
    });
    return endpoint;
  }

  /** Variables that the platform adds to those of a container. */
  get environment(): Record<string, string> {
    return { IDENTITY_ENDPOINT: `${this.holder.backend!.url}/msi/token`, IDENTITY_HEADER: SECRET };
  }

  stop(): Promise<void> {
    return this.holder.backend!.stop();
  }
}

/** A token as the gateway expects it from an application: for its audience, with the application's id and no role. */
export function applicationToken(resource: string, clientId: string): string {
  return callerToken({ aud: resource, azp: clientId, roles: [] });
}
