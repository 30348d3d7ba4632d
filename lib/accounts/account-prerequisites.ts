import { TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import type { IModelAccount } from './model-account-interface';

const prerequisitesByAccount = new WeakMap<IModelAccount, TerraformResource[]>();

/** Lets everything that is made in the account wait for a resource. */
export function addPrerequisite(account: IModelAccount, prerequisite: TerraformResource): void {
  prerequisitesByAccount.set(account, [...(prerequisitesByAccount.get(account) ?? []), prerequisite]);
}

/** What a resource in the account has to wait for, if anything; across stacks Terraform cannot wait. */
export function prerequisitesOf(account: IModelAccount, resource: IConstruct): TerraformResource[] | undefined {
  return TerraformStack.of(resource) === TerraformStack.of(account) ? prerequisitesByAccount.get(account) : undefined;
}
