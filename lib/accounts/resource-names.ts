/**
 * Azure's limits for the names that this folder writes.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 * and the patterns of the Cognitive Services REST API (2024-10-01).
 */

const ACCOUNT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}[a-zA-Z0-9]$/;
/** The subdomain is a DNS label, hence 63. */
const SUBDOMAIN = /^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;
const RESOURCE_GROUP_NAME = /^[\p{L}\p{N}._()-]{0,89}[\p{L}\p{N}_()-]$/u;
const CONTENT_POLICY_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;
const PRIVATE_ENDPOINT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9_]$/;

export function isAccountName(text: unknown): boolean {
  return typeof text === 'string' && ACCOUNT_NAME.test(text);
}

export function isSubdomain(text: unknown): boolean {
  return typeof text === 'string' && SUBDOMAIN.test(text);
}

export function isResourceGroupName(text: unknown): boolean {
  return typeof text === 'string' && RESOURCE_GROUP_NAME.test(text);
}

export function isRaiPolicyName(text: unknown): boolean {
  return typeof text === 'string' && CONTENT_POLICY_NAME.test(text);
}

export function isPrivateEndpointName(text: unknown): boolean {
  return typeof text === 'string' && PRIVATE_ENDPOINT_NAME.test(text);
}
