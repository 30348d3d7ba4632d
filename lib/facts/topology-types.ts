/** Terraform types beside those of API Management that gateways, releases and routers are made of. */
const TYPES: ReadonlySet<string> = new Set([
  'azapi_resource',
  'azurerm_container_app',
  'azurerm_resource_group_template_deployment',
  'azurerm_storage_blob',
]);

/** Whether a resource of this type may be part of a gateway, a release or a router. */
export function mayBeTopology(type: string): boolean {
  return type.startsWith('azurerm_api_management') || TYPES.has(type);
}
