import { raiPolicyNotFound, serviceModelDeprecated } from '../azure-error';
import { stableGuid } from '../computed-values';
import { ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { Value, ValueObject } from '../value-encoding';
import { accountId, oneOf } from './validation';

/** https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/website/docs/r/cognitive_deployment.html.markdown */
const DEPLOYMENT_SKUS = [
  'Standard',
  'DataZoneBatch',
  'DataZoneStandard',
  'DataZoneProvisionedManaged',
  'GlobalBatch',
  'GlobalProvisionedManaged',
  'GlobalStandard',
  'ProvisionedManaged',
];
const UPGRADE_OPTIONS = ['OnceNewDefaultVersionAvailable', 'OnceCurrentVersionExpired', 'NoAutoUpgrade'];

/** What belongs to an account; the provider queues the operations (`locks.ByID(account)` in the source of each). */
const partOfAccount = {
  parent: 'cognitive_account_id',
  account: (attributes: ValueObject) => String(attributes.cognitive_account_id),
  whileAccountIsBusy: 'queue',
  validate: (config: ValueObject) => accountId(config.cognitive_account_id),
} as const;

/**
 * Microsoft.CognitiveServices. Replacement, defaults, checks and locks follow the provider's source,
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services/cognitive.
 */
export const cognitiveKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_cognitive_account: {
    id: '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers/Microsoft.CognitiveServices/accounts/{name}',
    forcesReplacement: [
      'name',
      'location',
      'resource_group_name',
      'kind',
      { path: 'custom_subdomain_name', when: (before) => before !== null && before !== '' },
      { path: 'project_management_enabled', when: (before) => before === true },
    ],
    providerDefaults: {
      local_auth_enabled: true,
      outbound_network_access_restricted: false,
      project_management_enabled: false,
      public_network_access_enabled: true,
      'network_acls.virtual_network_rules.ignore_missing_vnet_service_endpoint': false,
    },
    validate: (config) =>
      asBlocks(config.network_acls).length > 0 && config.custom_subdomain_name === null
        ? ['"network_acls": all of `custom_subdomain_name,network_acls` must be specified']
        : [],
    refusePlan: refuseAccountPlan,
    azureAnswers: (sent, azure) => ({
      endpoint: `https://${sent.custom_subdomain_name ?? sent.location}.cognitiveservices.azure.com/`,
      // The provider asks for keys only where key authentication is on.
      primary_access_key: sent.local_auth_enabled === false ? null : stableGuid(`${sent.name}/key1`),
      secondary_access_key: sent.local_auth_enabled === false ? null : stableGuid(`${sent.name}/key2`),
      identity: withIdentity(sent, azure.tenant),
      network_acls: asBlocks(sent.network_acls).map((rules) => ({ ...rules, bypass: rules.bypass || bypass(sent) })),
    }),
    account: ({ id }) => (typeof id === 'string' ? id : undefined),
    whileAccountIsBusy: 'queue',
    afterWrite: (account, azure) => {
      if (asBlocks(account.customer_managed_key).length === 0) {
        azure.forget('azurerm_cognitive_account_customer_managed_key', String(account.id));
      }
    },
  },

  azurerm_cognitive_deployment: {
    ...partOfAccount,
    id: '{cognitive_account_id}/deployments/{name}',
    forcesReplacement: [
      'name',
      'cognitive_account_id',
      'model.format',
      'model.name',
      'sku.name',
      'sku.tier',
      'sku.size',
      'sku.family',
    ],
    providerDefaults: { version_upgrade_option: 'OnceNewDefaultVersionAvailable', 'sku.capacity': 1 },
    validate: (config) => [
      ...accountId(config.cognitive_account_id),
      ...oneOf('version_upgrade_option', config.version_upgrade_option, UPGRADE_OPTIONS),
      ...asBlocks(config.sku).flatMap((sku) => oneOf('sku.0.name', sku.name, DEPLOYMENT_SKUS)),
    ],
    refuse: (sent, azure) => {
      const [model] = asBlocks(sent.model);
      const [sku] = asBlocks(sent.sku);
      const since = azure.retiredSince(String(model.name), String(model.version), String(sku.name));
      if (since !== undefined) {
        throw serviceModelDeprecated(`Format:${model.format},Name:${model.name},Version:${model.version}`, since);
      }
      const policy = String(sent.rai_policy_name || 'Microsoft.DefaultV2');
      const policyId = `${sent.cognitive_account_id}/raiPolicies/${policy}`;
      if (!policy.startsWith('Microsoft.') && !azure.find('azurerm_cognitive_account_rai_policy', policyId)) {
        throw raiPolicyNotFound(policy);
      }
    },
    // Azure names the policy that it applies and the version that it picked, and the provider reads both into
    // attributes that are not computed: https://github.com/hashicorp/terraform-provider-azurerm/issues/32061.
    azureAnswers: (sent) => ({
      rai_policy_name: sent.rai_policy_name || 'Microsoft.DefaultV2',
      model: asBlocks(sent.model).map((model) => ({ ...model, version: model.version || '2024-11-20' })),
    }),
  },

  azurerm_cognitive_account_rai_policy: {
    ...partOfAccount,
    id: '{cognitive_account_id}/raiPolicies/{name}',
    forcesReplacement: ['name', 'cognitive_account_id', 'base_policy_name'],
  },

  azurerm_cognitive_account_rai_blocklist: {
    ...partOfAccount,
    id: '{cognitive_account_id}/raiBlocklists/{name}',
    forcesReplacement: ['name', 'cognitive_account_id'],
  },

  azurerm_cognitive_account_project: {
    ...partOfAccount,
    id: '{cognitive_account_id}/projects/{name}',
    forcesReplacement: ['name', 'cognitive_account_id', 'location'],
    azureAnswers: (sent, azure) => ({ identity: withIdentity(sent, azure.tenant) }),
    whileAccountIsBusy: 'RequestConflict',
  },

  /** It is a property of the account: Azure shows it there as well, and clearing it there removes it here. */
  azurerm_cognitive_account_customer_managed_key: {
    ...partOfAccount,
    id: '{cognitive_account_id}',
    forcesReplacement: ['cognitive_account_id'],
    whileAccountIsBusy: 'RequestConflict',
    afterWrite: ({ cognitive_account_id, key_vault_key_id, identity_client_id }, azure) =>
      azure.amend('azurerm_cognitive_account', String(cognitive_account_id), {
        customer_managed_key: [{ key_vault_key_id, identity_client_id }],
      }),
    afterDelete: ({ cognitive_account_id }, azure) =>
      azure.amend('azurerm_cognitive_account', String(cognitive_account_id), { customer_managed_key: [] }),
  },
};

function refuseAccountPlan(planned: ValueObject): string[] {
  const problems: string[] = [];
  const kind = String(planned.kind);
  if (planned.project_management_enabled === true && kind !== 'AIServices') {
    problems.push('`project_management_enabled` can only be set to `true` when `kind` is set to `AIServices`');
  }
  if (planned.project_management_enabled === true && asBlocks(planned.identity).length === 0) {
    problems.push('for `project_management_enabled` to be set to `true`, a managed identity must be assigned');
  }
  if (planned.dynamic_throttling_enabled === true && takesBypass(planned)) {
    problems.push(`\`dynamic_throttling_enabled\` is not supported when \`kind\` is set to \`${kind}\``);
  }
  return problems;
}

function takesBypass({ kind }: ValueObject): boolean {
  return kind === 'OpenAI' || kind === 'AIServices';
}

/** Azure lets trusted services in where nobody says otherwise: https://github.com/Azure/bicep-registry-modules/pull/7066. */
function bypass(account: ValueObject): Value {
  return takesBypass(account) ? 'AzureServices' : null;
}

function withIdentity(sent: ValueObject, tenant: string): Value {
  return asBlocks(sent.identity).map((identity) => ({
    ...identity,
    tenant_id: tenant,
    principal_id: String(identity.type).includes('SystemAssigned') ? stableGuid(`${sent.name}/principal`) : '',
  }));
}
