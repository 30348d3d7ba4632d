import { stableGuid } from '../computed-values';
import { ResourceKind } from '../resource-kind';
import { Value } from '../value-encoding';
import { atLeastOneOf, exactlyOneOf } from './validation';

const inGroup = '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers';
const groupMember = ['name', 'location', 'resource_group_name'] as const;

/**
 * What the accounts stand on. What forces a replacement is what
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/website/docs/r says of each resource.
 */
export const platformKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_resource_group: {
    id: '/subscriptions/{subscription}/resourceGroups/{name}',
    forcesReplacement: ['name', 'location'],
  },
  azurerm_role_assignment: {
    id: '{scope}/providers/Microsoft.Authorization/roleAssignments/{name}',
    forcesReplacement: [
      'name',
      'scope',
      'principal_id',
      'principal_type',
      'role_definition_id',
      'role_definition_name',
      'condition',
      'condition_version',
      'delegated_managed_identity_resource_id',
      'skip_service_principal_aad_check',
    ],
    validate: (config) => exactlyOneOf(config, ['role_definition_id', 'role_definition_name']),
    azureAnswers: (sent, azure) => ({
      principal_type: text(sent.principal_type) ?? 'ServicePrincipal',
      role_definition_name: text(sent.role_definition_name) ?? 'Custom',
      role_definition_id:
        text(sent.role_definition_id) ??
        `/subscriptions/${azure.subscription}/providers/Microsoft.Authorization/roleDefinitions/` +
          stableGuid(String(sent.role_definition_name)),
      condition_version: text(sent.condition_version),
      skip_service_principal_aad_check: sent.skip_service_principal_aad_check === true ? true : null,
    }),
  },
  azurerm_user_assigned_identity: {
    id: `${inGroup}/Microsoft.ManagedIdentity/userAssignedIdentities/{name}`,
    forcesReplacement: groupMember,
    azureAnswers: (_, azure) => ({ tenant_id: azure.tenant }),
  },
  azurerm_log_analytics_workspace: {
    id: `${inGroup}/Microsoft.OperationalInsights/workspaces/{name}`,
    forcesReplacement: groupMember,
    providerDefaults: {
      allow_resource_only_permissions: true,
      daily_quota_gb: -1,
      internet_ingestion_enabled: true,
      internet_query_enabled: true,
    },
    azureAnswers: (sent) => ({
      sku: text(sent.sku) ?? 'PerGB2018',
      retention_in_days: typeof sent.retention_in_days === 'number' ? sent.retention_in_days : 30,
      local_authentication_enabled: sent.local_authentication_enabled !== false,
      local_authentication_disabled: sent.local_authentication_enabled === false,
    }),
  },
  azurerm_monitor_diagnostic_setting: {
    id: '{target_resource_id}|{name}',
    forcesReplacement: [
      'name',
      'target_resource_id',
      'eventhub_name',
      'eventhub_authorization_rule_id',
      'storage_account_id',
    ],
    validate: (config) => [
      ...atLeastOneOf(config, [
        'eventhub_authorization_rule_id',
        'log_analytics_workspace_id',
        'partner_solution_id',
        'storage_account_id',
      ]),
      ...atLeastOneOf(config, ['enabled_log', 'enabled_metric', 'metric']),
    ],
    azureAnswers: (sent) => ({ log_analytics_destination_type: text(sent.log_analytics_destination_type) }),
  },
  azurerm_key_vault: {
    id: `${inGroup}/Microsoft.KeyVault/vaults/{name}`,
    forcesReplacement: [...groupMember, 'soft_delete_retention_days'],
    providerDefaults: { public_network_access_enabled: true, soft_delete_retention_days: 90 },
    azureAnswers: (sent) => ({ vault_uri: `https://${sent.name}.vault.azure.net/` }),
  },
  /** Its id is a URL with the version at its end; here it is that of Azure Resource Manager, and the URLs are computed. */
  azurerm_key_vault_secret: {
    id: '{key_vault_id}/secrets/{name}',
    parent: 'key_vault_id',
    forcesReplacement: ['name', 'key_vault_id'],
    validate: (config) => exactlyOneOf(config, ['value', 'value_wo']),
    azureAnswers: ({ key_vault_id, name, value }) => {
      const version = stableGuid(`${key_vault_id}/${name}/${value}`).replaceAll('-', '');
      const resource = `${key_vault_id}/secrets/${name}`;
      return {
        resource_id: `${resource}/versions/${version}`,
        resource_versionless_id: resource,
        version,
        versionless_id: `https://${String(key_vault_id).split('/').pop()}.vault.azure.net/secrets/${name}`,
      };
    },
  },
  azurerm_application_insights: {
    id: `${inGroup}/Microsoft.Insights/components/{name}`,
    forcesReplacement: [...groupMember, 'application_type'],
    providerDefaults: {
      daily_data_cap_in_gb: 100,
      daily_data_cap_notifications_disabled: false,
      disable_ip_masking: false,
      force_customer_storage_for_profiler: false,
      internet_ingestion_enabled: true,
      internet_query_enabled: true,
      local_authentication_disabled: false,
      retention_in_days: 90,
      sampling_percentage: 100,
    },
    azureAnswers: ({ name, location, workspace_id }) => {
      const instrumentationKey = stableGuid(`${name}/instrumentation`);
      return {
        app_id: stableGuid(`${name}/app`),
        connection_string:
          `InstrumentationKey=${instrumentationKey};` +
          `IngestionEndpoint=https://${location}-0.in.applicationinsights.azure.com/`,
        instrumentation_key: instrumentationKey,
        workspace_id: text(workspace_id),
      };
    },
  },
};

/** A computed attribute that the configuration left out is still unknown here. */
function text(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}
