import { notResourceId } from '../accounts/resource-id';
import { quoted } from '../contracts/printable';
import { VirtualNetworkAccess } from './virtual-network-access';

export function serviceMissing(path: string, service: unknown): Error {
  return new Error(
    `service ${quoted(service)} of ${path} is no API Management service: pass an ApiManagementService, or ApiManagementService.fromServiceId(…)`,
  );
}

export function skuNameMalformed(name: unknown, families: readonly string[]): Error {
  return new Error(
    `API Management SKU ${quoted(name)} is not valid: write tier and units, for instance 'StandardV2_1' or 'Consumption_0'; ` +
      `the tiers are ${families.join(', ')}`,
  );
}

export function skuUnitsNotAllowed(family: string, units: unknown, least: number, most: number): Error {
  const allowed = least === most ? `exactly ${least}` : `a whole number from ${least} to ${most}`;
  return new Error(
    `${quoted(units)} units of API Management ${family} are not allowed: write ${allowed}, or choose another tier`,
  );
}

export function serviceNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `serviceName ${quoted(name)} of ${path} is not valid: it has 1 to 50 letters, digits and '-', starts with a letter and ends with a letter or digit; ` +
      'respell it, or leave it out to have it derived',
  );
}

export function serviceResourceGroupInvalid(path: string, name: unknown): Error {
  return new Error(
    `resource group name ${quoted(name)} of ${path} is not valid: it has 1 to 90 letters, digits, '.', '_', '-', '(' and ')', and does not end with '.'; respell it`,
  );
}

export function serviceLocationMissing(path: string): Error {
  return new Error(`${path} has no location: pass the Azure region as location, for instance 'swedencentral'`);
}

export function publisherNameInvalid(path: string, name: unknown): Error {
  return new Error(`publisherName ${quoted(name)} of ${path} is not valid: write 1 to 100 characters on one line`);
}

export function publisherEmailInvalid(path: string, address: unknown): Error {
  return new Error(
    `publisherEmail ${quoted(address)} of ${path} is not valid: write one address of at most 100 characters, for instance 'models@contoso.com'`,
  );
}

export function apiVersionMalformed(path: string, version: unknown): Error {
  return new Error(
    `minApiVersion ${quoted(version)} of ${path} is not a version of the management API: write YYYY-MM-DD, for instance '2021-08-01'`,
  );
}

export function zonesNotOffered(path: string, sku: string): Error {
  return new Error(
    `${path} has zones, which ${sku} does not offer; use ApiManagementSku.premium(), or leave out zones`,
  );
}

export function identityIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'userAssignedIdentity.identityId', id, path },
    'a user-assigned identity',
    'Microsoft.ManagedIdentity/userAssignedIdentities/<identity>',
  );
}

export function identityGuidMalformed(path: string, property: string, value: unknown): Error {
  return new Error(
    `${property} ${quoted(value)} of ${path} is not a GUID: pass clientId and principalId of a managed identity, not its resource id`,
  );
}

export function subnetIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'subnetId', id, path },
    'a subnet',
    'Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>',
  );
}

export function networkNotOffered(
  path: string,
  access: string,
  sku: string,
  offered: readonly VirtualNetworkAccess[],
): Error {
  return new Error(
    `${path} takes part in a virtual network as ${quoted(access)}, which ${sku} does not offer: ` +
      (offered.length === 0
        ? 'it has no virtual networks; use Developer, Premium, StandardV2 or PremiumV2, or leave out virtualNetwork'
        : `it has ${offered.map(quoted).join(' and ')} alone; pass that as access, or use another tier`),
  );
}

export function serviceIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'serviceId', id, path },
    'an API Management service',
    'Microsoft.ApiManagement/service/<service>',
  );
}

export function gatewayUrlInvalid(path: string, url: unknown): Error {
  return new Error(
    `gatewayUrl ${quoted(url)} of ${path} is not valid: write 'https://' and a host without path and without '/' at the end, for instance 'https://models.contoso.com'`,
  );
}

export function applicationInsightsIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'applicationInsightsId', id, path },
    'an Application Insights component',
    'Microsoft.Insights/components/<component>',
  );
}

export function connectionStringNotOnce(path: string, given: readonly string[]): Error {
  return new Error(
    `telemetry of ${path} has ${given.length === 0 ? 'no connection string' : given.join(' and ')}; ` +
      'pass either connectionString (an attribute of the Application Insights resource) or connectionStringSecretId (a secret in Key Vault)',
  );
}

export function connectionStringMalformed(path: string): Error {
  return new Error(
    `connectionString of the telemetry of ${path} is not valid: it has the form 'InstrumentationKey=<id>;IngestionEndpoint=https://<host>/;…'; ` +
      'pass connectionString of the Application Insights resource (it is not shown here because it is a secret)',
  );
}

export function secretIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `connectionStringSecretId ${quoted(id)} of ${path} is not the id of a secret in Key Vault; write 'https://<vault>.vault.azure.net/secrets/<name>'`,
  );
}

export function samplingPercentageInvalid(path: string, percentage: unknown): Error {
  return new Error(
    `samplingPercentage ${quoted(percentage)} of the telemetry of ${path} is not valid: write a number from 0 to 100`,
  );
}

export function metricsNamespaceInvalid(path: string, namespace: unknown): Error {
  return new Error(
    `tokenMetricsNamespace ${quoted(namespace)} of ${path} is not valid: write 1 to 256 letters, digits, spaces, '.', '_', '/' and '-', starting with a letter, for instance 'models'`,
  );
}

export function headerNotLoggable(path: string, header: unknown, secret: boolean): Error {
  return new Error(
    secret
      ? `${path} would log the header ${quoted(header)}, which carries a secret; choose another header name`
      : `${path} would log the header ${quoted(header)}, which is no name of a header: it has letters, digits and !#$%&'*+-.^_\`|~; respell it`,
  );
}

export function telemetryNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `the telemetry of ${path} would be named ${quoted(name)}, which API Management does not take: a name has 1 to 80 letters, digits, '_' and '-', ` +
      'and starts and ends with a letter or digit; shorten or respell the name of the gateway',
  );
}

export function productIdInvalid(path: string, id: unknown): Error {
  return new Error(
    `productId ${quoted(id)} of ${path} is not valid: it has 1 to 80 letters, digits, '_' and '-', and starts and ends with a letter or digit; respell it`,
  );
}

export function productIdTaken(path: string, id: string, other: string): Error {
  return new Error(
    `${path} and ${other} both have the productId ${quoted(id)} in one API Management service; give one of them another productId`,
  );
}

export function productDisplayNameInvalid(path: string, name: unknown): Error {
  return new Error(`displayName ${quoted(name)} of ${path} is not valid: write 1 to 300 characters on one line`);
}

export function keyVaultIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `keyVaultId ${quoted(id)} of ${path} is not the resource id of a key vault; write ` +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>' (not the vault's URL)",
  );
}

export function secretNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `secretName ${quoted(name)} of ${path} is not valid: it has 1 to 127 letters, digits and '-'; respell it, or leave it out to have it derived`,
  );
}
