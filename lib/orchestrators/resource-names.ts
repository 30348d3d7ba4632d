import { resourceIdPattern } from '../accounts/resource-id';
import { matches } from '../accounts/resource-names';
import { isResourceName } from '../contracts/resource-names';

/**
 * Azure's limits for the names and ids that this folder reads and writes.
 *
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and, where it is stricter,
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containerapps/validate/validate.go
 */

export const LONGEST_APP_NAME = 32;
/** azurerm takes a sixtieth character only where it is a letter, and names that are derived end with digits of a hash. */
export const LONGEST_ENVIRONMENT_NAME = 59;
export const LONGEST_WORKSPACE_NAME = 63;
export const LONGEST_REGISTRY_NAME = 50;
export const LONGEST_SECURITY_GROUP_NAME = 80;

const STORAGE_ACCOUNT_NAME = /^[a-z0-9]{3,24}$/;

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?::\d{1,5})?$/i;
const URL_WITHOUT_PATH = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const WORKLOAD_PROFILE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const ENVIRONMENT_ID = resourceIdPattern('Microsoft.App', 'managedEnvironments');
const REGISTRY_ID = resourceIdPattern('Microsoft.ContainerRegistry', 'registries');
const STORAGE_ACCOUNT_ID = resourceIdPattern('Microsoft.Storage', 'storageAccounts');
const SEARCH_SERVICE_ID = resourceIdPattern('Microsoft.Search', 'searchServices');
const WORKSPACE_ID = resourceIdPattern('Microsoft.OperationalInsights', 'workspaces');

export const RESOURCE_GROUP_SEGMENT = 4;
export const NAME_SEGMENT = 8;

export function isAppName(text: unknown): boolean {
  return isResourceName('container app', text);
}

export function isEnvironmentName(text: unknown): boolean {
  return isResourceName('environment of container apps', text) && text.length <= LONGEST_ENVIRONMENT_NAME;
}

export function isRegistryName(text: unknown): boolean {
  return isResourceName('container registry', text);
}

/** Without `$root` and `$web`, which Azure makes for other purposes. */
export function isStorageContainerName(text: unknown): boolean {
  return isResourceName('storage container', text) && !text.startsWith('$');
}

export function isHost(text: unknown): boolean {
  return matches(HOST, text);
}

export function isUrlWithoutPath(text: unknown): boolean {
  return matches(URL_WITHOUT_PATH, text);
}

export function isVariableName(text: unknown): boolean {
  return matches(VARIABLE_NAME, text);
}

export function isWorkloadProfileName(text: unknown): boolean {
  return matches(WORKLOAD_PROFILE_NAME, text);
}

export function isEnvironmentId(text: unknown): boolean {
  return matches(ENVIRONMENT_ID, text);
}

export function isRegistryId(text: unknown): boolean {
  return matches(REGISTRY_ID, text);
}

export function isStorageAccountId(text: unknown): boolean {
  return matches(STORAGE_ACCOUNT_ID, text) && STORAGE_ACCOUNT_NAME.test(String(text).split('/')[NAME_SEGMENT]!);
}

export function isSearchServiceId(text: unknown): boolean {
  return matches(SEARCH_SERVICE_ID, text);
}

export function isWorkspaceId(text: unknown): boolean {
  return matches(WORKSPACE_ID, text);
}

/** A name of a construct's id, readable, and of digits that stand for everything whose change replaces the resource. */
export function derivedName(id: string, digest: string, longest: number, separator = '-'): string {
  const words = id.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const readable = words.join(separator).replace(/^[^a-z]+/, '') || 'x';
  const cut = readable.slice(0, longest - digest.length - separator.length);
  return `${cut.replace(/-$/, '')}${separator}${digest}`;
}
