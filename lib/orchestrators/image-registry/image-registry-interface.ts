import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { IConstruct } from 'constructs';

/** A container registry, whether this configuration creates it or refers to it. */
export interface IImageRegistry extends IConstruct {
  /** Resource id of the registry. */
  readonly registryId: string;

  /** Host under which images are pulled, for instance `contoso.azurecr.io`. */
  readonly loginServer: string;

  /**
   * Lets an identity pull images (role `AcrPull`).
   *
   * Granting it to the same principal again returns the assignment that exists.
   *
   * @param principalId - object id of the identity
   */
  grantPull(principalId: string): RoleAssignment;
}
