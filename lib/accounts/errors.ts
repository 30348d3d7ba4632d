import { CapacityRule, CapacityUnit } from '../catalog/deployment-types';
import { quoted } from '../contracts/printable';

const WORD = "starts with a letter or digit and goes on with letters, digits, '.', '_' and '-'";

export function modelNameMalformed(name: unknown): Error {
  return new Error(
    `model name ${quoted(name)} is not valid: it ${WORD}; write it as the model list gives it, for instance 'gpt-5.1'`,
  );
}

export function modelFormatMalformed(format: unknown): Error {
  return new Error(
    `model format ${quoted(format)} is not valid: it starts with a letter or digit and goes on with letters, digits, spaces, '.', '_' and '-'; ` +
      "write it as the model list gives it, for instance 'OpenAI'",
  );
}

export function modelVersionMalformed(name: string, version: unknown): Error {
  return new Error(
    `version ${quoted(version)} of model ${quoted(name)} is not valid: it ${WORD}; write it as the model list gives it, for instance '2025-11-13'`,
  );
}

export function modelVersionFloating(name: string, version: string): Error {
  return new Error(
    `version ${quoted(version)} of model ${quoted(name)} names no version: a deployment is pinned to one exact version; ` +
      "write it as the model list gives it, for instance '2025-11-13'",
  );
}

export function modelKeyMalformed(text: unknown): Error {
  return new Error(
    `${quoted(text)} is not a model key: write name@version, for instance 'gpt-5.1@2025-11-13', or use ModelVersion.of(format, name, version)`,
  );
}

export function deploymentTypeUnknown(name: unknown, allowed: readonly string[]): Error {
  return new Error(
    `deployment type ${quoted(name)} is not one that the azurerm provider accepts; choose one of ${allowed.join(', ')}`,
  );
}

const UNIT_NAMES: Readonly<Record<CapacityUnit, string>> = {
  'rate-limit-units': "units of the model's rate limit",
  'provisioned-throughput-units': 'provisioned throughput units (PTU)',
  'enqueued-thousand-tokens': 'thousands of enqueued tokens',
};

export function capacityNotAllowed(type: string, capacity: unknown, rule: CapacityRule, model?: string): Error {
  const steps = rule.step === 1 ? 'whole numbers' : `steps of ${rule.step}`;
  return new Error(
    `capacity ${quoted(capacity)} of ${type}${model === undefined ? '' : ` for ${model}`} is not allowed: ` +
      `it counts ${UNIT_NAMES[rule.unit]}, at least ${rule.minimum} in ${steps}; write ${nearestCapacities(rule, capacity)}`,
  );
}

function nearestCapacities(rule: CapacityRule, capacity: unknown): string {
  const most = Number.MAX_SAFE_INTEGER - rule.step;
  if (typeof capacity !== 'number' || !(capacity > rule.minimum) || capacity > most) {
    return String(rule.minimum);
  }
  const below = rule.minimum + Math.floor((capacity - rule.minimum) / rule.step) * rule.step;
  return `${below} or ${below + rule.step}`;
}

export function deploymentNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `deploymentName ${quoted(name)} of ${path} is not valid: it has 2 to 64 characters, ${WORD}; ` +
      'shorten or respell it, or leave it out to have it derived from model, version and SKU',
  );
}

export function deploymentNameNotDerivable(path: string): Error {
  return new Error(
    `the deployment name of ${path} cannot be derived: its model is known only when Terraform runs; ` +
      'write model name and version as text, or pass deploymentName',
  );
}

export function deploymentDeclaredTwice(name: string, account: string, first: string, second: string): Error {
  return new Error(
    `deployment ${quoted(name)} of account ${account} is declared twice, by ${first} and by ${second}; ` +
      'remove one of them (raise the capacity of the other if you need more), or give one another deploymentName',
  );
}

export function formatNotServed(path: string, format: string): Error {
  return new Error(
    `${path} deploys a model of format ${quoted(format)} on an account of kind OpenAI, which serves format 'OpenAI' alone; ` +
      'use an account of kind ModelAccountKind.AI_SERVICES',
  );
}

export function deploymentIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `deploymentId ${quoted(id)} of ${path} is not the resource id of a deployment; write it as text: ` +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.CognitiveServices/accounts/<account>/deployments/<deployment>'",
  );
}

export function deploymentOfOtherAccount(path: string, id: string, accountPath: string): Error {
  return new Error(
    `deploymentId ${quoted(id)} of ${path} does not lie in the account of ${accountPath}; pass the account that the id names`,
  );
}

export function accountIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `account id ${quoted(id)} of ${path} is not the resource id of a Cognitive Services account; write ` +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.CognitiveServices/accounts/<account>'",
  );
}

export function accountNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `account name ${quoted(name)} of ${path} is not valid: it has 2 to 64 letters, digits and '-', and starts and ends with a letter or digit; respell it`,
  );
}

export function subdomainInvalid(path: string, subdomain: unknown): Error {
  return new Error(
    `custom subdomain ${quoted(subdomain)} of ${path} is not valid: it has 2 to 63 lower-case letters, digits and '-', and starts and ends with a letter or digit; ` +
      'pass customSubdomainName (it has to be unique in all of Azure)',
  );
}

export function subdomainUnknown(path: string, accountName: string): Error {
  return new Error(
    `openAiEndpoint of ${path} is not known: the account name ${quoted(accountName)} cannot be its custom subdomain; ` +
      'pass customSubdomainName',
  );
}

export function endpointSuffixInvalid(path: string, suffix: unknown): Error {
  return new Error(
    `openAiEndpointSuffix ${quoted(suffix)} of ${path} is not valid: it is a domain name in lower case, without protocol, ` +
      "leading dot and path; write 'openai.azure.com' (public cloud) or 'openai.azure.us' (Azure Government)",
  );
}

export function resourceGroupNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `resource group name ${quoted(name)} of ${path} is not valid: it has 1 to 90 letters, digits, '.', '_', '-', '(' and ')', and does not end with '.'; respell it`,
  );
}

export function locationMissing(path: string): Error {
  return new Error(`${path} has no location: pass the Azure region as location, for instance 'swedencentral'`);
}

export function ipRangeInvalid(path: string, range: unknown): Error {
  return new Error(
    `allowed address range ${quoted(range)} of ${path} is not valid: write a public IPv4 address ('203.0.113.7') or a block of /1 to /30 ('203.0.113.0/24'); ` +
      'to admit everyone set allowAllNetworks',
  );
}

export function allowListWithoutEffect(path: string): Error {
  return new Error(
    `${path} has allowAllNetworks and an allow-list, which then has no effect; remove allowAllNetworks, or allowedIpRanges and allowedSubnetIds`,
  );
}

export function identityMissing(path: string, need: string): Error {
  return new Error(
    `${path} has no managed identity and needs one for ${need}; leave out systemAssignedIdentity: false`,
  );
}

export function projectsNeedAiServices(path: string): Error {
  return new Error(
    `${path} has projectManagementEnabled on an account of kind OpenAI; projects need kind ModelAccountKind.AI_SERVICES`,
  );
}

export function keyVaultMissing(path: string): Error {
  return new Error(
    `customerManagedKey of ${path} names neither an identity nor a vault; pass identityClientId of a user-assigned identity that may use the key, ` +
      'or keyVaultId so that the system-assigned identity is given access to it',
  );
}

export function keyIdentityNotAssigned(path: string): Error {
  return new Error(
    `customerManagedKey of ${path} has identityClientId but the account has no user-assigned identity; pass userAssignedIdentityIds`,
  );
}

export function raiPolicyNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `RAI policy name ${quoted(name)} of ${path} is not valid: it has 1 to 64 characters, ${WORD}; pass another name`,
  );
}

export function contentFiltersMissing(path: string): Error {
  return new Error(`${path} has no content filters; list at least one, for instance 'Hate' for prompts`);
}

export function contentFilterListedTwice(path: string, name: string, source: string): Error {
  return new Error(`${path} lists the content filter ${quoted(name)} for source ${source} twice; remove one`);
}

export function privateEndpointNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `private endpoint name ${quoted(name)} of ${path} is not valid: it has 2 to 64 letters, digits, '.', '_' and '-', ` +
      "starts with a letter or digit and ends with a letter, digit or '_'; pass another name",
  );
}

export function principalIdMalformed(path: string, principalId: unknown): Error {
  return new Error(
    `principal ${quoted(principalId)} given access to ${path} is not an object id: pass the object id of the identity, ` +
      'for instance principalId of a managed identity (not its resource id)',
  );
}
