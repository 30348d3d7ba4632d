/** As much of `terraform providers schema -json` as this file adds to. */
interface Block {
  readonly attributes?: Readonly<Record<string, object>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

type Resources = Readonly<Record<string, { readonly block: Block }>>;

const string = { type: 'string', optional: true };
const required = { type: 'string', required: true };
const computed = { type: 'string', computed: true };
const strings = { type: ['list', 'string'], optional: true };

/**
 * Where azurerm 4.55.0 has an attribute called `description`. The input lost all of them when its descriptions (the
 * texts) were cut out; the bindings of the same version have them, and `provider-schema.test.ts` compares.
 */
const DESCRIBED = [
  'azurerm_api_management_api',
  'azurerm_api_management_api_operation',
  'azurerm_api_management_api_operation.request',
  'azurerm_api_management_api_operation.request.header',
  'azurerm_api_management_api_operation.request.header.example',
  'azurerm_api_management_api_operation.request.query_parameter',
  'azurerm_api_management_api_operation.request.query_parameter.example',
  'azurerm_api_management_api_operation.request.representation.example',
  'azurerm_api_management_api_operation.request.representation.form_parameter',
  'azurerm_api_management_api_operation.request.representation.form_parameter.example',
  'azurerm_api_management_api_operation.response',
  'azurerm_api_management_api_operation.response.header',
  'azurerm_api_management_api_operation.response.header.example',
  'azurerm_api_management_api_operation.response.representation.example',
  'azurerm_api_management_api_operation.response.representation.form_parameter',
  'azurerm_api_management_api_operation.response.representation.form_parameter.example',
  'azurerm_api_management_api_operation.template_parameter',
  'azurerm_api_management_api_operation.template_parameter.example',
  'azurerm_api_management_api_version_set',
  'azurerm_api_management_backend',
  'azurerm_api_management_logger',
  'azurerm_api_management_policy_fragment',
  'azurerm_api_management_product',
  'azurerm_api_management_redis_cache',
  'azurerm_cognitive_account_project',
  'azurerm_cognitive_account_rai_blocklist',
  'azurerm_container_app.ingress.ip_security_restriction',
  'azurerm_monitor_activity_log_alert',
  'azurerm_network_security_group.security_rule',
  'azurerm_policy_definition',
  'azurerm_resource_group_policy_assignment',
  'azurerm_role_assignment',
  'azurerm_subscription_policy_assignment',
];

/** Resources that the input leaves out; the attributes are those of the bindings of the same version. */
const LEFT_OUT: Resources = {
  azurerm_key_vault_secret: {
    block: {
      attributes: {
        content_type: string,
        expiration_date: string,
        id: { ...string, computed: true },
        key_vault_id: { type: 'string', required: true },
        name: { type: 'string', required: true },
        not_before_date: string,
        resource_id: computed,
        resource_versionless_id: computed,
        tags: { type: ['map', 'string'], optional: true },
        value: { ...string, sensitive: true },
        value_wo: string,
        value_wo_version: { type: 'number', optional: true },
        version: computed,
        versionless_id: computed,
      },
      block_types: {
        timeouts: {
          nesting_mode: 'single',
          block: { attributes: { create: string, delete: string, read: string, update: string } },
        } as { block: Block },
      },
    },
  },
  azurerm_management_group_policy_assignment: {
    block: {
      attributes: {
        description: string,
        display_name: string,
        enforce: { type: 'bool', optional: true },
        id: { ...string, computed: true },
        location: string,
        management_group_id: required,
        metadata: { ...string, computed: true },
        name: required,
        not_scopes: strings,
        parameters: string,
        policy_definition_id: required,
      },
      block_types: {
        identity: list(
          {
            identity_ids: { type: ['set', 'string'], optional: true },
            principal_id: computed,
            tenant_id: computed,
            type: required,
          },
          { max_items: 1 },
        ),
        non_compliance_message: list({ content: required, policy_definition_reference_id: string }),
        overrides: list(
          { value: required },
          { block_types: { selectors: list({ in: strings, kind: string, not_in: strings }) } },
        ),
        resource_selectors: list(
          { name: string },
          { block_types: { selectors: list({ in: strings, kind: required, not_in: strings }, { min_items: 1 }) } },
        ),
        timeouts: {
          nesting_mode: 'single',
          block: { attributes: { create: string, delete: string, read: string, update: string } },
        } as { block: Block },
      },
    },
  },
};

function list(
  attributes: Readonly<Record<string, object>>,
  { block_types, ...items }: { block_types?: Block['block_types']; min_items?: number; max_items?: number } = {},
): { block: Block } {
  return { nesting_mode: 'list', ...items, block: { attributes, ...(block_types && { block_types }) } } as {
    block: Block;
  };
}

/**
 * The resource schemas of an input, with what it lost on the way from `terraform providers schema -json`.
 * A complete input is left as it is.
 */
export function completedResources<T extends { readonly block: object }>(
  resources: Readonly<Record<string, T>>,
): Record<string, T> {
  const completed = { ...LEFT_OUT, ...(resources as unknown as Resources) };
  for (const path of DESCRIBED) {
    const [type, ...blocks] = path.split('.');
    const resource = completed[type!];
    if (resource !== undefined) {
      completed[type!] = { ...resource, block: described(resource.block, blocks) };
    }
  }
  return completed as unknown as Record<string, T>;
}

function described(block: Block, [name, ...deeper]: readonly string[]): Block {
  if (name === undefined) {
    return { ...block, attributes: { description: string, ...block.attributes } };
  }
  const attribute = block.attributes?.[name];
  if (attribute !== undefined) {
    return { ...block, attributes: { ...block.attributes, [name]: describedObjects(attribute) } };
  }
  const nested = block.block_types?.[name];
  return nested === undefined
    ? block
    : {
        ...block,
        block_types: { ...block.block_types, [name]: { ...nested, block: described(nested.block, deeper) } },
      };
}

/** Blocks that may be left out altogether are an attribute: a collection of objects. */
function describedObjects(attribute: object): object {
  const { type } = attribute as { readonly type: readonly [string, readonly [string, object]] };
  const [collection, [object, members]] = type;
  return { ...attribute, type: [collection, [object, { description: 'string', ...members }]] };
}
