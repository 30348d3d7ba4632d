import { isGuid, isResourceGroupName } from '../accounts/resource-names';
import { isServiceName } from './service-names';

/** The parts of an API Management service's resource id. */
export interface ServiceIdParts {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly serviceName: string;
}

const SERVICE_ID =
  /^\/subscriptions\/(?<subscriptionId>[^/]+)\/resourceGroups\/(?<resourceGroupName>[^/]+)\/providers\/Microsoft\.ApiManagement\/service\/(?<serviceName>[^/]+)$/i;

export function parseServiceId(text: unknown): ServiceIdParts | undefined {
  const groups = typeof text === 'string' ? SERVICE_ID.exec(text)?.groups : undefined;
  const parts = groups as unknown as ServiceIdParts | undefined;
  return parts !== undefined &&
    isGuid(parts.subscriptionId) &&
    isResourceGroupName(parts.resourceGroupName) &&
    isServiceName(parts.serviceName)
    ? parts
    : undefined;
}

/** The id as the azurerm provider writes it: it compares the fixed words with regard to case, Azure does not. */
export function formatServiceId({ subscriptionId, resourceGroupName, serviceName }: ServiceIdParts): string {
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}` +
    `/providers/Microsoft.ApiManagement/service/${serviceName}`
  );
}
