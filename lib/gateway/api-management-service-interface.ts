import type { IConstruct } from 'constructs';
import type { ApiManagementSku } from './api-management-sku';

/** An API Management service that gateways are made in, whether this configuration creates it or refers to it. */
export interface IApiManagementService extends IConstruct {
  /** Resource id of the service. */
  readonly serviceId: string;

  /**
   * Name of the service.
   *
   * Of a service that this configuration creates it is a Terraform reference, so that what is made in the service waits for it.
   */
  readonly serviceName: string;

  /** Name of the service's resource group. */
  readonly resourceGroupName: string;

  /** Tier and units of the service, on which its limits depend. */
  readonly sku: ApiManagementSku;

  /** Where callers reach the service, for instance `https://contoso.azure-api.net`, without a slash at the end. */
  readonly gatewayUrl: string;

  /** Object id of the identity with which the service calls models; roles are given to it. */
  readonly identityPrincipalId: string;

  /** Client id of that identity, where it is a user-assigned one. */
  readonly identityClientId?: string;
}
