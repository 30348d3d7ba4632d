import { quoted } from '../contracts/printable';
import { matches } from './resource-names';

const SUBNET_ID = resourceIdPattern('Microsoft.Network', 'virtualNetworks', 'subnets');
const IDENTITY_ID = resourceIdPattern('Microsoft.ManagedIdentity', 'userAssignedIdentities');
const KEY_VAULT_ID = resourceIdPattern('Microsoft.KeyVault', 'vaults');

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
const SECRET_ID =
  /^https:\/\/[a-zA-Z0-9-]{3,24}\.vault\.[a-z.]+\/secrets\/[a-zA-Z0-9-]{1,127}(?:\/[a-zA-Z0-9]{1,64})?$/;

export function isSubnetId(text: unknown): boolean {
  return matches(SUBNET_ID, text);
}

export function isIdentityId(text: unknown): boolean {
  return matches(IDENTITY_ID, text);
}

export function isKeyVaultId(text: unknown): boolean {
  return matches(KEY_VAULT_ID, text);
}

/** The URL of a secret, which Key Vault calls its id. */
export function isSecretId(text: unknown): boolean {
  return matches(SECRET_ID, text);
}

/** Of a resource's id, by the words that name its type; Azure compares them without regard to case. */
export function resourceIdPattern(...type: string[]): RegExp {
  const name = '[^/\\p{Cc}]+';
  const [provider, ...kinds] = type.map((word) => word.replace('.', '\\.'));
  const path = kinds.map((kind) => `/${kind}/${name}`).join('');
  return new RegExp(`^/subscriptions/${name}/resourceGroups/${name}/providers/${provider}${path}$`, 'iu');
}

/**
 * The error for what is no id of a resource.
 *
 * @param given - the property and its construct, as in `subnetId … of stack/environment`
 * @param resource - what it should be the id of, for instance `a subnet`
 * @param end - the id behind `providers/`, with names in angle brackets
 */
export function notResourceId(
  given: { readonly property: string; readonly id: unknown; readonly path: string },
  resource: string,
  end: string,
): Error {
  return new Error(
    `${given.property} ${quoted(given.id)} of ${given.path} is not the resource id of ${resource}; write ` +
      `'/subscriptions/<id>/resourceGroups/<group>/providers/${end}'`,
  );
}
