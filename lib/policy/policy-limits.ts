/** What the limits and the policies on offer depend on: the Consumption tier has fewer of both. */
export type GatewayTier = 'consumption' | 'classic' | 'v2';

const KIBIBYTE = 1024;

/**
 * The largest policy of a scope, in bytes.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#api-management-limits
 * ("Maximum policy document size").
 */
export const largestPolicy: Readonly<Record<GatewayTier, number>> = {
  consumption: 16 * KIBIBYTE,
  classic: 256 * KIBIBYTE,
  v2: 256 * KIBIBYTE,
};

/** The largest policy fragment, in bytes. Source: https://learn.microsoft.com/azure/api-management/policy-fragments. */
export const largestFragment = 512 * KIBIBYTE;

/**
 * Policies that a tier's gateway does not have.
 * Source: the tables of https://learn.microsoft.com/azure/api-management/api-management-policies; the policies of Dapr
 * run on self-hosted gateways only.
 */
export const missingPolicies: Readonly<Record<GatewayTier, readonly string[]>> = {
  consumption: [
    'rate-limit-by-key',
    'quota-by-key',
    'llm-token-limit',
    'azure-openai-token-limit',
    'llm-content-safety',
    'sql-data-source',
    'cosmosdb-data-source',
    'publish-to-dapr',
    'invoke-dapr-binding',
  ],
  classic: ['publish-to-dapr', 'invoke-dapr-binding'],
  v2: ['publish-to-dapr', 'invoke-dapr-binding'],
};

/** The size of a policy's text in bytes of UTF-8, as API Management counts it. */
export function policySize(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
