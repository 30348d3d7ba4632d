import { containerNotFound } from '../azure-error';
import { stableGuid } from '../computed-values';
import { ResourceKind } from '../resource-kind';
import { Value } from '../value-encoding';
import { exactlyOneOf, matching, oneOf } from './validation';

const inGroup = '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers';

/**
 * Microsoft.Storage. Replacement, defaults and checks follow the provider's source and documentation,
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services/storage.
 */
export const storageKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_storage_account: {
    id: `${inGroup}/Microsoft.Storage/storageAccounts/{name}`,
    forcesReplacement: [
      'name',
      'location',
      'resource_group_name',
      'account_tier',
      'dns_endpoint_type',
      'edge_zone',
      'infrastructure_encryption_enabled',
      'is_hns_enabled',
      'nfsv3_enabled',
      'provisioned_billing_model_version',
      'queue_encryption_key_type',
      'table_encryption_key_type',
      { path: 'account_kind', when: (before, after) => !(before === 'Storage' && after === 'StorageV2') },
    ],
    providerDefaults: {
      account_kind: 'StorageV2',
      allow_nested_items_to_be_public: true,
      cross_tenant_replication_enabled: false,
      default_to_oauth_authentication: false,
      dns_endpoint_type: 'Standard',
      https_traffic_only_enabled: true,
      infrastructure_encryption_enabled: false,
      is_hns_enabled: false,
      local_user_enabled: true,
      min_tls_version: 'TLS1_2',
      nfsv3_enabled: false,
      public_network_access_enabled: true,
      queue_encryption_key_type: 'Service',
      sftp_enabled: false,
      shared_access_key_enabled: true,
      table_encryption_key_type: 'Service',
    },
    validate: (config) => [
      ...matching(
        config.name,
        /^[a-z0-9]{3,24}$/,
        `name ("${String(config.name)}") can only consist of lowercase letters and numbers, and must be between 3 and 24 characters long`,
      ),
      ...oneOf('account_tier', config.account_tier, ['Standard', 'Premium']),
    ],
    azureAnswers: ({ access_tier, large_file_share_enabled, location, name }) => ({
      access_tier: text(access_tier) ?? 'Hot',
      large_file_share_enabled: large_file_share_enabled === true,
      primary_blob_endpoint: `https://${name}.blob.core.windows.net/`,
      primary_blob_host: `${name}.blob.core.windows.net`,
      primary_access_key: stableGuid(`${name}/key1`),
      primary_location: location ?? null,
    }),
  },
  azurerm_storage_container: {
    id: '{storage_account_id}/blobServices/default/containers/{name}',
    parent: 'storage_account_id',
    forcesReplacement: [
      'name',
      'storage_account_id',
      'storage_account_name',
      'default_encryption_scope',
      'encryption_scope_override_enabled',
    ],
    providerDefaults: { container_access_type: 'private', encryption_scope_override_enabled: true },
    validate: (config) => [
      ...exactlyOneOf(config, ['storage_account_id', 'storage_account_name']),
      ...matching(
        config.name,
        /^(?:\$root|\$web|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/,
        `only lowercase alphanumeric characters and hyphens allowed in "name": "${String(config.name)}"`,
      ),
    ],
    azureAnswers: ({ default_encryption_scope, id }) => ({
      default_encryption_scope: text(default_encryption_scope) ?? '$account-encryption-key',
      resource_manager_id: id ?? null,
    }),
  },
  azurerm_storage_blob: {
    id: 'https://{storage_account_name}.blob.core.windows.net/{storage_container_name}/{name}',
    forcesReplacement: [
      'name',
      'storage_account_name',
      'storage_container_name',
      'type',
      'size',
      'content_md5',
      'encryption_scope',
      'source',
      'source_content',
      'source_uri',
      'parallelism',
    ],
    providerDefaults: { content_type: 'application/octet-stream', parallelism: 8, size: 0 },
    validate: ({ type }) => oneOf('type', type, ['Append', 'Block', 'Page']),
    refuse: ({ storage_account_name, storage_container_name }, azure) => {
      const account = azure.all('azurerm_storage_account').find(({ name }) => name === storage_account_name);
      const exists = azure
        .all('azurerm_storage_container')
        .some(({ name, storage_account_id }) => name === storage_container_name && storage_account_id === account?.id);
      if (account !== undefined && !exists) {
        throw containerNotFound();
      }
    },
    azureAnswers: ({ access_tier, id }) => ({ access_tier: text(access_tier) ?? 'Hot', url: id ?? null }),
  },
};

/** A computed attribute that the configuration left out is still unknown here. */
function text(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
