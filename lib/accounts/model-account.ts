import { CognitiveAccount, CognitiveAccountIdentity } from '@cdktf/provider-azurerm/lib/cognitive-account';
import { CognitiveAccountCustomerManagedKeyA } from '@cdktf/provider-azurerm/lib/cognitive-account-customer-managed-key';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';
import { chooseIdentity, hasSystemAssigned, hasUserAssigned } from './account-identity';
import { accountNetwork } from './account-network';
import { addPrerequisite } from './account-prerequisites';
import {
  accountNameInvalid,
  identityMissing,
  keyIdentityNotAssigned,
  keyVaultMissing,
  locationMissing,
  projectsNeedAiServices,
  resourceGroupNameInvalid,
  subdomainInvalid,
} from './errors';
import { ImportedModelAccount } from './imported-model-account';
import { ModelAccountBase } from './model-account-base';
import type { IModelAccount } from './model-account-interface';
import { ModelAccountKind } from './model-account-kind';
import {
  AccountDiagnostics,
  CustomerManagedKey,
  ModelAccountAttributes,
  ModelAccountProps,
} from './model-account-props';
import { defaultSubdomain, endpointSuffix, formatOpenAiEndpoint } from './openai-endpoint';
import { isAccountName, isResourceGroupName, isSubdomain } from './resource-names';

/**
 * A Foundry or Azure OpenAI account that models are deployed to.
 *
 * Closed unless opened: no keys, no public endpoint without an allow-list, network rules that deny by default. Every
 * property that Azure would otherwise fill in is written, so that a second plan is empty.
 *
 * @example
 *
 * const account = new ModelAccount(this, 'models', {
 *   name: 'contoso-models-staging',
 *   resourceGroupName: group.name,
 *   location: 'swedencentral',
 * });
 */
export class ModelAccount extends ModelAccountBase {
  /**
   * Refers to an account that this configuration does not create; models can be deployed to it all the same.
   *
   * Let one configuration alone deploy to an account: Azure refuses simultaneous changes with 409 `RequestConflict`.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param accountId - resource id of the account; may be a Terraform token
   * @param attributes - what else is known of the account
   */
  public static fromAccountId(
    scope: Construct,
    id: string,
    accountId: string,
    attributes: ModelAccountAttributes = {},
  ): IModelAccount {
    return new ImportedModelAccount(scope, id, accountId, attributes);
  }

  /** Resource id of the account. */
  public readonly accountId: string;

  /** Name of the account. */
  public readonly accountName: string;

  /** Name of the account's resource group. */
  public readonly resourceGroupName: string;

  /** Kind of the account. */
  public readonly kind?: ModelAccountKind;

  /** Azure region of the account. */
  public readonly location?: string;

  /** Subdomain under which the account answers. */
  public readonly customSubdomainName: string;

  /**
   * Base URL of calls to the account's models, for instance `https://contoso.openai.azure.com`, without a slash at the end.
   *
   * It is text and makes nothing wait for the account; let a resource that calls models depend on their deployments.
   */
  public readonly openAiEndpoint: string;

  /** The Terraform resource. */
  public readonly resource: CognitiveAccount;

  private readonly ownsIdentity: boolean;

  constructor(scope: Construct, id: string, props: ModelAccountProps) {
    super(scope, id);
    enrol(this);
    this.accountName = props.name;
    this.resourceGroupName = props.resourceGroupName;
    this.location = props.location;
    this.kind = props.kind ?? ModelAccountKind.AI_SERVICES;
    this.customSubdomainName = props.customSubdomainName ?? defaultSubdomain(props.name);
    const identity = chooseIdentity(props);
    this.requireNames();
    this.openAiEndpoint = formatOpenAiEndpoint(
      this.customSubdomainName,
      endpointSuffix(props.openAiEndpointSuffix, this.node.path),
    );
    this.requireIdentity(props, identity);
    this.ownsIdentity = hasSystemAssigned(identity);

    const key = props.customerManagedKey;
    const keyOfUserAssignedIdentity = key?.identityClientId === undefined ? undefined : key;
    const { publicNetworkAccessEnabled, networkAcls } = accountNetwork(props, this.node.path);
    this.resource = new CognitiveAccount(this, 'Default', {
      name: this.accountName,
      resourceGroupName: this.resourceGroupName,
      location: props.location,
      kind: this.kind,
      skuName: 'S0',
      customSubdomainName: this.customSubdomainName,
      localAuthEnabled: props.localAuthEnabled ?? false,
      publicNetworkAccessEnabled,
      networkAcls,
      outboundNetworkAccessRestricted: false,
      projectManagementEnabled: props.projectManagementEnabled ?? false,
      identity,
      customerManagedKey: keyOfUserAssignedIdentity && {
        keyVaultKeyId: keyOfUserAssignedIdentity.keyVaultKeyId,
        identityClientId: keyOfUserAssignedIdentity.identityClientId,
      },
      tags: props.tags,
    });
    this.accountId = this.resource.id;
    if (key !== undefined && keyOfUserAssignedIdentity === undefined) {
      this.encryptWithOwnIdentity(key);
    }
    if (props.diagnostics !== undefined) {
      this.sendDiagnostics(props.diagnostics);
    }
  }

  /** URL as Azure states it, with a slash at the end; its domain depends on the kind, that of `openAiEndpoint` does not. */
  public get endpoint(): string {
    return this.resource.endpoint;
  }

  /**
   * Object id of the system-assigned identity, to which roles are given.
   *
   * @throws if the account has none, which `systemAssignedIdentity` decides
   */
  public get principalId(): string {
    if (!this.ownsIdentity) {
      throw identityMissing(this.node.path, 'principalId');
    }
    return this.resource.identity.principalId;
  }

  private requireNames(): void {
    const path = this.node.path;
    const refused = (value: unknown, isValid: (text: unknown) => boolean) =>
      !Token.isUnresolved(value) && !isValid(value);
    if (refused(this.accountName, isAccountName)) {
      throw accountNameInvalid(path, this.accountName);
    }
    if (refused(this.customSubdomainName, isSubdomain)) {
      throw subdomainInvalid(path, this.customSubdomainName);
    }
    if (refused(this.resourceGroupName, isResourceGroupName)) {
      throw resourceGroupNameInvalid(path, this.resourceGroupName);
    }
    if (this.location === undefined || this.location.trim() === '') {
      throw locationMissing(path);
    }
  }

  private requireIdentity(props: ModelAccountProps, identity: CognitiveAccountIdentity | undefined): void {
    const path = this.node.path;
    if (props.projectManagementEnabled === true) {
      if (this.kind === ModelAccountKind.OPEN_AI) {
        throw projectsNeedAiServices(path);
      }
      if (identity === undefined) {
        throw identityMissing(path, 'projectManagementEnabled');
      }
    }
    const key = props.customerManagedKey;
    if (key?.identityClientId !== undefined && !hasUserAssigned(identity)) {
      throw keyIdentityNotAssigned(path);
    }
    if (key !== undefined && key.identityClientId === undefined) {
      if (!hasSystemAssigned(identity)) {
        throw identityMissing(path, 'customerManagedKey without identityClientId');
      }
      if (key.keyVaultId === undefined) {
        throw keyVaultMissing(path);
      }
    }
  }

  /**
   * The account's own identity exists only after the account, so the key comes as a resource of its own. Deployments and
   * private endpoints wait for it: the key changes the account, and the provider does not lock the account against that.
   */
  private encryptWithOwnIdentity(key: CustomerManagedKey): void {
    const access = new RoleAssignment(this, 'KeyAccess', {
      scope: key.keyVaultId!,
      roleDefinitionName: 'Key Vault Crypto Service Encryption User',
      principalId: this.principalId,
      principalType: 'ServicePrincipal',
    });
    this.resource.lifecycle = { ignoreChanges: ['customer_managed_key'] };
    addPrerequisite(
      this,
      new CognitiveAccountCustomerManagedKeyA(this, 'Key', {
        cognitiveAccountId: this.accountId,
        keyVaultKeyId: key.keyVaultKeyId,
        dependsOn: [access],
      }),
    );
  }

  /** Cognitive Services writes to the table AzureDiagnostics alone, and Azure answers no destination type for it. */
  private sendDiagnostics(diagnostics: AccountDiagnostics): void {
    new MonitorDiagnosticSetting(this, 'Diagnostics', {
      name: 'log-analytics',
      targetResourceId: this.accountId,
      logAnalyticsWorkspaceId: diagnostics.logAnalyticsWorkspaceId,
      enabledLog: diagnostics.logCategories?.map((category) => ({ category })) ?? [{ categoryGroup: 'allLogs' }],
      enabledMetric: diagnostics.metrics === false ? undefined : [{ category: 'AllMetrics' }],
    });
  }
}
