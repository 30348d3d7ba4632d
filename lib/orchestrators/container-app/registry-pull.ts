import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { IImageRegistry } from '../image-registry/image-registry-interface';
import type { ConnectedIdentity } from './app-identity';
import { grantRole } from './role-grant';

/**
 * Lets an app pull its image.
 *
 * A role for a registry of another stack lies with the app: there it would let the registry wait for the app.
 */
export function grantPull(
  app: Construct,
  registry: IImageRegistry,
  { roleScope, principalId }: ConnectedIdentity,
): TerraformResource {
  return TerraformStack.of(registry) === TerraformStack.of(app)
    ? registry.grantPull(principalId)
    : grantRole(roleScope, { role: 'AcrPull', resourceId: registry.registryId, principalId });
}
