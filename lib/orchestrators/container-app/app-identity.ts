import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { refused } from '../../accounts/refused';
import { isIdentityId } from '../../accounts/resource-id';
import { isGuid } from '../../accounts/resource-names';
import type { IOrchestratorEnvironment } from '../environment/orchestrator-environment-interface';
import { identityGuidMalformed, identityIdMalformed } from '../errors';
import type { AppIdentity } from './container-app-options';

/** The identity of an app, and where its roles are declared. */
export interface ConnectedIdentity extends AppIdentity {
  /** Whether this configuration creates it for the one app. */
  readonly isOwn: boolean;
  /** Apps that share an identity share its roles too, so that those of a brought one lie in the stack itself. */
  readonly roleScope: Construct;
}

const DIGEST_LENGTH = 8;

/**
 * The identity that was brought, or else one of the app's own.
 *
 * Its name holds what replaces it besides the app's name: old and new are there at the same time.
 */
export function connectIdentity(
  app: Construct,
  appName: string,
  environment: IOrchestratorEnvironment,
  brought: AppIdentity | undefined,
  tags: { [name: string]: string },
): ConnectedIdentity {
  if (brought !== undefined) {
    requireIdentity(app.node.path, brought);
    return { ...brought, isOwn: false, roleScope: TerraformStack.of(app) };
  }
  const { resourceGroupName, location } = environment;
  const identity = new UserAssignedIdentity(app, 'Identity', {
    name: `${appName}-${expressionDigest(app, [resourceGroupName, location], DIGEST_LENGTH)}`,
    resourceGroupName,
    location,
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
  return {
    identityId: identity.id,
    clientId: identity.clientId,
    principalId: identity.principalId,
    isOwn: true,
    roleScope: app,
  };
}

function requireIdentity(path: string, { identityId, clientId, principalId }: AppIdentity): void {
  if (refused(identityId, isIdentityId)) {
    throw identityIdMalformed(path, identityId);
  }
  for (const [property, value] of Object.entries({ clientId, principalId })) {
    if (refused(value, isGuid)) {
      throw identityGuidMalformed(path, property, value);
    }
  }
}
