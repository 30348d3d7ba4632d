import { resourceNotFound } from './azure-error';
import { stableGuid } from './computed-values';
import { resourceKinds } from './kinds';
import { armId } from './paths';
import { AzureStore } from './resource-kind';
import { AttributeSchema, conform, ResourceSchema, TypeConstraint } from './schema';
import { ValueObject } from './value-encoding';

/** One data source: what it takes, what it answers, and how. */
interface DataSource {
  readonly schema: ResourceSchema;
  readonly read: (config: ValueObject, azure: AzureStore) => ValueObject;
}

const string: TypeConstraint = 'string';
const tags: TypeConstraint = ['map', 'string'];

/** The data sources that the stand-in answers; a new one is one more entry. */
export const dataSources: Readonly<Record<string, DataSource>> = {
  azurerm_client_config: {
    schema: schemaOf([], { client_id: string, object_id: string, subscription_id: string, tenant_id: string }),
    read: (_, { subscription, tenant }) => ({
      id: stableGuid('client-config'),
      client_id: stableGuid('client'),
      object_id: stableGuid('client-object'),
      subscription_id: subscription,
      tenant_id: tenant,
    }),
  },
  azurerm_subscription: {
    schema: schemaOf([], { display_name: string, state: string, tags, tenant_id: string }, { subscription_id: string }),
    read: (_, { subscription, tenant }) => ({
      id: `/subscriptions/${subscription}`,
      display_name: 'Test',
      state: 'Enabled',
      subscription_id: subscription,
      tags: {},
      tenant_id: tenant,
    }),
  },
  azurerm_resource_group: existing('azurerm_resource_group', ['name'], {
    location: string,
    managed_by: string,
    tags,
  }),
  azurerm_cognitive_account: existing(
    'azurerm_cognitive_account',
    ['name', 'resource_group_name'],
    {
      endpoint: string,
      kind: string,
      local_auth_enabled: 'bool',
      location: string,
      primary_access_key: string,
      secondary_access_key: string,
      sku_name: string,
      identity: [
        'list',
        ['object', { identity_ids: ['list', 'string'], principal_id: string, tenant_id: string, type: string }],
      ],
    },
    { tags },
  ),
  azurerm_api_management: existing(
    'azurerm_api_management',
    ['name', 'resource_group_name'],
    {
      additional_location: [
        'list',
        [
          'object',
          {
            capacity: 'number',
            gateway_regional_url: string,
            location: string,
            private_ip_addresses: ['list', 'string'],
            public_ip_address_id: string,
            public_ip_addresses: ['list', 'string'],
            zones: ['set', 'string'],
          },
        ],
      ],
      developer_portal_url: string,
      gateway_regional_url: string,
      gateway_url: string,
      hostname_configuration: [
        'list',
        [
          'object',
          {
            developer_portal: hostNames({}),
            management: hostNames({}),
            portal: hostNames({}),
            proxy: hostNames({ default_ssl_binding: 'bool' }),
            scm: hostNames({}),
          },
        ],
      ],
      identity: [
        'list',
        ['object', { identity_ids: ['list', 'string'], principal_id: string, tenant_id: string, type: string }],
      ],
      location: string,
      management_api_url: string,
      notification_sender_email: string,
      portal_url: string,
      private_ip_addresses: ['list', 'string'],
      public_ip_address_id: string,
      public_ip_addresses: ['list', 'string'],
      publisher_email: string,
      publisher_name: string,
      scm_url: string,
      sku_name: string,
      tenant_access: [
        'list',
        ['object', { enabled: 'bool', primary_key: string, secondary_key: string, tenant_id: string }],
      ],
    },
    { tags },
  ),
  azurerm_user_assigned_identity: existing('azurerm_user_assigned_identity', ['name', 'resource_group_name'], {
    client_id: string,
    location: string,
    principal_id: string,
    tags,
    tenant_id: string,
  }),
  azurerm_subnet: existing('azurerm_subnet', ['name', 'virtual_network_name', 'resource_group_name'], {
    address_prefixes: ['list', 'string'],
  }),
  azurerm_private_dns_zone: existing('azurerm_private_dns_zone', ['name', 'resource_group_name'], {}, { tags }),
  azurerm_log_analytics_workspace: existing('azurerm_log_analytics_workspace', ['name', 'resource_group_name'], {
    location: string,
    workspace_id: string,
  }),
};

/** https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/api_management_data_source.go */
function hostNames(more: Readonly<Record<string, TypeConstraint>>): TypeConstraint {
  return [
    'list',
    [
      'object',
      {
        host_name: string,
        key_vault_certificate_id: string,
        key_vault_id: string,
        negotiate_client_certificate: 'bool',
        ...more,
      },
    ],
  ];
}

/** Reads what the resource type of the same name put there; missing is an error, as in the provider. */
function existing(
  type: string,
  lookedUpBy: readonly string[],
  computed: Readonly<Record<string, TypeConstraint>>,
  optional: Readonly<Record<string, TypeConstraint>> = {},
): DataSource {
  const schema = schemaOf(lookedUpBy, computed, optional);
  return {
    schema,
    read: (config, azure) => {
      const id = armId(resourceKinds[type].id, config, azure.subscription);
      const found = azure.find(type, id);
      if (!found) {
        throw resourceNotFound(id);
      }
      return { ...conform(schema.block, found), timeouts: config.timeouts ?? null };
    },
  };
}

function schemaOf(
  required: readonly string[],
  computed: Readonly<Record<string, TypeConstraint>>,
  optional: Readonly<Record<string, TypeConstraint>> = {},
): ResourceSchema {
  const attributes: Record<string, AttributeSchema> = { id: { type: 'string', optional: true, computed: true } };
  for (const name of required) {
    attributes[name] = { type: 'string', required: true };
  }
  for (const [name, type] of Object.entries(computed)) {
    attributes[name] = { type, computed: true };
  }
  for (const [name, type] of Object.entries(optional)) {
    attributes[name] = { type, optional: true, computed: true };
  }
  const read: AttributeSchema = { type: 'string', optional: true };
  return {
    block: { attributes, block_types: { timeouts: { nesting_mode: 'single', block: { attributes: { read } } } } },
  };
}
