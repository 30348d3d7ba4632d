import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';

/** Properties of `ModelPrivateDnsZones`. */
export interface ModelPrivateDnsZonesProps {
  /** Name of the resource group of the zones. */
  readonly resourceGroupName: string;

  /** Resource ids of the virtual networks that resolve names in the zones, by a short name of each, which is part of the link's name. */
  readonly virtualNetworkIds: { [name: string]: string };

  /**
   * Names of the zones.
   *
   * @default - the three of Azure's public cloud: cognitiveservices, openai and services.ai
   */
  readonly zoneNames?: string[];

  /**
   * Tags of the zones and links.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
const PUBLIC_CLOUD_ZONES = [
  'privatelink.cognitiveservices.azure.com',
  'privatelink.openai.azure.com',
  'privatelink.services.ai.azure.com',
];

/**
 * The private DNS zones in which private endpoints of model accounts register, linked to virtual networks.
 *
 * A virtual network can be linked to one zone of a name only, so make them once and pass `zoneIds` to every endpoint.
 */
export class ModelPrivateDnsZones extends Construct {
  /** Resource ids of the zones. */
  public readonly zoneIds: string[];

  constructor(scope: Construct, id: string, props: ModelPrivateDnsZonesProps) {
    super(scope, id);
    enrol(this);
    const { resourceGroupName, tags } = props;
    this.zoneIds = (props.zoneNames ?? PUBLIC_CLOUD_ZONES).map((zoneName) => {
      const zone = new PrivateDnsZone(this, zoneName, { name: zoneName, resourceGroupName, tags });
      for (const [networkName, virtualNetworkId] of Object.entries(props.virtualNetworkIds)) {
        new PrivateDnsZoneVirtualNetworkLink(this, `${zoneName}-${networkName}`, {
          name: networkName,
          resourceGroupName,
          privateDnsZoneName: zone.name,
          virtualNetworkId,
          registrationEnabled: false,
          tags,
        });
      }
      return zone.id;
    });
  }
}
