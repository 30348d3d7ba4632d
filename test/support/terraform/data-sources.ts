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
    schema: schemaOf([], { display_name: string, state: string, subscription_id: string, tags, tenant_id: string }),
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
  azurerm_cognitive_account: existing('azurerm_cognitive_account', ['name', 'resource_group_name'], {
    endpoint: string,
    kind: string,
    local_auth_enabled: 'bool',
    location: string,
    primary_access_key: string,
    secondary_access_key: string,
    sku_name: string,
    tags,
    identity: [
      'list',
      ['object', { identity_ids: ['list', 'string'], principal_id: string, tenant_id: string, type: string }],
    ],
  }),
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
  azurerm_private_dns_zone: existing('azurerm_private_dns_zone', ['name', 'resource_group_name'], { tags }),
  azurerm_log_analytics_workspace: existing('azurerm_log_analytics_workspace', ['name', 'resource_group_name'], {
    location: string,
    workspace_id: string,
  }),
};

/** Reads what the resource type of the same name put there; missing is an error, as in the provider. */
function existing(
  type: string,
  lookedUpBy: readonly string[],
  computed: Readonly<Record<string, TypeConstraint>>,
): DataSource {
  const schema = schemaOf(lookedUpBy, computed);
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

function schemaOf(required: readonly string[], computed: Readonly<Record<string, TypeConstraint>>): ResourceSchema {
  const attributes: Record<string, AttributeSchema> = { id: { type: 'string', optional: true, computed: true } };
  for (const name of required) {
    attributes[name] = { type: 'string', required: true };
  }
  for (const [name, type] of Object.entries(computed)) {
    attributes[name] = { type, computed: true };
  }
  const read: AttributeSchema = { type: 'string', optional: true };
  return {
    block: { attributes, block_types: { timeouts: { nesting_mode: 'single', block: { attributes: { read } } } } },
  };
}
