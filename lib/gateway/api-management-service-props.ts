import { ApiManagementSku } from './api-management-sku';
import { VirtualNetworkAccess } from './virtual-network-access';

/** A user-assigned identity with which a service calls models and reads its secrets. */
export interface ApiManagementIdentity {
  /** Resource id of the identity. */
  readonly identityId: string;

  /** Client id (application id) of the identity. */
  readonly clientId: string;

  /** Object id of the identity, to which roles are given. */
  readonly principalId: string;
}

/** The subnet that a service takes part in. */
export interface ApiManagementVirtualNetwork {
  /** Resource id of the subnet; Azure wants it for this service alone. Changing it replaces the service. */
  readonly subnetId: string;

  /**
   * From where callers reach the gateway; changing it replaces the service.
   *
   * Developer, Premium and PremiumV2 have both; StandardV2 has `EXTERNAL` (outbound integration) alone.
   *
   * @default VirtualNetworkAccess.EXTERNAL
   * @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts
   */
  readonly access?: VirtualNetworkAccess;
}

/** Properties of an `ApiManagementService`. */
export interface ApiManagementServiceProps {
  /** Name of the resource group in which the service is created. */
  readonly resourceGroupName: string;

  /** Azure region, for instance `swedencentral`. */
  readonly location: string;

  /** Who publishes the APIs: 1 to 100 characters. */
  readonly publisherName: string;

  /** Address to which Azure sends its notices: 1 to 100 characters. */
  readonly publisherEmail: string;

  /** Tier and units; changing between a classic tier and a v2 tier replaces the service. */
  readonly sku: ApiManagementSku;

  /**
   * Name of the service: 1 to 50 letters, digits and `-`, starting with a letter and ending with a letter or digit, unique in all of Azure.
   *
   * Changing it replaces the service.
   *
   * @default - the construct's id with digits derived from its path, resource group, location and kind of tier, whose change
   * replaces the service too
   */
  readonly serviceName?: string;

  /**
   * Identity with which the service calls models and reads its secrets.
   *
   * @default - the service has an identity of its own (system-assigned)
   */
  readonly userAssignedIdentity?: ApiManagementIdentity;

  /**
   * Whether the service is reached through its public endpoint; without it, through private endpoints alone.
   *
   * Azure refuses to create a service without it: create the service and a private endpoint first, then turn it off.
   *
   * @default true
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/31788
   */
  readonly publicNetworkAccessEnabled?: boolean;

  /**
   * Subnet that the service takes part in; it may be added later, and removing it replaces the service.
   *
   * @default - none
   */
  readonly virtualNetwork?: ApiManagementVirtualNetwork;

  /**
   * Availability zones, for instance `1` and `2`; tier Premium only.
   *
   * @default - Azure decides
   */
  readonly zones?: string[];

  /**
   * Oldest version of the management API that may be used with the service, `YYYY-MM-DD`.
   *
   * The azurerm provider 4.55 itself calls with `2022-08-01`: a later date shuts Terraform out.
   *
   * @default - any
   */
  readonly minApiVersion?: string;

  /**
   * Tags of the service.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What is known of a service that is referred to by its id. */
export interface ApiManagementServiceAttributes {
  /** Resource id of the service; may be a Terraform token. */
  readonly serviceId: string;

  /** Tier and units of the service, on which the limits of a gateway depend. */
  readonly sku: ApiManagementSku;

  /** Object id of the identity with which the service calls models. */
  readonly identityPrincipalId: string;

  /**
   * Client id of that identity, where it is a user-assigned one.
   *
   * @default - the service's own identity
   */
  readonly identityClientId?: string;

  /**
   * Where callers reach the service, for instance `https://models.contoso.com`: `https`, a host, no path.
   *
   * Needed with a domain of your own, and outside of the public cloud (`azure-api.us` in Azure Government).
   *
   * @default - `https://<name>.azure-api.net`
   */
  readonly gatewayUrl?: string;
}
