import { PrivateDnsARecord } from '@cdktf/provider-azurerm/lib/private-dns-a-record';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Construct } from 'constructs';
import { enrol } from '../../guard/enrol';
import { OrchestratorEnvironment } from './orchestrator-environment';

/** Properties of an `OrchestratorPrivateDnsZone`. */
export interface OrchestratorPrivateDnsZoneProps {
  /** The internal environment whose apps are to be found. */
  readonly environment: OrchestratorEnvironment;

  /** Resource ids of the virtual networks that find them, by a short name of each, which is part of the link's name. */
  readonly virtualNetworkIds: { [name: string]: string };

  /**
   * Name of the resource group of the zone.
   *
   * @default - that of the environment
   */
  readonly resourceGroupName?: string;

  /**
   * Tags of the zone and its links.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };
}

const TTL_SECONDS = 300;

/**
 * The private DNS zone by which virtual networks find the apps of an internal environment: Azure makes none.
 *
 * The routers and gateways of such a network need it, API Management among them.
 *
 * @see https://learn.microsoft.com/azure/container-apps/private-endpoints-and-dns
 */
export class OrchestratorPrivateDnsZone extends Construct {
  /** Resource id of the zone. */
  public readonly zoneId: string;

  constructor(scope: Construct, id: string, props: OrchestratorPrivateDnsZoneProps) {
    super(scope, id);
    enrol(this);
    const { environment, tags } = props;
    const resourceGroupName = props.resourceGroupName ?? environment.resourceGroupName;
    const zone = new PrivateDnsZone(this, 'Default', { name: environment.defaultDomain, resourceGroupName, tags });
    new PrivateDnsARecord(this, 'Apps', {
      name: '*',
      zoneName: zone.name,
      resourceGroupName,
      ttl: TTL_SECONDS,
      records: [environment.staticIpAddress],
      tags,
    });
    for (const [name, virtualNetworkId] of Object.entries(props.virtualNetworkIds)) {
      new PrivateDnsZoneVirtualNetworkLink(this, name, {
        name,
        resourceGroupName,
        privateDnsZoneName: zone.name,
        virtualNetworkId,
        registrationEnabled: false,
        tags,
      });
    }
    this.zoneId = zone.id;
  }
}
