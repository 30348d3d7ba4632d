import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { PrincipalType } from '../../accounts/grant-invoke-options';

/** A built-in role of Azure that an app needs. */
export type AppRole =
  'AcrPull' | 'Key Vault Secrets User' | 'Search Index Data Reader' | 'Storage Blob Data Reader' | InvokeRoleName;

type InvokeRoleName = 'Cognitive Services OpenAI User' | 'Cognitive Services User';

export interface RoleGrant {
  readonly role: AppRole;
  /** Resource id of what the role is for. */
  readonly resourceId: string;
  /** Object id of the identity that gets it. */
  readonly principalId: string;
}

const DIGEST_LENGTH = 8;

/** Azure refuses a second assignment of one role, so that one that the scope has already is taken. */
export function grantRole(scope: Construct, { role, resourceId, principalId }: RoleGrant): RoleAssignment {
  const digest = expressionDigest(scope, [resourceId, principalId, role], DIGEST_LENGTH);
  const id = `${role.replaceAll(' ', '')}-${digest}`;
  const existing = scope.node.tryFindChild(id) as RoleAssignment | undefined;
  return (
    existing ??
    new RoleAssignment(scope, id, {
      scope: resourceId,
      roleDefinitionName: role,
      principalId,
      principalType: PrincipalType.SERVICE_PRINCIPAL,
      lifecycle: { createBeforeDestroy: true },
    })
  );
}
