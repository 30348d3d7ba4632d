import { ApiManagement } from '@cdktf/provider-azurerm/lib/api-management';
import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApiManagementApiOperation } from '@cdktf/provider-azurerm/lib/api-management-api-operation';
import { ApiManagementApiPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-policy';
import { ApiManagementBackend } from '@cdktf/provider-azurerm/lib/api-management-backend';
import { ApiManagementNamedValue } from '@cdktf/provider-azurerm/lib/api-management-named-value';
import { ApiManagementPolicy } from '@cdktf/provider-azurerm/lib/api-management-policy';
import { ApiManagementPolicyFragment } from '@cdktf/provider-azurerm/lib/api-management-policy-fragment';
import { ApiManagementProduct } from '@cdktf/provider-azurerm/lib/api-management-product';
import { ApiManagementProductApi } from '@cdktf/provider-azurerm/lib/api-management-product-api';
import { ApiManagementSubscription } from '@cdktf/provider-azurerm/lib/api-management-subscription';
import { CognitiveAccount } from '@cdktf/provider-azurerm/lib/cognitive-account';
import { TerraformStack, Testing } from 'cdktf';
import { POLICY } from './stack-json';

/** A gateway with one of each resource that the reader knows; the account behind it is known after apply. */
export function handWrittenStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'gateway');
  const resourceGroupName = 'models';
  const service = new ApiManagement(stack, 'service', {
    name: 'apim-models',
    location: 'swedencentral',
    resourceGroupName,
    publisherName: 'p',
    publisherEmail: 'p@example.com',
    skuName: 'BasicV2_1',
  });
  const account = new CognitiveAccount(stack, 'account', {
    name: 'account',
    location: 'swedencentral',
    resourceGroupName,
    kind: 'OpenAI',
    skuName: 'S0',
  });
  const place = { apiManagementName: service.name, resourceGroupName };
  const api = new ApiManagementApi(stack, 'api', {
    ...place,
    name: 'chat',
    displayName: 'Chat',
    revision: '1',
    path: 'openai',
    serviceUrl: `https://${account.customSubdomainName}.openai.azure.com/openai`,
    subscriptionKeyParameterNames: { header: 'api-key', query: 'key' },
  });
  new ApiManagementApi(stack, 'closed', {
    ...place,
    name: 'closed',
    displayName: 'Closed',
    revision: '1',
    path: 'closed',
  });
  new ApiManagementApiOperation(stack, 'operation', {
    ...place,
    apiName: api.name,
    operationId: 'complete',
    displayName: 'Complete',
    method: 'POST',
    urlTemplate: '/chat/completions',
  });
  const backend = new ApiManagementBackend(stack, 'backend', {
    ...place,
    name: 'main',
    protocol: 'http',
    url: `${account.endpoint}openai/deployments/chat`,
  });
  new ApiManagementApiPolicy(stack, 'policy', {
    ...place,
    apiName: api.name,
    xmlContent: `<policies><inbound><include-fragment fragment-id="region" /><set-backend-service backend-id="${backend.name}" /></inbound><backend><base /></backend><outbound /><on-error /></policies>`,
  });
  new ApiManagementPolicy(stack, 'global', { apiManagementId: service.id, xmlContent: POLICY });
  new ApiManagementPolicyFragment(stack, 'fragment', {
    apiManagementId: service.id,
    name: 'region',
    format: 'rawxml',
    value: '<fragment><set-header name="x-region"><value>{{Region}}</value></set-header></fragment>',
  });
  new ApiManagementNamedValue(stack, 'region', { ...place, name: 'region', displayName: 'Region', value: 'sweden' });
  new ApiManagementNamedValue(stack, 'secret', {
    ...place,
    name: 'secret',
    displayName: 'Secret',
    secret: true,
    valueFromKeyVault: { secretId: 'https://vault.example/secrets/s' },
  });
  const product = new ApiManagementProduct(stack, 'product', {
    ...place,
    productId: 'gold',
    displayName: 'Gold',
    published: true,
  });
  new ApiManagementProductApi(stack, 'link', { ...place, apiName: api.name, productId: product.productId });
  const subscription = { ...place, productId: product.id };
  new ApiManagementSubscription(stack, 'team', { ...subscription, displayName: 'Team ü 1', state: 'active' });
  new ApiManagementSubscription(stack, 'other', {
    ...subscription,
    displayName: 'Team ü 1',
    state: 'active',
    primaryKey: 'secret',
  });
  new ApiManagementSubscription(stack, 'waiting', { ...subscription, displayName: 'Waiting' });
  return stack;
}
