import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApiManagementApiOperation } from '@cdktf/provider-azurerm/lib/api-management-api-operation';
import { ApiManagementApiOperationPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-operation-policy';
import { ApiManagementApiPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-policy';
import { ApiManagementBackend } from '@cdktf/provider-azurerm/lib/api-management-backend';
import { ApiManagementPolicyFragment } from '@cdktf/provider-azurerm/lib/api-management-policy-fragment';
import { DataAzurermApiManagement } from '@cdktf/provider-azurerm/lib/data-azurerm-api-management';
import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { App, TerraformStack, Testing } from 'cdktf';
import {
  fragmentName,
  fragmentParts,
  gatewayFragments,
  gatewayPolicy,
} from '../../../../lib/gateway/policy/gateway-policy';
import { modelsPolicy, unknownPathPolicy } from '../../../../lib/gateway/policy/models-policy';
import { operationsOf } from '../../../../lib/gateway/policy/operations';
import { GatewayPolicyOptions } from '../../../../lib/gateway/policy/policy-options';
import { LiveRoute, RoutingTable, Surface } from '../../../../lib/gateway/policy/routing-table';
import { serialisePolicy } from '../../../../lib/policy/serialise-policy';

const NAME = 'models';

/** `gpt-4o@2024-08-06` on two deployments, `gpt-5.1@2025-11-13` on one, `gpt-4@0613` retired. */
export const table: RoutingTable = {
  routes: [live('gpt-4o@2024-08-06', ['sweden', 'france']), live('gpt-5.1@2025-11-13', ['sweden'])],
  retired: [{ key: 'gpt-4@0613', retiredOn: '2025-06-06', successor: 'gpt-4o@2024-08-06' }],
  aliases: [{ name: 'chat-production', key: 'gpt-4o@2024-08-06' }],
  grants: [],
};

export const AUDIENCE = 'api://models.example';

function live(key: string, regions: readonly string[]): LiveRoute {
  const deployment = key.replace('@', '-');
  return {
    key,
    appRole: `Invoke.${key.split('@')[0]!}`,
    dated: true,
    policies: {},
    members: regions.map((region, tier) => ({
      datedBackendId: `${deployment}-${region}`,
      v1BackendId: `${deployment}-${region}-v1`,
      deploymentName: `${deployment}-${region}`,
      tier,
      weight: 1,
    })),
  };
}

/** A stack with the generated policies on an existing API Management; its tenant is known after apply. */
export function routedStack(app: App = Testing.app(), name = 'gateway'): TerraformStack {
  const stack = new TerraformStack(app, name);
  const resourceGroupName = 'models';
  const service = new DataAzurermApiManagement(stack, 'service', { name: 'apim-models', resourceGroupName });
  const client = new DataAzurermClientConfig(stack, 'client');
  const tenantId = client.tenantId;
  const options: GatewayPolicyOptions = {
    name: NAME,
    headers: {
      model: 'x-ai-model',
      version: 'x-ai-model-version',
      release: 'x-ai-release',
      alias: 'x-ai-alias',
      deployment: 'x-ai-deployment',
      attempts: 'x-ai-attempts',
      requestId: 'x-request-id',
    },
    access: { kind: 'entra', tenantId, audiences: [AUDIENCE] },
    identity: { audience: 'https://cognitiveservices.azure.com' },
    tier: 'v2',
    defaultApiVersion: '2024-10-21',
    timeoutSeconds: 30,
    maxAttempts: 3,
    storedResponses: true,
    traces: false,
    modelsPath: '/openai/v1/models',
  };
  const text = (document: Parameters<typeof serialisePolicy>[0]): string =>
    serialisePolicy(document, { indentation: 0, interpolations: [tenantId] });
  const place = { apiManagementName: service.name, resourceGroupName };
  for (const { key, members } of table.routes) {
    for (const { datedBackendId, v1BackendId, deploymentName } of members) {
      const endpoint = `https://${deploymentName.split('-').pop()!}.openai.azure.com/openai`;
      const circuitBreakerRule = {
        name: 'throttled',
        tripDuration: 'PT1M',
        acceptRetryAfterEnabled: true,
        failureCondition: { count: 1, intervalDuration: 'PT1M', statusCodeRange: [{ min: 429, max: 429 }] },
      };
      const more = members.length > 1 ? { circuitBreakerRule } : {};
      const dated = `${endpoint}/deployments/${deploymentName}`;
      new ApiManagementBackend(stack, `${key}-${datedBackendId}`, {
        ...place,
        ...more,
        name: datedBackendId,
        protocol: 'http',
        url: dated,
      });
      new ApiManagementBackend(stack, `${key}-${v1BackendId}`, {
        ...place,
        ...more,
        name: v1BackendId,
        protocol: 'http',
        url: `${endpoint}/v1`,
      });
    }
  }
  const fragments = gatewayFragments(options);
  fragmentParts.forEach((part) => {
    new ApiManagementPolicyFragment(stack, `fragment-${part}`, {
      apiManagementId: service.id,
      name: fragmentName(NAME, part),
      format: 'rawxml',
      value: text(fragments[part]),
    });
  });
  const surfaces: readonly (readonly [Surface, string])[] = [
    ['dated', 'openai'],
    ['v1', 'openai/v1'],
  ];
  for (const [surface, path] of surfaces) {
    const api = new ApiManagementApi(stack, `api-${surface}`, {
      ...place,
      name: `models-${surface}`,
      displayName: `Models (${surface})`,
      revision: '1',
      path,
      protocols: ['https'],
      subscriptionRequired: false,
    });
    const operation = (id: string, method: string, urlTemplate: string): ApiManagementApiOperation =>
      new ApiManagementApiOperation(stack, `${surface}-${id}`, {
        ...place,
        apiName: api.name,
        operationId: id,
        displayName: id,
        method,
        urlTemplate,
      });
    const policyOf = (of: ApiManagementApiOperation, id: string, xmlContent: string): void =>
      void new ApiManagementApiOperationPolicy(stack, `${surface}-${id}-policy`, {
        ...place,
        apiName: of.apiName,
        operationId: of.operationId,
        xmlContent,
      });
    operationsOf(surface).forEach(({ id, method, urlTemplate }) => operation(id, method, urlTemplate));
    policyOf(operation('models', 'GET', '/models'), 'models', text(modelsPolicy(table, options)));
    policyOf(operation('unknown', 'POST', '/*path'), 'unknown', text(unknownPathPolicy(options)));
    new ApiManagementApiPolicy(stack, `policy-${surface}`, {
      ...place,
      apiName: api.name,
      xmlContent: text(gatewayPolicy(table, options, surface)),
    });
  }
  return stack;
}
