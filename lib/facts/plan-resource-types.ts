/**
 * Resource types that facts are read of. All that is read of other types is whether a text in them names a model.
 * A name that ends in `*` stands for all types that begin like this.
 */
const TYPES: readonly string[] = [
  'azapi_*',
  'azurerm_ai_services',
  'azurerm_api_management*',
  'azurerm_cognitive_*',
  'azurerm_container_app*',
  'azurerm_container_registry',
  'azurerm_log_analytics_workspace',
  'azurerm_management_group_template_deployment',
  'azurerm_network_security_group',
  'azurerm_policy_definition',
  'azurerm_private_endpoint',
  'azurerm_resource_group',
  'azurerm_resource_group_template_deployment',
  'azurerm_role_assignment',
  'azurerm_storage_blob',
  'azurerm_storage_container',
  'azurerm_subscription_template_deployment',
  'azurerm_template_deployment',
  'azurerm_tenant_template_deployment',
  'azurerm_user_assigned_identity',
];

const EXACT: ReadonlySet<string> = new Set(TYPES);
const PREFIXES = TYPES.filter((type) => type.endsWith('*')).map((type) => type.slice(0, -1));

/** Whether facts are read of this resource type. */
export function isReadType(type: string): boolean {
  return EXACT.has(type) || PREFIXES.some((prefix) => type.startsWith(prefix));
}
