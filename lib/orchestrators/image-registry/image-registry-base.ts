import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { isGuid } from '../../accounts/resource-names';
import { grantRole } from '../container-app/role-grant';
import { principalIdMalformed } from '../platform-errors';
import type { IImageRegistry } from './image-registry-interface';

/**
 * What created registries and those that are referred to by their id have in common.
 *
 * @internal
 */
export abstract class ImageRegistryBase extends Construct implements IImageRegistry {
  /** Resource id of the registry. */
  public abstract readonly registryId: string;

  /** Host under which images are pulled. */
  public abstract readonly loginServer: string;

  /**
   * Lets an identity pull images (role `AcrPull`). Orchestrators are given it by themselves.
   *
   * Granting it to the same principal again returns the assignment that exists.
   *
   * @param principalId - object id of the identity
   */
  public grantPull(principalId: string): RoleAssignment {
    if (refused(principalId, isGuid)) {
      throw principalIdMalformed(this.node.path, principalId);
    }
    return grantRole(this, { role: 'AcrPull', resourceId: this.registryId, principalId });
  }
}
