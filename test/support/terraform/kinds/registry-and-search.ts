import { stableGuid } from '../computed-values';
import { ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { Value, ValueObject } from '../value-encoding';
import { between, matching, oneOf } from './validation';

const inGroup = '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers';
const groupMember = ['name', 'location', 'resource_group_name'] as const;
const SEARCH_SKUS = [
  'basic',
  'free',
  'standard',
  'standard2',
  'standard3',
  'storage_optimized_l1',
  'storage_optimized_l2',
];

/**
 * Container Registry and AI Search. Replacement, defaults and checks follow
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/website/docs/r.
 */
export const registryAndSearchKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_container_registry: {
    id: `${inGroup}/Microsoft.ContainerRegistry/registries/{name}`,
    forcesReplacement: [...groupMember, 'zone_redundancy_enabled'],
    providerDefaults: {
      admin_enabled: false,
      anonymous_pull_enabled: false,
      data_endpoint_enabled: false,
      export_policy_enabled: true,
      network_rule_bypass_option: 'AzureServices',
      public_network_access_enabled: true,
      quarantine_policy_enabled: false,
      trust_policy_enabled: false,
      zone_redundancy_enabled: false,
    },
    validate: (config) => [
      ...matching(
        config.name,
        /^[A-Za-z0-9]{5,50}$/,
        `alpha numeric characters only are allowed in "name": "${String(config.name)}"`,
      ),
      ...oneOf('sku', config.sku, ['Basic', 'Premium', 'Standard']),
    ],
    refusePlan: ({ sku, public_network_access_enabled, georeplications }) =>
      sku === 'Premium'
        ? []
        : [
            ...(public_network_access_enabled === false
              ? ['`public_network_access_enabled` can only be disabled for a Premium Sku']
              : []),
            ...(asBlocks(georeplications).length > 0
              ? ['ACR geo-replication can only be applied when using the Premium Sku.']
              : []),
          ],
    azureAnswers: ({ name, sku, encryption, network_rule_set }) => ({
      admin_password: '',
      admin_username: '',
      data_endpoint_host_names: [],
      encryption: asBlocks(encryption),
      login_server: `${String(name).toLowerCase()}.azurecr.io`,
      network_rule_set: sku === 'Premium' ? asBlocks(network_rule_set) : [],
    }),
  },
  azurerm_search_service: {
    id: `${inGroup}/Microsoft.Search/searchServices/{name}`,
    forcesReplacement: [...groupMember, 'hosting_mode', 'sku'],
    providerDefaults: {
      customer_managed_key_enforcement_enabled: false,
      hosting_mode: 'Default',
      local_authentication_enabled: true,
      network_rule_bypass_option: 'None',
      partition_count: 1,
      public_network_access_enabled: true,
      replica_count: 1,
    },
    validate: (config) => [
      ...oneOf('sku', config.sku, SEARCH_SKUS),
      ...between('replica_count', config.replica_count, 1, 12),
    ],
    refusePlan: ({ authentication_failure_mode, local_authentication_enabled }) =>
      given(authentication_failure_mode) && local_authentication_enabled === false
        ? ['"authentication_failure_mode" cannot be defined if "local_authentication_enabled" has been set to `false`']
        : [],
    azureAnswers: (sent, azure) => ({
      identity: asBlocks(sent.identity).map((identity) => ({
        ...identity,
        tenant_id: azure.tenant,
        principal_id: stableGuid(`${sent.id}/principal`),
      })),
      primary_key: stableGuid(`${sent.id}/primary`),
      query_keys: queryKeys(sent),
      secondary_key: stableGuid(`${sent.id}/secondary`),
    }),
  },
};

function queryKeys({ id }: ValueObject): Value {
  return [{ key: stableGuid(`${id}/query`), name: '' }];
}

function given(value: Value | undefined): boolean {
  return value !== null && value !== undefined && value !== '';
}
