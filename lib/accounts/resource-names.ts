/**
 * Azure's limits for the names and ids that this folder reads and writes.
 *
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and the patterns of
 * the Cognitive Services REST API (2024-10-01), https://learn.microsoft.com/rest/api/aiservices/accountmanagement/accounts/create
 */

export const LONGEST_DEPLOYMENT_NAME = 64;

/** Object ids, tenants and subscriptions. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const ACCOUNT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}[a-zA-Z0-9]$/;

/**
 * The REST API's pattern for accounts is wider than the naming rules, so accounts exist that break the rules. It states
 * none for deployments; the portal holds them to the same one:
 * https://learn.microsoft.com/rest/api/aifoundry/accountmanagement/deployments/create-or-update
 */
const EXISTING_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/;

/** The subdomain is a DNS label, hence 63. */
const SUBDOMAIN = /^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

const DOMAIN_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

const RESOURCE_GROUP_NAME = /^[\p{L}\p{N}._()-]{0,89}[\p{L}\p{N}_()-]$/u;
const RAI_POLICY_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;
const PRIVATE_ENDPOINT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9_]$/;

/** Of an account that is yet to be made. */
export function isAccountName(text: unknown): boolean {
  return matches(ACCOUNT_NAME, text);
}

export function isExistingAccountName(text: unknown): boolean {
  return matches(EXISTING_NAME, text);
}

export function isDeploymentName(text: unknown): boolean {
  return matches(EXISTING_NAME, text);
}

export function isSubdomain(text: unknown): boolean {
  return matches(SUBDOMAIN, text);
}

export function isDomainName(text: unknown): boolean {
  return matches(DOMAIN_NAME, text);
}

export function isResourceGroupName(text: unknown): boolean {
  return matches(RESOURCE_GROUP_NAME, text);
}

export function isRaiPolicyName(text: unknown): boolean {
  return matches(RAI_POLICY_NAME, text);
}

export function isPrivateEndpointName(text: unknown): boolean {
  return matches(PRIVATE_ENDPOINT_NAME, text);
}

export function isGuid(text: unknown): boolean {
  return matches(GUID, text);
}

export function matches(pattern: RegExp, text: unknown): boolean {
  return typeof text === 'string' && pattern.test(text);
}
