import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../accounts/expression-digest';
import { InvokeRole, PrincipalType } from '../accounts/grant-invoke-options';
import type { IModelAccount } from '../accounts/model-account-interface';
import type { ModelDeployment } from '../accounts/model-deployment';
import type { IApiManagementService } from './api-management-service-interface';

const DIGEST_LENGTH = 8;

/** What each service was given already: Azure refuses a second assignment of one role, whoever declares it. */
const granted = new WeakMap<IApiManagementService, Map<string, RoleAssignment>>();

/**
 * Lets the service call the models of a deployment's account, and has an account of another stack applied first.
 *
 * The assignment to an account of another stack does not lie there: it would let the models wait for the gateway.
 */
export function grantModelAccess(
  gateway: Construct,
  service: IApiManagementService,
  deployment: ModelDeployment,
): RoleAssignment {
  const { account, model } = deployment;
  const role = model.format === 'OpenAI' ? InvokeRole.OPENAI_MODELS : InvokeRole.ALL_MODELS;
  const stack = TerraformStack.of(gateway);
  const other = TerraformStack.of(deployment);
  if (other !== stack && !other.dependsOn(stack)) {
    stack.addDependency(other);
  }
  const { accountId, node } = account;
  const key = `${Token.isUnresolved(accountId) ? node.path : accountId.toLowerCase()} ${role}`;
  const given = granted.get(service) ?? new Map<string, RoleAssignment>();
  granted.set(service, given);
  const assignment = given.get(key) ?? assignmentOf(gateway, service, account, role);
  given.set(key, assignment);
  return assignment;
}

function assignmentOf(
  gateway: Construct,
  service: IApiManagementService,
  account: IModelAccount,
  role: InvokeRole,
): RoleAssignment {
  const stack = TerraformStack.of(gateway);
  if (TerraformStack.of(account) === stack) {
    return account.grantInvoke(service.identityPrincipalId, { role });
  }
  const scope = TerraformStack.of(service) === stack ? service : gateway;
  const digest = expressionDigest(account, [account.accountId, role], DIGEST_LENGTH);
  return new RoleAssignment(scope as Construct, `Invoke-${digest}`, {
    scope: account.accountId,
    roleDefinitionName: role,
    principalId: service.identityPrincipalId,
    principalType: PrincipalType.SERVICE_PRINCIPAL,
    lifecycle: { createBeforeDestroy: true },
  });
}
