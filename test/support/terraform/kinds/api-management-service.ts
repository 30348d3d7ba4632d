import { AzureError, parentResourceNotFound } from '../azure-error';
import { stableGuid } from '../computed-values';
import { armId } from '../paths';
import { AzureStore, ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { Value, ValueObject } from '../value-encoding';
import { matching } from './validation';

/** Id of the service that an API, a backend or the like names by `api_management_name`. */
export const SERVICE_ID =
  '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}';

/** What every part of a service names it by; none of it can change. */
export const partOfService = ['api_management_name', 'resource_group_name'] as const;

/** https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/validate/api_management.go */
const SERVICE_NAME = /^[0-9a-zA-Z-]{1,50}$/;
const CHILD_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-_]{0,78}[a-zA-Z0-9])?$/;
const API_NAME = /^[^*#&+]{1,256}$/;

/** https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/validate/api_management_sku.go; one `$` is missing there. */
const SKU =
  /^Consumption_0$|^Basic_(1|2)$|^BasicV2_([1-9]|10)|^Developer_1$|^Premium_([1-9][0-9]{0,1})$|^PremiumV2_([1-9]|1[0-9]|2[0-9]|30)$|^Standard_[1-4]$|^StandardV2_([1-9]|10)$/;

export const apiManagementService: ResourceKind = {
  id: SERVICE_ID.replace('{api_management_name}', '{name}'),
  forcesReplacement: [
    'name',
    'resource_group_name',
    'location',
    { path: 'sku_name', when: (before, after) => isSecondVersion(before) !== isSecondVersion(after) },
    {
      path: 'virtual_network_type',
      when: (before, after) => before !== 'None' || (after !== 'Internal' && after !== 'External'),
    },
    { path: 'virtual_network_configuration.subnet_id', when: (before) => before !== null && before !== '' },
  ],
  providerDefaults: {
    client_certificate_enabled: false,
    gateway_disabled: false,
    public_network_access_enabled: true,
    virtual_network_type: 'None',
    'additional_location.gateway_disabled': false,
  },
  validate: (config) => [
    ...serviceName('name', config.name),
    ...matching(config.sku_name, SKU, 'invalid value for sku_name (This is not a valid Api Management sku name.)'),
    ...matching(config.publisher_name, /^.{1,100}$/, '"publisher_name" may only be up to 100 characters in length'),
    ...matching(config.publisher_email, /^\S{1,100}$/, '"publisher_email" may only be up to 100 characters in length'),
  ],
  refusePlan: ({ sku_name, certificate }) =>
    isSecondVersion(sku_name ?? null) && asBlocks(certificate).length > 0
      ? [
          `\`certificate\` cannot be set when V2 SKU is used (\`sku_name\` is \`${sku_name}\`). Please use \`azurerm_api_management_certificate\` instead`,
        ]
      : [],
  azureAnswers: (sent, azure) => ({
    gateway_url: `https://${sent.name}.azure-api.net`,
    gateway_regional_url: `https://${sent.name}-${sent.location}-01.regional.azure-api.net`,
    management_api_url: `https://${sent.name}.management.azure-api.net`,
    portal_url: `https://${sent.name}.portal.azure-api.net`,
    developer_portal_url: `https://${sent.name}.developer.azure-api.net`,
    scm_url: `https://${sent.name}.scm.azure-api.net`,
    notification_sender_email: given(sent.notification_sender_email) ?? 'apimgmt-noreply@mail.windowsazure.com',
    identity: asBlocks(sent.identity).map((identity) => ({
      ...identity,
      tenant_id: azure.tenant,
      principal_id: String(identity.type).includes('SystemAssigned') ? stableGuid(`${sent.name}/principal`) : '',
    })),
  }),
};

/** The service that something is part of. @throws AzureError when it does not exist */
export function serviceOf(part: ValueObject, azure: AzureStore): ValueObject {
  const id = given(part.api_management_id) ?? armId(SERVICE_ID, part, azure.subscription);
  const found = azure.find('azurerm_api_management', id);
  if (found === undefined) {
    throw parentResourceNotFound(id);
  }
  return found;
}

/** @throws AzureError when the service has no API of that name */
export function demandApi(part: ValueObject, azure: AzureStore): void {
  const service = serviceOf(part, azure);
  const found = azure
    .all('azurerm_api_management_api')
    .some((api) => isPartOf(service, api) && api.name === part.api_name);
  if (!found) {
    throw new AzureError(404, 'ResourceNotFound', 'API not found.');
  }
}

/** @throws AzureError when the service has no API, or the API no operation, of that name */
export function demandOperation(part: ValueObject, azure: AzureStore): void {
  demandApi(part, azure);
  const service = serviceOf(part, azure);
  const found = azure
    .all('azurerm_api_management_api_operation')
    .some(
      (operation) =>
        isPartOf(service, operation) &&
        operation.api_name === part.api_name &&
        operation.operation_id === part.operation_id,
    );
  if (!found) {
    throw new AzureError(404, 'ResourceNotFound', 'Operation not found.');
  }
}

export function isPartOf(service: ValueObject, part: ValueObject): boolean {
  return String(part.id)
    .toLowerCase()
    .startsWith(`${String(service.id).toLowerCase()}/`);
}

export function serviceName(attribute: string, value: Value | undefined): string[] {
  return matching(
    value,
    SERVICE_NAME,
    `"${attribute}" may only contain alphanumeric characters and dashes up to 50 characters in length`,
  );
}

export function childName(attribute: string, value: Value | undefined): string[] {
  return matching(
    value,
    CHILD_NAME,
    `"${attribute}" may only contain alphanumeric characters, underscores and dashes up to 80 characters in length`,
  );
}

export function apiName(attribute: string, value: Value | undefined): string[] {
  return matching(
    value,
    API_NAME,
    `"${attribute}" may only be up to 256 characters in length and not include the characters \`*\`, \`#\`, \`&\` or \`+\``,
  );
}

/** A computed attribute that the configuration left out is still unknown when Azure answers. */
export function given(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isSecondVersion(sku: Value): boolean {
  return String(sku).includes('V2');
}
