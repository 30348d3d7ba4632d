import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { ApiManagementService } from '../../lib/gateway/api-management-service';
import { ApiManagementSku } from '../../lib/gateway/api-management-sku';
import { GatewayProduct, GatewayProductOptions } from '../../lib/gateway/gateway-product';
import { conformanceProblems } from '../support/provider-schema';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555';
const IN_GROUP = `${SUBSCRIPTION}/resourceGroups/rg-gateway/providers`;
const VAULT_ID = `${IN_GROUP}/Microsoft.KeyVault/vaults/contoso`;
const REQUIRED: GatewayProductOptions = { productId: 'search_team', keyVaultId: VAULT_ID };

function productIn(options: Partial<Record<keyof GatewayProductOptions, unknown>> = {}, serviceName = 'contoso') {
  const stack = testStack();
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const service = ApiManagementService.fromServiceId(stack, 'service', {
    serviceId: `${IN_GROUP}/Microsoft.ApiManagement/service/${serviceName}`,
    sku: ApiManagementSku.standardV2(),
    identityPrincipalId: 'bbbbbbbb-2222-3333-4444-555555555555',
  });
  const api = new ApiManagementApi(stack, 'api', {
    name: 'models',
    displayName: 'Models',
    path: 'openai',
    protocols: ['https'],
    revision: '1',
    apiManagementName: service.serviceName,
    resourceGroupName: service.resourceGroupName,
  });
  const product = GatewayProduct._create(stack, 'search', {
    ...REQUIRED,
    ...(options as Partial<GatewayProductOptions>),
    service,
    apiNames: [api.name, 'models-v1'],
  });
  return { stack, product };
}

const IN_SERVICE = { api_management_name: 'contoso', resource_group_name: 'rg-gateway' };
const LIFECYCLE = { create_before_destroy: true };

test('a product is published, needs a key, and nobody gets one without approval', () => {
  const { stack } = productIn();
  expect(onlyResource(stack, 'azurerm_api_management_product')).toEqual({
    ...IN_SERVICE,
    product_id: 'search_team',
    display_name: 'search_team',
    subscription_required: true,
    approval_required: true,
    subscriptions_limit: 1,
    published: true,
    lifecycle: LIFECYCLE,
  });
});

test('it opens each API of the gateway', () => {
  const product = '${azurerm_api_management_product.search.product_id}';
  const apis = Object.values(synthesised(productIn().stack).resource.azurerm_api_management_product_api!);
  expect(apis).toEqual([
    { ...IN_SERVICE, product_id: product, api_name: '${azurerm_api_management_api.api.name}', lifecycle: LIFECYCLE },
    { ...IN_SERVICE, product_id: product, api_name: 'models-v1', lifecycle: LIFECYCLE },
  ]);
});

test('its subscription is active at once, cannot trace, and comes after the APIs', () => {
  const { stack } = productIn({ displayName: 'Search team' });
  const { depends_on, ...subscription } = onlyResource(stack, 'azurerm_api_management_subscription');
  expect(subscription).toEqual({
    ...IN_SERVICE,
    display_name: 'Search team',
    product_id: '${azurerm_api_management_product.search.id}',
    state: 'active',
    allow_tracing: false,
    lifecycle: LIFECYCLE,
  });
  const apis = Object.keys(synthesised(stack).resource.azurerm_api_management_product_api!);
  expect(depends_on).toEqual(apis.map((api) => `azurerm_api_management_product_api.${api}`));
  expect(apis).toHaveLength(2);
});

test('the key lies in Key Vault and nowhere else', () => {
  const { stack, product } = productIn();
  new TerraformOutput(stack, 'secret', { value: product.secretId, staticId: true });
  const key = /^\$\{azurerm_api_management_subscription\.search_Subscription_\w+\.primary_key\}$/;
  expect(onlyResource(stack, 'azurerm_key_vault_secret')).toEqual({
    name: product.secretName,
    key_vault_id: VAULT_ID,
    value: expect.stringMatching(key) as unknown,
    content_type: 'API Management subscription key',
    lifecycle: LIFECYCLE,
  });
  const json = synthesised(stack);
  expect(JSON.stringify(json).match(/primary_key/g)).toHaveLength(1);
  expect(json.output).toEqual({
    secret: {
      value: expect.stringMatching(/^\$\{azurerm_key_vault_secret\.search_Key_\w+\.versionless_id\}$/) as unknown,
    },
  });
});

test('all of it conforms to the provider schema', () => {
  expect(conformanceProblems(synthesised(productIn().stack))).toEqual([]);
});

test('the vault may be known to Terraform alone, and the secret may be named', () => {
  const stack = testStack();
  const vault = new TerraformVariable(stack, 'vault', { type: 'string' });
  const { stack: named, product } = productIn({ keyVaultId: vault.stringValue, secretName: 'search-key' });
  expect(onlyResource(named, 'azurerm_key_vault_secret').key_vault_id).toBe('${var.vault}');
  expect([product.productId, product.secretName]).toEqual(['search_team', 'search-key']);
});

test('derived names of secrets differ between products and between services, and are the same at every synthesis', () => {
  const names = [
    productIn().product.secretName,
    productIn({ productId: 'search-team' }).product.secretName,
    productIn({}, 'fabrikam').product.secretName,
  ];
  expect(names).toEqual(names.map(() => expect.stringMatching(/^search-team-[0-9a-f]{8}$/) as unknown));
  expect(new Set(names).size).toBe(3);
  expect(productIn().product.secretName).toBe(names[0]);
});

describe('is refused with', () => {
  test.each([
    '',
    '_search',
    'search-',
    'se arch',
    'search.team',
    'suche→',
    '{{x}}',
    'a/../b',
    'x'.repeat(81),
    'a\n',
    3,
  ])('the product id %j', (productId) => {
    expect(() => productIn({ productId })).toThrow(
      /^productId .* of stack\/search is not valid: it has 1 to 80 letters, digits, '_' and '-', and starts and ends with a letter or digit; respell it$/,
    );
  });

  test('a product id that only Terraform knows: policies and secrets are named by it', () => {
    const productId = new TerraformVariable(testStack(), 'product', { type: 'string' }).stringValue;
    expect(() => productIn({ productId })).toThrow(
      /^productId '\$\{TfToken\[TOKEN\.\d+\]\}' of stack\/search is not valid/,
    );
  });

  test.each(['', ' ', 'a\nb', 'x'.repeat(301)])('the display name %j', (displayName) => {
    expect(() => productIn({ displayName })).toThrow(
      /^displayName '.*' of stack\/search is not valid: write 1 to 300 characters on one line$/,
    );
  });

  test.each(['', 'contoso', 'https://contoso.vault.azure.net/', `${VAULT_ID}/secrets/x`, `${VAULT_ID}\n`])(
    'the vault %j',
    (keyVaultId) => {
      expect(() => productIn({ keyVaultId })).toThrow(
        /^keyVaultId '.*' of stack\/search is not the resource id of a key vault; write '.*' \(not the vault's URL\)$/,
      );
    },
  );

  test.each(['', 'search_key', 'search.key', 'x'.repeat(128), 'search-key\n'])('the secret name %j', (secretName) => {
    expect(() => productIn({ secretName })).toThrow(
      /^secretName '.*' of stack\/search is not valid: it has 1 to 127 letters, digits and '-'; respell it, or leave it out to have it derived$/,
    );
  });
});
