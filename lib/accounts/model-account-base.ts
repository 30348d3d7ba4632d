import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { AccountPrivateEndpoint, AccountPrivateEndpointOptions } from './account-private-endpoint';
import { DeploymentRegistry } from './deployment-registry';
import { principalIdMalformed } from './errors';
import { expressionDigest } from './expression-digest';
import { GrantInvokeOptions, InvokeRole, PrincipalType } from './grant-invoke-options';
import type { IModelAccount } from './model-account-interface';
import { ModelAccountKind } from './model-account-kind';
import { ModelDeployment, ModelDeploymentOptions } from './model-deployment';
import { RaiPolicy, RaiPolicyOptions } from './rai-policy';
import { isGuid } from './resource-names';

const DIGEST_LENGTH = 8;

/**
 * What created accounts and those that are referred to by their id have in common.
 *
 * @internal
 */
export abstract class ModelAccountBase extends Construct implements IModelAccount {
  /** Resource id of the account. */
  public abstract readonly accountId: string;

  /** Name of the account. */
  public abstract readonly accountName: string;

  /** Name of the account's resource group. */
  public abstract readonly resourceGroupName: string;

  /** Kind of the account, where it is known. */
  public abstract readonly kind?: ModelAccountKind;

  /** Azure region of the account, where it is known. */
  public abstract readonly location?: string;

  /** Base URL of calls to the account's models, without a slash at the end. */
  public abstract readonly openAiEndpoint: string;

  /** The deployments that this app declares in the account. */
  public get deployments(): ModelDeployment[] {
    return DeploymentRegistry.of(this).all();
  }

  /** Deploys a model to the account. */
  public deploy(id: string, options: ModelDeploymentOptions): ModelDeployment {
    return new ModelDeployment(this, id, { account: this, ...options });
  }

  /** Adds an RAI (responsible AI) policy, which deployments then refer to by its `policyName`. */
  public addRaiPolicy(id: string, options: RaiPolicyOptions): RaiPolicy {
    return new RaiPolicy(this, id, { account: this, ...options });
  }

  /** Adds a private endpoint, through which the account is reached from a virtual network. */
  public addPrivateEndpoint(id: string, options: AccountPrivateEndpointOptions): AccountPrivateEndpoint {
    return new AccountPrivateEndpoint(this, id, { account: this, ...options });
  }

  /**
   * Lets an identity call the account's models with a Microsoft Entra token.
   *
   * Granting the same role to the same principal again returns the assignment that exists.
   *
   * @param principalId - object id of the identity, for instance `identity.principalId` of a managed identity
   * @param options - role and kind of identity
   */
  public grantInvoke(principalId: string, options: GrantInvokeOptions = {}): RoleAssignment {
    const role = options.role ?? InvokeRole.OPENAI_MODELS;
    if (!Token.isUnresolved(principalId) && !isGuid(principalId)) {
      throw principalIdMalformed(this.node.path, principalId);
    }
    const id = `Invoke-${expressionDigest(this, [principalId, role], DIGEST_LENGTH)}`;
    const existing = this.node.tryFindChild(id) as RoleAssignment | undefined;
    return (
      existing ??
      new RoleAssignment(this, id, {
        scope: this.accountId,
        roleDefinitionName: role,
        principalId,
        principalType: options.principalType ?? PrincipalType.SERVICE_PRINCIPAL,
        lifecycle: { createBeforeDestroy: true },
      })
    );
  }
}
