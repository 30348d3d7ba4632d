import { Token } from 'cdktf';
import { AccountIdParts, formatAccountId } from './account-id';
import type { IModelAccount } from './model-account-interface';

/**
 * Whether a resource id may lie in an account; what only Terraform knows may be anything.
 *
 * The subscription of an account that is created here is the provider's, which only Terraform knows.
 */
export function mayLieIn(account: IModelAccount, id: AccountIdParts): boolean {
  if (!Token.isUnresolved(account.accountId)) {
    return equal(account.accountId, formatAccountId(id));
  }
  return mayEqual(account.accountName, id.accountName) && mayEqual(account.resourceGroupName, id.resourceGroupName);
}

function mayEqual(mine: string, other: string): boolean {
  return Token.isUnresolved(mine) || equal(mine, other);
}

/** Azure compares names and ids without regard to case. */
function equal(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
