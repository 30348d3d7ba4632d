import { quoted } from '../contracts/printable';
import type { ExceededLimit } from './policy-limits';

const SCOPES =
  "'/subscriptions/<id>', '/subscriptions/<id>/resourceGroups/<name>', '/providers/Microsoft.Management/managementGroups/<name>' or the id of a resource";

export function policyNameInvalid(path: string, name: unknown, longest: number): Error {
  return new Error(`policy name ${quoted(name)} of ${path} is not valid: it ${policyNameRule(longest)}; pass name`);
}

export function assignmentNameInvalid(path: string, name: unknown, longest: number): Error {
  return new Error(`assignment name ${quoted(name)} of ${path} is not valid: it ${policyNameRule(longest)}; pass name`);
}

function policyNameRule(longest: number): string {
  return `has 1 to ${longest} characters, none of < > * % & : \\ ? . + / # and no control characters, and does not end with a blank`;
}

export function effectUnknown(path: string, property: string, effect: unknown, allowed: string): Error {
  return new Error(
    `${property} ${quoted(effect)} of ${path} is not an effect of this policy; choose one of ${allowed}`,
  );
}

export function allowedModelsMissing(path: string): Error {
  return new Error(
    `allowedModels of ${path} names no model, so that nothing could be deployed; list at least one, ` +
      'or leave it out to allow every model that is not retired',
  );
}

export function allowedModelUnresolved(path: string, index: number): Error {
  return new Error(
    `allowedModels[${index}] of ${path} is known only when Terraform runs, and the rule is made before; ` +
      "write format, name and version as text, for instance ModelVersion.openAi('gpt-5.1', '2025-11-13')",
  );
}

export function policyTooLarge(path: string, { what, count, most }: ExceededLimit): Error {
  return new Error(
    `the policy of ${path} has ${count} ${what} and Azure takes at most ${most} in one definition; ` +
      'give the guard a catalogue with fewer retired models, or fewer allowedModels',
  );
}

export function policyInSubscription(path: string): Error {
  return new Error(
    `${path} cannot be assigned to a management group, because a subscription holds its definitions; ` +
      'pass the id of that management group, or of one above it, as managementGroupId of the policy',
  );
}

export function subscriptionIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `subscriptionId ${quoted(id)} of ${path} is not the resource id of a subscription; write '/subscriptions/<id>', ` +
      'where <id> is a GUID',
  );
}

export function resourceGroupIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `resourceGroupId ${quoted(id)} of ${path} is not the resource id of a resource group; write ` +
      "'/subscriptions/<id>/resourceGroups/<name>', where <id> is a GUID",
  );
}

export function managementGroupIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `managementGroupId ${quoted(id)} of ${path} is not the resource id of a management group; write ` +
      "'/providers/Microsoft.Management/managementGroups/<name>'",
  );
}

export function notScopeMalformed(path: string, id: unknown): Error {
  return new Error(`${quoted(id)} in notScopes of ${path} is not the resource id of a scope; write ${SCOPES}`);
}

export function tooManyNotScopes(path: string, count: number, most: number): Error {
  return new Error(
    `notScopes of ${path} has ${count} entries and Azure takes at most ${most}; leave out a scope above several of them`,
  );
}

export function alertNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `alert name ${quoted(name)} of ${path} is not valid: it has 1 to 260 characters, none of < > * % { } & : \\ ? + / # and no ` +
      "control characters, and does not end with a blank or '.'; pass name",
  );
}

export function shortNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `shortName ${quoted(name)} of ${path} is not valid: it has 1 to 12 characters; it stands in messages and texts to phones`,
  );
}

export function resourceGroupInvalid(path: string, name: unknown): Error {
  return new Error(
    `resourceGroupName ${quoted(name)} of ${path} is not valid: it has 1 to 90 letters, digits, '.', '_', '-', '(' and ')', and does not end with '.'; respell it`,
  );
}

export function alertLocationUnknown(path: string, location: unknown, allowed: readonly string[]): Error {
  return new Error(
    `location ${quoted(location)} of ${path} is none in which Azure keeps such rules; choose one of ${allowed.join(', ')}`,
  );
}

export function nobodyIsTold(path: string): Error {
  return new Error(
    `${path} tells nobody: pass emailReceivers, smsReceivers or webhookReceivers, or the ids of existing action groups as actionGroupIds`,
  );
}

export function actionGroupIdMalformed(path: string, id: unknown): Error {
  return new Error(
    `${quoted(id)} in actionGroupIds of ${path} is not the resource id of an action group; write ` +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Insights/actionGroups/<name>'",
  );
}

export function receiverInvalid(path: string, place: string, value: unknown, allowed: string): Error {
  return new Error(`${place} ${quoted(value)} of ${path} is not valid: write ${allowed}`);
}

export function receiverNamedTwice(path: string, name: string): Error {
  return new Error(
    `two receivers of ${path} are called ${quoted(name)}; a name is used once in an action group, also by receivers of other kinds: rename one`,
  );
}

export function listEmpty(path: string, property: string, meaning: string): Error {
  return new Error(`${property} of ${path} is empty; list at least one, or leave it out for ${meaning}`);
}

export function entryUnreadable(path: string, property: string, value: unknown, example: string): Error {
  return new Error(
    `${quoted(value)} in ${property} of ${path} is not valid: write it as Service Health does, for instance ${quoted(example)}`,
  );
}
