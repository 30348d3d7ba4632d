import {
  NetworkSecurityGroup,
  NetworkSecurityGroupSecurityRule,
} from '@cdktf/provider-azurerm/lib/network-security-group';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../../accounts/expression-digest';
import { destinationInvalid, destinationsTooMany } from '../platform-errors';
import { derivedName, LONGEST_SECURITY_GROUP_NAME } from '../resource-names';
import type { EgressRestriction } from './egress-restriction';

/** The network whose ways out are narrowed. */
export interface RestrictedSubnet {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly subnetId: string;
  readonly tags?: { [name: string]: string };
}

interface Destination {
  readonly name: string;
  readonly prefix: string;
  readonly protocol?: string;
  readonly port?: string;
}

const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3})(?:\/(?:[89]|[12]\d|3[0-2]))?$/;
const SERVICE_TAG = /^[A-Z][A-Za-z]+(?:\.[A-Za-z0-9]+)*$/;
/** Tags that are the internet or most of it. */
const TOO_WIDE = /^(?:internet|azurecloud(?:\..*)?)$/i;

const DIGEST_LENGTH = 8;
const FIRST_PRIORITY = 100;
const LAST_PRIORITY = 4096;
const MOST_DESTINATIONS = 1000;

/**
 * What the documentation lists for environments with workload profiles:
 * https://learn.microsoft.com/azure/container-apps/firewall-integration#outbound. The infrastructure's own images come from
 * Microsoft's registry, which Front Door serves.
 */
const NEEDED: readonly Destination[] = [
  { name: 'allow-virtual-network', prefix: 'VirtualNetwork', protocol: '*', port: '*' },
  { name: 'allow-microsoft-registry', prefix: 'MicrosoftContainerRegistry' },
  { name: 'allow-microsoft-registry-front-door', prefix: 'AzureFrontDoor.FirstParty' },
  { name: 'allow-entra', prefix: 'AzureActiveDirectory' },
  { name: 'allow-monitor', prefix: 'AzureMonitor' },
  { name: 'allow-azure-dns', prefix: '168.63.129.16', protocol: '*', port: '53' },
];

/** Puts a security group on the subnet that denies the internet; what is inbound is left to Azure's own rules. */
export function restrictEgress(
  scope: Construct,
  subnet: RestrictedSubnet,
  restriction: EgressRestriction,
): SubnetNetworkSecurityGroupAssociation {
  const { resourceGroupName, location, subnetId, tags } = subnet;
  const digest = expressionDigest(scope, [scope.node.path, resourceGroupName, location, subnetId], DIGEST_LENGTH);
  const group = new NetworkSecurityGroup(scope, 'Egress', {
    // What replaces the environment alone has to leave the group as it is: a subnet cannot have two for a while.
    name: derivedName(`${scope.node.id}-egress`, digest, LONGEST_SECURITY_GROUP_NAME),
    resourceGroupName,
    location,
    securityRule: rulesOf(scope.node.path, location, restriction),
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
  return new SubnetNetworkSecurityGroupAssociation(scope, 'EgressOfSubnet', {
    subnetId,
    networkSecurityGroupId: group.id,
  });
}

function rulesOf(path: string, location: string, restriction: EgressRestriction): NetworkSecurityGroupSecurityRule[] {
  const { allowedDestinations = [], publicContainerRegistries = false } = restriction;
  if (allowedDestinations.length > MOST_DESTINATIONS) {
    throw destinationsTooMany(path, allowedDestinations.length, MOST_DESTINATIONS);
  }
  for (const destination of allowedDestinations) {
    if (!Token.isUnresolved(destination) && !isDestination(destination)) {
      throw destinationInvalid(path, destination);
    }
  }
  const region = Token.isUnresolved(location) ? location : location.replaceAll(' ', '');
  const allowed: Destination[] = [
    ...NEEDED,
    ...(publicContainerRegistries
      ? [
          { name: 'allow-container-registries', prefix: 'AzureContainerRegistry' },
          { name: 'allow-container-registry-layers', prefix: `Storage.${region}` },
        ]
      : []),
    ...allowedDestinations.map((prefix, index) => ({ name: `allow-stated-${index + 1}`, prefix })),
  ];
  return [
    ...allowed.map((destination, index) => rule('Allow', FIRST_PRIORITY + index, destination)),
    rule('Deny', LAST_PRIORITY, { name: 'deny-internet', prefix: 'Internet', protocol: '*', port: '*' }),
  ];
}

function isDestination(text: unknown): boolean {
  return typeof text === 'string' && (ADDRESS.test(text) || (SERVICE_TAG.test(text) && !TOO_WIDE.test(text)));
}

/** All of it is written: rules are attributes to Terraform, and it refuses one that lacks any. */
function rule(
  access: 'Allow' | 'Deny',
  priority: number,
  { name, prefix, protocol = 'Tcp', port = '443' }: Destination,
): NetworkSecurityGroupSecurityRule {
  return {
    name,
    description: '',
    priority,
    direction: 'Outbound',
    access,
    protocol,
    sourceAddressPrefix: '*',
    sourceAddressPrefixes: [],
    sourceApplicationSecurityGroupIds: [],
    sourcePortRange: '*',
    sourcePortRanges: [],
    destinationAddressPrefix: prefix,
    destinationAddressPrefixes: [],
    destinationApplicationSecurityGroupIds: [],
    destinationPortRange: port,
    destinationPortRanges: [],
  };
}
