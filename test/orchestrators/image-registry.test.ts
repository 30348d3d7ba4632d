import { App } from 'cdktf';
import { ImageRegistry, ImageRegistryProps, ImageRegistrySku } from '../../lib/orchestrators';
import { GUID, ID_START, platformStack, resources, rolesOf } from './support/orchestrator-stack';

const REGISTRY_ID = `${ID_START}/Microsoft.ContainerRegistry/registries/Contoso`;

function registryStack(props: Partial<ImageRegistryProps> = {}) {
  const stack = platformStack(new App());
  const registry = new ImageRegistry(stack, 'team-images', {
    resourceGroupName: 'rg-apps',
    location: 'swedencentral',
    ...props,
  });
  return { stack, registry };
}

test('nobody pulls without a name, and there is no admin user', () => {
  const { stack } = registryStack();
  expect(resources(stack, 'container_registry')['team-images']).toEqual({
    name: expect.stringMatching(/^teamimages[0-9a-f]{12}$/) as string,
    resource_group_name: 'rg-apps',
    location: 'swedencentral',
    sku: 'Standard',
    admin_enabled: false,
    anonymous_pull_enabled: false,
    data_endpoint_enabled: false,
    export_policy_enabled: true,
    quarantine_policy_enabled: false,
    trust_policy_enabled: false,
    network_rule_bypass_option: 'AzureServices',
    public_network_access_enabled: true,
    zone_redundancy_enabled: false,
    lifecycle: { create_before_destroy: true },
  });
});

test('a Premium registry may be closed and spread over zones', () => {
  const { stack } = registryStack({
    sku: ImageRegistrySku.PREMIUM,
    publicNetworkAccessEnabled: false,
    zoneRedundant: true,
    registryName: 'contosoimages',
  });
  expect(resources(stack, 'container_registry')['team-images']).toMatchObject({
    name: 'contosoimages',
    sku: 'Premium',
    public_network_access_enabled: false,
    zone_redundancy_enabled: true,
  });
});

test('an identity is let pull once', () => {
  const { stack, registry } = registryStack();
  expect(registry.grantPull(GUID)).toBe(registry.grantPull(GUID));
  expect(rolesOf(stack)).toEqual([`AcrPull | \${azurerm_container_registry.team-images.id} | ${GUID}`]);
  expect(() => registry.grantPull('assistant')).toThrow(
    new Error(
      "principal 'assistant' given access to stack/team-images is not an object id: pass the object id of the identity, " +
        'for instance principalId of a managed identity (not its resource id)',
    ),
  );
});

test('a registry that exists has the host of its name unless another is given', () => {
  const stack = platformStack(new App());
  expect(ImageRegistry.fromRegistryId(stack, 'a', { registryId: REGISTRY_ID }).loginServer).toBe('contoso.azurecr.io');
  const loginServer = 'contoso-hash.azurecr.io';
  expect(ImageRegistry.fromRegistryId(stack, 'b', { registryId: REGISTRY_ID, loginServer }).loginServer).toBe(
    loginServer,
  );
});

test('the host of a registry that Terraform alone knows is an expression', () => {
  const { stack, registry } = registryStack();
  const imported = ImageRegistry.fromRegistryId(stack, 'imported', { registryId: registry.registryId });
  new ImageRegistry(stack, 'uses', {
    resourceGroupName: 'rg',
    location: 'swedencentral',
    tags: { server: imported.loginServer },
  });
  expect(resources(stack, 'container_registry').uses!.tags).toEqual({
    server: '${lower(element(split("/", azurerm_container_registry.team-images.id), 8))}.azurecr.io',
  });
});

test.each<[Partial<ImageRegistryProps>, string]>([
  [
    { registryName: 'team-images' },
    "registryName 'team-images' of stack/team-images is not valid: it has 5 to 50 letters and digits; ",
  ],
  [{ zoneRedundant: true }, 'zoneRedundant of stack/team-images is offered by ImageRegistrySku.PREMIUM alone; set sku'],
  [
    { publicNetworkAccessEnabled: false },
    'publicNetworkAccessEnabled: false of stack/team-images is offered by ImageRegistrySku.PREMIUM alone; set sku',
  ],
  [{ location: '' }, 'stack/team-images has no location'],
])('refused: %j', (props, message) => {
  expect(() => registryStack(props)).toThrow(message);
});

test.each([
  [{ registryId: GUID }, `registryId '${GUID}' of stack/a is not the resource id of a container registry; `],
  [
    { registryId: REGISTRY_ID, loginServer: 'https://contoso.azurecr.io/' },
    "loginServer 'https://contoso.azurecr.io/' of stack/a is not valid: write the host alone, for instance 'contoso.azurecr.io'",
  ],
])('refused: %j', (attributes, message) => {
  expect(() => ImageRegistry.fromRegistryId(platformStack(new App()), 'a', attributes)).toThrow(message);
});
