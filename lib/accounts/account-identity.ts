import { CognitiveAccountIdentity } from '@cdktf/provider-azurerm/lib/cognitive-account';
import { ModelAccountProps } from './model-account-props';

const SYSTEM_ASSIGNED = 'SystemAssigned';
const USER_ASSIGNED = 'UserAssigned';

/** The managed identities that an account has, if any. */
export function chooseIdentity(props: ModelAccountProps): CognitiveAccountIdentity | undefined {
  const identityIds = props.userAssignedIdentityIds ?? [];
  const types = [
    ...((props.systemAssignedIdentity ?? identityIds.length === 0) ? [SYSTEM_ASSIGNED] : []),
    ...(identityIds.length > 0 ? [USER_ASSIGNED] : []),
  ];
  return types.length === 0
    ? undefined
    : { type: types.join(', '), identityIds: identityIds.length > 0 ? identityIds : undefined };
}

export function hasSystemAssigned(identity: CognitiveAccountIdentity | undefined): boolean {
  return identity?.type.startsWith(SYSTEM_ASSIGNED) ?? false;
}

export function hasUserAssigned(identity: CognitiveAccountIdentity | undefined): boolean {
  return identity?.type.endsWith(USER_ASSIGNED) ?? false;
}
