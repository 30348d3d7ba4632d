import { notResourceId } from '../accounts/resource-id';
import { quoted } from '../contracts/printable';
import { INDEX_NAME, RELEASE_NAME } from '../contracts/release-words';
import { MOST_INDEX_DIMENSIONS } from '../releases/index-dimensions';

/** Errors of environments, registries, manifest stores and knowledge APIs. */

export function resourceGroupInvalid(path: string, name: unknown): Error {
  return new Error(
    `resourceGroupName ${quoted(name)} of ${path} is not valid: it has 1 to 90 letters, digits, '.', '_', '-', '(' and ')', and does not end with '.'; respell it`,
  );
}

export function locationMissing(path: string): Error {
  return new Error(`${path} has no location: pass the Azure region as location, for instance 'swedencentral'`);
}

export function environmentNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `environmentName ${quoted(name)} of ${path} is not valid: it has 2 to 59 lower-case letters, digits and '-', starts with a letter and ends with a letter or digit; ` +
      'respell it, or leave it out to have it derived',
  );
}

export function environmentIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'environmentId', id, path },
    'a Container Apps environment',
    'Microsoft.App/managedEnvironments/<name>',
  );
}

export function subnetIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'subnetId', id, path },
    'a subnet',
    'Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>',
  );
}

export function subnetMissing(path: string, option: string): Error {
  return new Error(`${option} of ${path} needs a subnet of your own; pass subnetId`);
}

export function workspaceIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'logAnalyticsWorkspaceId', id, path },
    'a Log Analytics workspace',
    'Microsoft.OperationalInsights/workspaces/<name>',
  );
}

export function retentionInvalid(path: string, days: unknown): Error {
  return new Error(`logRetentionDays ${quoted(days)} of ${path} is not valid: write a whole number from 30 to 730`);
}

export function retentionWithoutWorkspace(path: string): Error {
  return new Error(
    `logRetentionDays of ${path} has no effect on a workspace that is brought; leave it out, or leave out logAnalyticsWorkspaceId`,
  );
}

export function profileInvalid(path: string, name: unknown, type: unknown): Error {
  return new Error(
    `workloadProfile of ${path} (name ${quoted(name)}, profileType ${quoted(type)}) is not valid: give it a name other than 'Consumption' and a type ` +
      "such as 'D4' or 'E8'; the Consumption profile is always there",
  );
}

export function profileCountsInvalid(path: string, minimum: unknown, maximum: unknown): Error {
  return new Error(
    `workloadProfile of ${path} has minimumCount ${quoted(minimum)} and maximumCount ${quoted(maximum)}: ` +
      'write whole numbers from 0 to 100, the maximum at least 1 and no less than the minimum',
  );
}

export function destinationInvalid(path: string, destination: unknown): Error {
  return new Error(
    `allowed destination ${quoted(destination)} of ${path} is not valid: write an IPv4 block of /8 to /32 ('203.0.113.0/24') or a service tag ` +
      "('CognitiveServicesManagement'); the whole internet cannot be one",
  );
}

export function destinationsTooMany(path: string, count: number, most: number): Error {
  return new Error(`${path} allows ${count} destinations, and ${most} are the most; join some of them`);
}

export function registryNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `registryName ${quoted(name)} of ${path} is not valid: it has 5 to 50 letters and digits; respell it, or leave it out to have it derived`,
  );
}

export function registryIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'registryId', id, path },
    'a container registry',
    'Microsoft.ContainerRegistry/registries/<name>',
  );
}

export function loginServerInvalid(path: string, server: unknown): Error {
  return new Error(
    `loginServer ${quoted(server)} of ${path} is not valid: write the host alone, for instance 'contoso.azurecr.io'`,
  );
}

export function premiumNeeded(path: string, option: string): Error {
  return new Error(`${option} of ${path} is offered by ImageRegistrySku.PREMIUM alone; set sku`);
}

export function principalIdMalformed(path: string, principalId: unknown): Error {
  return new Error(
    `principal ${quoted(principalId)} given access to ${path} is not an object id: pass the object id of the identity, ` +
      'for instance principalId of a managed identity (not its resource id)',
  );
}

export function storageAccountIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'storageAccountId', id, path },
    'a storage account',
    'Microsoft.Storage/storageAccounts/<name>',
  );
}

export function containerNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `containerName ${quoted(name)} of ${path} is not valid: it has 3 to 63 lower-case letters, digits and single dashes, and starts and ends with a letter or digit`,
  );
}

export function searchServiceIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'searchServiceId', id, path },
    'a search service',
    'Microsoft.Search/searchServices/<name>',
  );
}

export function searchEndpointInvalid(path: string, endpoint: unknown): Error {
  return new Error(
    `searchEndpoint ${quoted(endpoint)} of ${path} is not valid: write 'https://<service>.search.windows.net' without a path`,
  );
}

export function apiNameInvalid(path: string, name: unknown): Error {
  return new Error(`apiName ${quoted(name)} of ${path} is not valid: it has ${RELEASE_NAME.allowed}`);
}

export function indexInvalid(path: string, index: unknown): Error {
  return new Error(
    `index ${quoted(index)} of ${path} is not the name of a search index as text: it has ${INDEX_NAME.allowed}`,
  );
}

export function embeddingModelUnknown(path: string): Error {
  return new Error(
    `the embedding model of ${path} is known only when Terraform runs; write name and version as text, or nothing can be checked`,
  );
}

export function dimensionsInvalid(path: string, dimensions: unknown): Error {
  return new Error(
    `dimensions ${quoted(dimensions)} of ${path} is not valid: write how many numbers a vector of the index has, from 1 to ${MOST_INDEX_DIMENSIONS}`,
  );
}
