import { networkSecurityGroupInUse } from '../azure-error';
import { stableGuid } from '../computed-values';
import { ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { ValueObject } from '../value-encoding';
import { exactlyOneOf } from './validation';

const inGroup = '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers';

const ASSOCIATION = 'azurerm_subnet_network_security_group_association';

/**
 * Microsoft.Network. What forces a replacement is what
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/website/docs/r says of each resource.
 */
export const networkKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_virtual_network: {
    id: `${inGroup}/Microsoft.Network/virtualNetworks/{name}`,
    forcesReplacement: ['name', 'location', 'resource_group_name', 'edge_zone'],
    providerDefaults: { private_endpoint_vnet_policies: 'Disabled' },
  },
  azurerm_subnet: {
    id: `${inGroup}/Microsoft.Network/virtualNetworks/{virtual_network_name}/subnets/{name}`,
    forcesReplacement: ['name', 'resource_group_name', 'virtual_network_name'],
    providerDefaults: {
      default_outbound_access_enabled: true,
      private_endpoint_network_policies: 'Disabled',
      private_link_service_network_policies_enabled: true,
    },
  },
  azurerm_network_security_group: {
    id: `${inGroup}/Microsoft.Network/networkSecurityGroups/{name}`,
    forcesReplacement: ['name', 'location', 'resource_group_name'],
    azureAnswers: ({ security_rule }) => ({ security_rule: asBlocks(security_rule) }),
    refuseDeletion: ({ id }, azure) => {
      const users = azure.all(ASSOCIATION).filter(({ network_security_group_id }) => network_security_group_id === id);
      if (users.length > 0) {
        throw networkSecurityGroupInUse(
          String(id),
          users.map(({ subnet_id }) => String(subnet_id)),
        );
      }
    },
  },
  /** The provider gives it the id of the subnet. */
  [ASSOCIATION]: {
    id: '{subnet_id}',
    parent: 'subnet_id',
    forcesReplacement: ['subnet_id', 'network_security_group_id'],
  },
  azurerm_private_dns_zone: {
    id: `${inGroup}/Microsoft.Network/privateDnsZones/{name}`,
    forcesReplacement: ['name', 'resource_group_name'],
  },
  azurerm_private_dns_zone_virtual_network_link: {
    id: `${inGroup}/Microsoft.Network/privateDnsZones/{private_dns_zone_name}/virtualNetworkLinks/{name}`,
    forcesReplacement: ['name', 'resource_group_name', 'private_dns_zone_name', 'virtual_network_id'],
    providerDefaults: { registration_enabled: false },
    azureAnswers: ({ resolution_policy: given }) => ({
      resolution_policy: typeof given === 'string' ? given : 'Default',
    }),
  },
  azurerm_private_dns_a_record: {
    id: `${inGroup}/Microsoft.Network/privateDnsZones/{zone_name}/A/{name}`,
    forcesReplacement: ['name', 'resource_group_name', 'zone_name'],
    azureAnswers: ({ name, zone_name }) => ({ fqdn: `${String(name)}.${String(zone_name)}.` }),
  },
  azurerm_private_endpoint: {
    id: `${inGroup}/Microsoft.Network/privateEndpoints/{name}`,
    forcesReplacement: [
      'name',
      'location',
      'resource_group_name',
      'subnet_id',
      'custom_network_interface_name',
      'private_service_connection.name',
      'private_service_connection.is_manual_connection',
      'private_service_connection.private_connection_resource_id',
      'private_service_connection.private_connection_resource_alias',
      'private_service_connection.subresource_names',
    ],
    validate: (config) =>
      asBlocks(config.private_service_connection).flatMap((connection) =>
        exactlyOneOf(connection, ['private_connection_resource_id', 'private_connection_resource_alias']),
      ),
    azureAnswers: (sent) => ({
      network_interface: [{ id: `${sent.name}-nic`, name: `${sent.name}.nic.${stableGuid(String(sent.name))}` }],
      private_service_connection: asBlocks(sent.private_service_connection).map((connection) => ({
        ...connection,
        private_ip_address: '10.0.0.4',
      })),
    }),
    account: connectedAccount,
    whileAccountIsBusy: 'AccountProvisioningStateInvalid',
  },
};

function connectedAccount({ private_service_connection }: ValueObject): string | undefined {
  const target = asBlocks(private_service_connection)[0]?.private_connection_resource_id;
  return typeof target === 'string' && target.includes('/Microsoft.CognitiveServices/accounts/') ? target : undefined;
}
