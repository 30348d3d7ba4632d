/**
 * Where apps of an environment may send to, besides their virtual network and what Container Apps itself needs.
 *
 * A network security group knows addresses and service tags and no host names: a service tag admits everybody's resources of
 * that service. To admit a gateway or an account and nothing else, reach it by a private endpoint in the virtual network and
 * allow nothing here; for rules by host name put Azure Firewall and a route table in front.
 *
 * @see https://learn.microsoft.com/azure/container-apps/firewall-integration
 */
export interface EgressRestriction {
  /**
   * Further destinations for HTTPS (TCP 443): IPv4 blocks of /8 to /32, addresses, or service tags, at most 1000.
   *
   * @default - none
   */
  readonly allowedDestinations?: string[];

  /**
   * Whether images come from container registries that have no private endpoint. It admits every Azure container registry and
   * every storage account of the region, for that is where a registry keeps layers.
   *
   * @default false
   */
  readonly publicContainerRegistries?: boolean;
}
