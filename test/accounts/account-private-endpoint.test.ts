import { TerraformStack, Testing } from 'cdktf';
import {
  AccountPrivateEndpointOptions,
  DeploymentSku,
  ModelAccount,
  ModelDeployment,
  ModelPrivateDnsZones,
  ModelVersion,
} from '../../lib/accounts';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const TYPE = 'azurerm_private_endpoint';
const ACCOUNT_ID =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/legacy';
const chat = { model: ModelVersion.openAi('gpt-5.1', '2025-11-13'), sku: DeploymentSku.globalStandard(50) };
const small = { model: ModelVersion.openAi('gpt-5-mini', '2025-08-07'), sku: DeploymentSku.globalStandard(50) };

function accountIn(stack: TerraformStack) {
  return new ModelAccount(stack, 'models', {
    name: 'contoso-models',
    resourceGroupName: 'rg',
    location: 'swedencentral',
  });
}

test('it leads to the account', () => {
  const stack = testStack();
  accountIn(stack).addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
  expect(onlyResource(stack, TYPE)).toEqual({
    name: 'contoso-models-hub',
    location: 'swedencentral',
    resource_group_name: 'rg',
    subnet_id: '/subnets/hub',
    private_service_connection: {
      name: 'contoso-models-hub',
      is_manual_connection: false,
      private_connection_resource_id: '${azurerm_cognitive_account.models.id}',
      subresource_names: ['account'],
    },
  });
});

test('name, group, region and zones are taken from the props', () => {
  const stack = testStack();
  accountIn(stack).addPrivateEndpoint('hub', {
    subnetId: '/subnets/hub',
    name: 'pe-models',
    resourceGroupName: 'rg-network',
    location: 'westeurope',
    privateDnsZoneIds: ['/zones/openai'],
  });
  expect(onlyResource(stack, TYPE)).toMatchObject({
    name: 'pe-models',
    location: 'westeurope',
    resource_group_name: 'rg-network',
    private_dns_zone_group: { name: 'default', private_dns_zone_ids: ['/zones/openai'] },
  });
});

describe('order', () => {
  test('it depends on all deployments, also those declared later', () => {
    const stack = testStack();
    const account = accountIn(stack);
    account.deploy('chat', chat);
    account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
    new ModelDeployment(stack, 'small', { account, ...small });
    expect(onlyResource(stack, TYPE).depends_on).toEqual([
      expect.stringMatching(/^azurerm_cognitive_deployment\.models_chat_[0-9A-F]+$/),
      'azurerm_cognitive_deployment.small',
    ]);
  });

  test('it follows a deployment whose address is overridden', () => {
    const stack = testStack();
    const account = accountIn(stack);
    account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
    account.deploy('chat', chat).resource.overrideLogicalId('renamed');
    expect(onlyResource(stack, TYPE).depends_on).toEqual(['azurerm_cognitive_deployment.renamed']);
  });

  test('it depends on deployments of the same account under another reference', () => {
    const stack = testStack();
    const first = ModelAccount.fromAccountId(stack, 'first', ACCOUNT_ID);
    const second = ModelAccount.fromAccountId(stack, 'second', ACCOUNT_ID);
    first.addPrivateEndpoint('hub', { subnetId: '/subnets/hub', location: 'westeurope' });
    new ModelDeployment(stack, 'chat', { account: second, ...chat });
    expect(onlyResource(stack, TYPE).depends_on).toEqual(['azurerm_cognitive_deployment.chat']);
  });

  test('it depends on each of many deployments', () => {
    const stack = testStack();
    const account = accountIn(stack);
    account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
    for (let index = 0; index < 50; index += 1) {
      account.deploy(`d${index}`, { ...chat, model: ModelVersion.openAi('gpt-5.1', `v${index}`) });
    }
    expect(new Set(onlyResource(stack, TYPE).depends_on as string[]).size).toBe(50);
  });

  test('it does not depend on deployments of other accounts or stacks', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    const other = new TerraformStack(app, 'other');
    const account = accountIn(stack);
    account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
    ModelAccount.fromAccountId(stack, 'legacy', ACCOUNT_ID).deploy('chat', chat);
    new ModelDeployment(other, 'chat', { account, ...chat });
    expect(onlyResource(stack, TYPE)).not.toHaveProperty('depends_on');
  });

  test('it depends on the key of an account that encrypts with its own identity', () => {
    const stack = testStack();
    new ModelAccount(stack, 'models', {
      name: 'contoso-models',
      resourceGroupName: 'rg',
      location: 'swedencentral',
      customerManagedKey: { keyVaultKeyId: 'key', keyVaultId: 'vault' },
    }).addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
    expect(onlyResource(stack, TYPE).depends_on).toEqual([
      expect.stringMatching(/^azurerm_cognitive_account_customer_managed_key\.models_Key_/),
    ]);
  });
});

test('an account without a known region needs one for the endpoint', () => {
  const stack = testStack();
  const account = ModelAccount.fromAccountId(stack, 'legacy', ACCOUNT_ID);
  expect(() => account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' })).toThrow(
    new Error("stack/legacy/hub has no location: pass the Azure region as location, for instance 'swedencentral'"),
  );
});

test.each<[string, Partial<AccountPrivateEndpointOptions>, string]>([
  ['hub', { name: 'a' }, 'a'],
  ['hub', { name: 'pe-' }, 'pe-'],
  ['hub', { name: 'a'.repeat(65) }, 'a'.repeat(65)],
  ['h'.repeat(50), {}, `contoso-models-${'h'.repeat(50)}`],
])('the endpoint %s with %p has a name that Azure refuses', (id, props, name) => {
  expect(() => accountIn(testStack()).addPrivateEndpoint(id, { subnetId: '/subnets/hub', ...props })).toThrow(
    new Error(
      `private endpoint name '${name}' of stack/models/${id} is not valid: it has 2 to 64 letters, digits, '.', '_' and '-', ` +
        "starts with a letter or digit and ends with a letter, digit or '_'; pass another name",
    ),
  );
});

describe('private DNS zones', () => {
  const names = (stack: TerraformStack) =>
    Object.values(synthesised(stack).resource.azurerm_private_dns_zone!).map((zone) => zone.name);

  test('the three zones of the public cloud are made and linked to each network', () => {
    const stack = testStack();
    new ModelPrivateDnsZones(stack, 'dns', {
      resourceGroupName: 'rg-network',
      virtualNetworkIds: { hub: '/networks/hub', spoke: '/networks/spoke' },
      tags: { team: 'network' },
    });
    expect(names(stack).sort()).toEqual([
      'privatelink.cognitiveservices.azure.com',
      'privatelink.openai.azure.com',
      'privatelink.services.ai.azure.com',
    ]);
    const links = Object.values(synthesised(stack).resource.azurerm_private_dns_zone_virtual_network_link!);
    expect(links).toHaveLength(6);
    expect(links[0]).toEqual({
      name: 'hub',
      resource_group_name: 'rg-network',
      private_dns_zone_name: expect.stringMatching(/^\$\{azurerm_private_dns_zone\..*\.name\}$/),
      virtual_network_id: '/networks/hub',
      registration_enabled: false,
      tags: { team: 'network' },
    });
  });

  test('other zones are named for other clouds, and endpoints register in them', () => {
    const stack = testStack();
    const zones = new ModelPrivateDnsZones(stack, 'dns', {
      resourceGroupName: 'rg-network',
      virtualNetworkIds: {},
      zoneNames: ['privatelink.openai.azure.us'],
    });
    accountIn(stack).addPrivateEndpoint('hub', { subnetId: '/subnets/hub', privateDnsZoneIds: zones.zoneIds });
    expect(names(stack)).toEqual(['privatelink.openai.azure.us']);
    expect(onlyResource(stack, TYPE).private_dns_zone_group).toEqual({
      name: 'default',
      private_dns_zone_ids: [expect.stringMatching(/^\$\{azurerm_private_dns_zone\..*\.id\}$/)],
    });
  });
});
