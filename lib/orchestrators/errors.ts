import { notResourceId } from '../accounts/resource-id';
import { quoted } from '../contracts/printable';

/** Errors of what Container Apps of releases and knowledge APIs have in common. */

export function identityIdMalformed(path: string, id: unknown): Error {
  return notResourceId(
    { property: 'identity.identityId', id, path },
    'a user-assigned identity',
    'Microsoft.ManagedIdentity/userAssignedIdentities/<name>',
  );
}

export function identityGuidMalformed(path: string, property: string, value: unknown): Error {
  return new Error(
    `identity.${property} ${quoted(value)} of ${path} is not a GUID; pass ${property} of the user-assigned identity`,
  );
}

export function partInvalid(path: string, property: string, given: unknown, advice: string): Error {
  return new Error(`${property} ${quoted(given)} of ${path} is not valid: ${advice}`);
}

export function mostReplicasInvalid(path: string, value: number, least: number, most: number): Error {
  return new Error(
    `scale.maxReplicas ${value} of ${path} is less than scale.minReplicas ${least}: write a whole number from ${least} to ${most}, or lower scale.minReplicas`,
  );
}

export function numberInvalid(path: string, property: string, value: unknown, least: number, most: number): Error {
  return new Error(
    `${property} ${quoted(value)} of ${path} is not valid: write a whole number from ${least} to ${most}`,
  );
}

export function sizeInvalid(
  path: string,
  cpu: unknown,
  memoryGib: unknown,
  profile: string,
  mostCores: number,
  isConsumption: boolean,
): Error {
  const memory = isConsumption ? 'memoryGib is twice the cores, so leave it out' : 'memoryGib goes in steps of 0.25';
  return new Error(
    `size of ${path} (cpu ${quoted(cpu)}, memoryGib ${quoted(memoryGib)}) is not offered on workload profile ${quoted(profile)}: ` +
      `cpu goes from 0.25 to ${mostCores} in steps of 0.25, and ${memory}`,
  );
}

export function workloadProfileNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `workloadProfileName ${quoted(name)} of ${path} is not valid: write the name of a workload profile of the environment, for instance 'Consumption'`,
  );
}

export function secretIdMalformed(path: string, variable: unknown, id: unknown): Error {
  return new Error(
    `keyVaultSecretId ${quoted(id)} of secret ${quoted(variable)} of ${path} is not the id of a secret in Key Vault; ` +
      "write 'https://<vault>.vault.azure.net/secrets/<name>' (a secret's value does not belong in a configuration)",
  );
}

export function keyVaultIdMalformed(path: string, variable: unknown, id: unknown): Error {
  return new Error(
    `keyVaultId ${quoted(id)} of secret ${quoted(variable)} of ${path} is not the resource id of a key vault; write ` +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>' (not the vault's URL)",
  );
}

export function imageNotByDigest(path: string, image: unknown): Error {
  return new Error(
    `image ${quoted(image)} of ${path} is not named by its digest; write '[host/]repository@sha256:<64 hex digits>' as text, ` +
      'because a tag can be moved to another image',
  );
}

export function registryMissing(path: string, image: string): Error {
  return new Error(
    `image ${quoted(image)} of ${path} names no host and there is no registry; pass registry, or write the host in front of the image`,
  );
}

export function imageOfOtherRegistry(path: string, image: string, server: string): Error {
  return new Error(
    `image ${quoted(image)} of ${path} names another host than its registry ${quoted(server)}; ` +
      'leave out the host, or pass the registry that the image lies in, or none if it is public',
  );
}

export function appDeclaredTwice(name: string, first: string, second: string): Error {
  return new Error(
    `Container App ${quoted(name)} is declared twice in one environment, by ${first} and by ${second}; ` +
      'remove one of them (a release runs once in an environment; scale it if one is not enough), or use another environment',
  );
}

export function variableNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `environment variable ${quoted(name)} of ${path} is not valid: its name has letters, digits and '_' and does not start with a digit; respell it`,
  );
}

export function variableReserved(path: string, name: string): Error {
  return new Error(
    `environment variable ${quoted(name)} of ${path} is reserved: the library or Container Apps sets it; choose another name`,
  );
}

export function variableNotText(path: string, name: string): Error {
  return new Error(
    `environment variable ${quoted(name)} of ${path} is not text that is known now; write it out so that a review shows it, ` +
      'or keep it in Key Vault and pass it in secrets',
  );
}

export function variableGivenTwice(path: string, name: string): Error {
  return new Error(
    `environment variable ${quoted(name)} of ${path} is given twice; remove one of environmentVariables and secrets, or rename a role of the release`,
  );
}

export function variablesDifferInCase(path: string, first: string, second: string): Error {
  return new Error(
    `environment variables ${quoted(first)} and ${quoted(second)} of ${path} differ in case alone; remove or rename one`,
  );
}

export function tagReserved(path: string, name: string): Error {
  return new Error(`tag ${quoted(name)} of ${path} is reserved: it says what runs; choose another name`);
}

export function tagValueTooLong(path: string, name: string, length: number): Error {
  return new Error(
    `tag ${quoted(name)} of ${path} has ${length} characters; Azure takes at most 256: shorten it, for instance to a link`,
  );
}
