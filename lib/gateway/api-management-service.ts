import { ApiManagement, ApiManagementSecurity } from '@cdktf/provider-azurerm/lib/api-management';
import { Construct } from 'constructs';
import { expressionDigest } from '../accounts/expression-digest';
import { refused } from '../accounts/refused';
import { isIdentityId, isSubnetId } from '../accounts/resource-id';
import { isGuid, isResourceGroupName } from '../accounts/resource-names';
import { enrol } from '../guard/enrol';
import type { IApiManagementService } from './api-management-service-interface';
import {
  ApiManagementIdentity,
  ApiManagementServiceAttributes,
  ApiManagementServiceProps,
  ApiManagementVirtualNetwork,
} from './api-management-service-props';
import { ApiManagementSku } from './api-management-sku';
import { ImportedApiManagementService } from './imported-api-management-service';
import {
  apiVersionMalformed,
  identityGuidMalformed,
  identityIdMalformed,
  networkNotOffered,
  publisherEmailInvalid,
  publisherNameInvalid,
  serviceLocationMissing,
  serviceNameInvalid,
  serviceResourceGroupInvalid,
  subnetIdMalformed,
  zonesNotOffered,
} from './service-errors';
import {
  isManagementApiVersion,
  isPublisherEmail,
  isPublisherName,
  isServiceName,
  LONGEST_SERVICE_NAME,
} from './service-names';
import { VirtualNetworkAccess } from './virtual-network-access';

/**
 * Everything older than TLS 1.2, and every cipher that can be turned off. All are written although they are the defaults
 * of today's services: what is left out the provider takes from Azure, and somebody's change would never show in a plan.
 * https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers
 */
const MODERN_TRANSPORT: ApiManagementSecurity = {
  backendSsl30Enabled: false,
  backendTls10Enabled: false,
  backendTls11Enabled: false,
  frontendSsl30Enabled: false,
  frontendTls10Enabled: false,
  frontendTls11Enabled: false,
  tripleDesCiphersEnabled: false,
  tlsEcdheEcdsaWithAes128CbcShaCiphersEnabled: false,
  tlsEcdheEcdsaWithAes256CbcShaCiphersEnabled: false,
  tlsEcdheRsaWithAes128CbcShaCiphersEnabled: false,
  tlsEcdheRsaWithAes256CbcShaCiphersEnabled: false,
  tlsRsaWithAes128CbcSha256CiphersEnabled: false,
  tlsRsaWithAes128CbcShaCiphersEnabled: false,
  tlsRsaWithAes128GcmSha256CiphersEnabled: false,
  tlsRsaWithAes256CbcSha256CiphersEnabled: false,
  tlsRsaWithAes256CbcShaCiphersEnabled: false,
  tlsRsaWithAes256GcmSha384CiphersEnabled: false,
};

const DIGEST_LENGTH = 12;

/**
 * An API Management service, in which gateways are made.
 *
 * It has a managed identity and speaks TLS 1.2 or later with callers and models alike.
 *
 * @example
 *
 * const service = new ApiManagementService(this, 'platform', {
 *   resourceGroupName: group.name,
 *   location: 'swedencentral',
 *   publisherName: 'Contoso',
 *   publisherEmail: 'models@contoso.com',
 *   sku: ApiManagementSku.standardV2(),
 * });
 */
export class ApiManagementService extends Construct implements IApiManagementService {
  /**
   * Refers to a service that this configuration does not create; gateways can be made in it all the same.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param attributes - what is known of the service
   * @throws if the id, an identity or the URL cannot be one
   */
  public static fromServiceId(
    scope: Construct,
    id: string,
    attributes: ApiManagementServiceAttributes,
  ): IApiManagementService {
    return new ImportedApiManagementService(scope, id, attributes);
  }

  /** Resource id of the service. */
  public readonly serviceId: string;

  /** Name of the service, as a reference: what is made in the service waits for it. */
  public readonly serviceName: string;

  /** Name of the service's resource group. */
  public readonly resourceGroupName: string;

  /** Tier and units of the service. */
  public readonly sku: ApiManagementSku;

  /** Object id of the identity with which the service calls models. */
  public readonly identityPrincipalId: string;

  /** Client id of that identity, where it is a user-assigned one. */
  public readonly identityClientId?: string;

  /** The Terraform resource. */
  public readonly resource: ApiManagement;

  /**
   * @throws if a property cannot be used, or the tier does not offer it
   */
  constructor(scope: Construct, id: string, props: ApiManagementServiceProps) {
    super(scope, id);
    enrol(this);
    this.requireProps(props);
    this.sku = props.sku;
    this.resourceGroupName = props.resourceGroupName;
    const { userAssignedIdentity: identity, virtualNetwork: network } = props;
    this.resource = new ApiManagement(this, 'Default', {
      name: props.serviceName ?? this.deriveName(props),
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      publisherName: props.publisherName,
      publisherEmail: props.publisherEmail,
      skuName: props.sku.name,
      identity:
        identity === undefined
          ? { type: 'SystemAssigned' }
          : { type: 'UserAssigned', identityIds: [identity.identityId] },
      publicNetworkAccessEnabled: props.publicNetworkAccessEnabled ?? true,
      virtualNetworkType: network && accessOf(network),
      virtualNetworkConfiguration: network && { subnetId: network.subnetId },
      zones: props.zones,
      minApiVersion: props.minApiVersion,
      security: MODERN_TRANSPORT,
      tags: props.tags,
    });
    this.serviceId = this.resource.id;
    this.serviceName = this.resource.name;
    this.identityPrincipalId = identity?.principalId ?? this.resource.identity.principalId;
    this.identityClientId = identity?.clientId;
  }

  /** Where callers reach the service, without a slash at the end. */
  public get gatewayUrl(): string {
    return this.resource.gatewayUrl;
  }

  /**
   * Other inputs that replace the service, other name: a deleted service keeps its name for 48 hours, and the provider
   * would restore it with the tier it had (https://learn.microsoft.com/azure/api-management/soft-delete).
   */
  private deriveName({ resourceGroupName, location, sku }: ApiManagementServiceProps): string {
    const digest = expressionDigest(this, [this.node.path, resourceGroupName, location, sku._tier], DIGEST_LENGTH);
    const words = this.node.id.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const readable = ['apim', ...words].join('-').slice(0, LONGEST_SERVICE_NAME - DIGEST_LENGTH - 1);
    return `${readable.replace(/-$/, '')}-${digest}`;
  }

  private requireProps(props: ApiManagementServiceProps): void {
    const path = this.node.path;
    const { serviceName, minApiVersion, userAssignedIdentity, virtualNetwork, sku } = props;
    if (serviceName !== undefined && refused(serviceName, isServiceName)) {
      throw serviceNameInvalid(path, serviceName);
    }
    if (refused(props.resourceGroupName, isResourceGroupName)) {
      throw serviceResourceGroupInvalid(path, props.resourceGroupName);
    }
    if (typeof props.location !== 'string' || props.location.trim() === '') {
      throw serviceLocationMissing(path);
    }
    if (refused(props.publisherName, isPublisherName)) {
      throw publisherNameInvalid(path, props.publisherName);
    }
    if (refused(props.publisherEmail, isPublisherEmail)) {
      throw publisherEmailInvalid(path, props.publisherEmail);
    }
    if (minApiVersion !== undefined && refused(minApiVersion, isManagementApiVersion)) {
      throw apiVersionMalformed(path, minApiVersion);
    }
    if (props.zones !== undefined && !sku._hasZones) {
      throw zonesNotOffered(path, sku.name);
    }
    if (userAssignedIdentity !== undefined) {
      this.requireIdentity(userAssignedIdentity);
    }
    if (virtualNetwork !== undefined) {
      this.requireNetwork(virtualNetwork, sku);
    }
  }

  private requireIdentity({ identityId, clientId, principalId }: ApiManagementIdentity): void {
    if (refused(identityId, isIdentityId)) {
      throw identityIdMalformed(this.node.path, identityId);
    }
    for (const [property, value] of Object.entries({ clientId, principalId })) {
      if (refused(value, isGuid)) {
        throw identityGuidMalformed(this.node.path, `userAssignedIdentity.${property}`, value);
      }
    }
  }

  private requireNetwork(network: ApiManagementVirtualNetwork, sku: ApiManagementSku): void {
    if (refused(network.subnetId, isSubnetId)) {
      throw subnetIdMalformed(this.node.path, network.subnetId);
    }
    if (!sku._networks.includes(accessOf(network))) {
      throw networkNotOffered(this.node.path, accessOf(network), sku.name, sku._networks);
    }
  }
}

function accessOf({ access }: ApiManagementVirtualNetwork): VirtualNetworkAccess {
  return access ?? VirtualNetworkAccess.EXTERNAL;
}
