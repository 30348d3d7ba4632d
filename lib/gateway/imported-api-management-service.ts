import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../accounts/refused';
import { isGuid } from '../accounts/resource-names';
import { enrol } from '../guard/enrol';
import type { IApiManagementService } from './api-management-service-interface';
import { ApiManagementServiceAttributes } from './api-management-service-props';
import { ApiManagementSku } from './api-management-sku';
import { gatewayUrlInvalid, identityGuidMalformed, serviceIdMalformed } from './service-errors';
import { formatServiceId, parseServiceId } from './service-id';
import { isGatewayUrl } from './service-names';

const RESOURCE_GROUP_SEGMENT = 4;
const SERVICE_SEGMENT = 8;

/** A service that someone else creates; see `ApiManagementService.fromServiceId`. */
export class ImportedApiManagementService extends Construct implements IApiManagementService {
  public readonly serviceId: string;
  public readonly serviceName: string;
  public readonly resourceGroupName: string;
  public readonly sku: ApiManagementSku;
  public readonly gatewayUrl: string;
  public readonly identityPrincipalId: string;
  public readonly identityClientId?: string;

  constructor(scope: Construct, id: string, attributes: ApiManagementServiceAttributes) {
    super(scope, id);
    enrol(this);
    const { identityPrincipalId, identityClientId } = attributes;
    [this.serviceId, this.resourceGroupName, this.serviceName] = this.takeApart(attributes.serviceId);
    this.requireGuid('identityPrincipalId', identityPrincipalId);
    if (identityClientId !== undefined) {
      this.requireGuid('identityClientId', identityClientId);
    }
    this.sku = attributes.sku;
    this.identityPrincipalId = identityPrincipalId;
    this.identityClientId = identityClientId;
    this.gatewayUrl = attributes.gatewayUrl ?? `https://${this.serviceName}.azure-api.net`;
    if (refused(this.gatewayUrl, isGatewayUrl)) {
      throw gatewayUrlInvalid(this.node.path, this.gatewayUrl);
    }
  }

  private takeApart(serviceId: string): [serviceId: string, resourceGroupName: string, serviceName: string] {
    if (Token.isUnresolved(serviceId)) {
      const segment = (index: number) => Token.asString(Fn.element(Fn.split('/', serviceId), index));
      return [serviceId, segment(RESOURCE_GROUP_SEGMENT), segment(SERVICE_SEGMENT)];
    }
    const parts = parseServiceId(serviceId);
    if (parts === undefined) {
      throw serviceIdMalformed(this.node.path, serviceId);
    }
    return [formatServiceId(parts), parts.resourceGroupName, parts.serviceName];
  }

  private requireGuid(property: string, value: unknown): void {
    if (refused(value, isGuid)) {
      throw identityGuidMalformed(this.node.path, property, value);
    }
  }
}
