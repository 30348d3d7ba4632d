/**
 * Resource types that change what something else declares, which is their purpose: a plan calls it a creation where they
 * update a deployment, and deleting them leaves it as it is.
 */
export const PATCHING_TYPES: ReadonlySet<string> = new Set(['azapi_update_resource', 'azapi_resource_action']);
