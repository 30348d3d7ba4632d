import { Subnet, SubnetDelegation } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { ModelPrivateDnsZones } from '../../lib';

export interface PlatformNetworkProps {
  readonly resourceGroupName: string;
  readonly location: string;
}

/** One virtual network: a subnet for the service's calls, one for the apps, and one for private endpoints. */
export class PlatformNetwork extends Construct {
  readonly virtualNetworkId: string;
  readonly serviceSubnetId: string;
  readonly appsSubnetId: string;
  readonly endpointsSubnetId: string;
  readonly modelZoneIds: string[];

  constructor(scope: Construct, id: string, props: PlatformNetworkProps) {
    super(scope, id);
    const { resourceGroupName } = props;
    const network = new VirtualNetwork(this, 'Default', {
      ...props,
      name: 'vnet-chat',
      addressSpace: ['10.40.0.0/16'],
    });
    const subnet = (name: string, addressPrefix: string, delegatedTo?: string) =>
      new Subnet(this, name, {
        name,
        resourceGroupName,
        virtualNetworkName: network.name,
        addressPrefixes: [addressPrefix],
        ...(delegatedTo !== undefined && { delegation: [delegation(delegatedTo)] }),
      }).id;
    this.virtualNetworkId = network.id;
    this.serviceSubnetId = subnet('service', '10.40.1.0/24', 'Microsoft.Web/serverFarms');
    this.appsSubnetId = subnet('apps', '10.40.2.0/24', 'Microsoft.App/environments');
    this.endpointsSubnetId = subnet('endpoints', '10.40.3.0/24');
    this.modelZoneIds = new ModelPrivateDnsZones(this, 'zones', {
      resourceGroupName,
      virtualNetworkIds: { chat: network.id },
    }).zoneIds;
  }
}

function delegation(name: string): SubnetDelegation {
  return {
    name: 'service',
    serviceDelegation: { name, actions: ['Microsoft.Network/virtualNetworks/subnets/action'] },
  };
}
