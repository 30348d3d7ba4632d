import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import { OrchestratorEnvironment, OrchestratorPrivateDnsZone } from '../../lib/orchestrators';
import { conformanceProblems } from '../support/provider-schema';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const NETWORKS = { apps: '/networks/apps', hub: '/networks/hub' };

function zoneIn(props: { resourceGroupName?: string; tags?: Record<string, string> } = {}) {
  const stack = testStack();
  const environment = new OrchestratorEnvironment(stack, 'apps', {
    resourceGroupName: 'rg-chat',
    location: 'swedencentral',
    subnetId:
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/apps',
  });
  const zone = new OrchestratorPrivateDnsZone(stack, 'zone', { environment, virtualNetworkIds: NETWORKS, ...props });
  return { stack, zone };
}

test('every app of the environment is found at its address, from each of the networks', () => {
  const { stack, zone } = zoneIn();
  expect(onlyResource(stack, 'azurerm_private_dns_zone')).toEqual({
    name: '${azurerm_container_app_environment.apps.default_domain}',
    resource_group_name: 'rg-chat',
  });
  expect(onlyResource(stack, 'azurerm_private_dns_a_record')).toEqual({
    name: '*',
    zone_name: '${azurerm_private_dns_zone.zone.name}',
    resource_group_name: 'rg-chat',
    ttl: 300,
    records: ['${azurerm_container_app_environment.apps.static_ip_address}'],
  });
  const links = Object.values(synthesised(stack).resource!.azurerm_private_dns_zone_virtual_network_link!);
  expect(links).toEqual(
    Object.entries(NETWORKS).map(([name, virtual_network_id]) => ({
      name,
      virtual_network_id,
      private_dns_zone_name: '${azurerm_private_dns_zone.zone.name}',
      resource_group_name: 'rg-chat',
      registration_enabled: false,
    })),
  );
  expect(
    Tokenization.resolve(zone.zoneId, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) }),
  ).toBe('${azurerm_private_dns_zone.zone.id}');
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});

test('the zone may lie in a resource group of its own and has tags', () => {
  const { stack } = zoneIn({ resourceGroupName: 'rg-network', tags: { team: 'platform' } });
  for (const type of ['azurerm_private_dns_zone', 'azurerm_private_dns_a_record']) {
    expect(onlyResource(stack, type)).toMatchObject({ resource_group_name: 'rg-network', tags: { team: 'platform' } });
  }
});
