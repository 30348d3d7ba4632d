import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { refused } from '../../accounts/refused';
import { isKeyVaultId, isSecretId } from '../../accounts/resource-id';
import { keyVaultIdMalformed, secretIdMalformed } from '../errors';
import type { ConnectedIdentity } from './app-identity';
import type { AppSecret } from './container-app-options';
import type { EnvironmentVariable } from './environment-variable';
import { grantRole } from './role-grant';

/** A secret of an app that Azure reads from Key Vault. */
export interface AppSecretReference {
  readonly name: string;
  readonly keyVaultSecretId: string;
}

export interface ConnectedSecrets {
  readonly references: readonly AppSecretReference[];
  readonly variables: readonly EnvironmentVariable[];
  readonly access: readonly TerraformResource[];
}

const DIGEST_LENGTH = 8;
const LONGEST_READABLE = 40;

/** Another secret, another name: a changed reference under the same name would start no new revision. */
export function connectSecrets(
  app: Construct,
  identity: ConnectedIdentity,
  secrets: readonly AppSecret[],
): ConnectedSecrets {
  const path = app.node.path;
  const access: TerraformResource[] = [];
  const named = secrets.map(({ environmentVariable, keyVaultSecretId, keyVaultId }) => {
    if (refused(keyVaultSecretId, isSecretId)) {
      throw secretIdMalformed(path, environmentVariable, keyVaultSecretId);
    }
    if (keyVaultId !== undefined) {
      if (refused(keyVaultId, isKeyVaultId)) {
        throw keyVaultIdMalformed(path, environmentVariable, keyVaultId);
      }
      const { principalId, roleScope } = identity;
      access.push(grantRole(roleScope, { role: 'Key Vault Secrets User', resourceId: keyVaultId, principalId }));
    }
    const digest = expressionDigest(app, [environmentVariable, keyVaultSecretId], DIGEST_LENGTH);
    const words =
      String(environmentVariable)
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? [];
    const readable = ['env', ...words].join('-').slice(0, LONGEST_READABLE).replace(/-$/, '');
    return { environmentVariable, name: `${readable}-${digest}`, keyVaultSecretId };
  });
  return {
    references: named.map(({ name, keyVaultSecretId }) => ({ name, keyVaultSecretId })),
    variables: named.map(({ environmentVariable, name }) => ({ name: environmentVariable, secretName: name })),
    access,
  };
}
