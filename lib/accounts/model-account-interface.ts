import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { IConstruct } from 'constructs';
import type { AccountPrivateEndpoint, AccountPrivateEndpointOptions } from './account-private-endpoint';
import type { GrantInvokeOptions } from './grant-invoke-options';
import type { ModelAccountKind } from './model-account-kind';
import type { ModelDeployment, ModelDeploymentOptions } from './model-deployment';
import type { RaiPolicy, RaiPolicyOptions } from './rai-policy';

/** A Cognitive Services account that models are deployed to, whether this configuration creates it or refers to it. */
export interface IModelAccount extends IConstruct {
  /** Resource id of the account. */
  readonly accountId: string;

  /** Name of the account. */
  readonly accountName: string;

  /** Name of the account's resource group. */
  readonly resourceGroupName: string;

  /** Kind of the account, where it is known. */
  readonly kind?: ModelAccountKind;

  /** Azure region of the account, where it is known. */
  readonly location?: string;

  /**
   * Base URL of calls to the account's models, for instance `https://contoso.openai.azure.com`, without a slash at the end.
   *
   * The paths `/openai/deployments/<deployment>/…?api-version=…` and `/openai/v1/…` follow it. An account of kind `AIServices`
   * answers at its subdomain of `cognitiveservices.azure.com` and `services.ai.azure.com` too; this host serves both kinds.
   * It is text and makes nothing wait for the account; let a resource that calls models depend on their deployments.
   *
   * @throws if the custom subdomain is not known, because the account is referred to by its id, has a name that is no subdomain
   * (letters, digits and `-`), and `customSubdomainName` was not given
   * @see https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints
   */
  readonly openAiEndpoint: string;

  /** The deployments that this app declares in the account. */
  readonly deployments: ModelDeployment[];

  /** Deploys a model to the account. */
  deploy(id: string, options: ModelDeploymentOptions): ModelDeployment;

  /** Adds an RAI (responsible AI) policy, which deployments then refer to by its `policyName`. */
  addRaiPolicy(id: string, options: RaiPolicyOptions): RaiPolicy;

  /** Adds a private endpoint, through which the account is reached from a virtual network. */
  addPrivateEndpoint(id: string, options: AccountPrivateEndpointOptions): AccountPrivateEndpoint;

  /**
   * Lets an identity call the account's models with a Microsoft Entra token.
   *
   * Granting the same role to the same principal again returns the assignment that exists.
   *
   * @param principalId - object id of the identity, for instance `identity.principalId` of a managed identity
   * @param options - role and kind of identity
   */
  grantInvoke(principalId: string, options?: GrantInvokeOptions): RoleAssignment;
}
