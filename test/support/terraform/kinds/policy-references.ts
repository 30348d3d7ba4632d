import { policyRefused, usedByPolicies } from '../azure-error';
import { armId } from '../paths';
import { mentionedBackends, mentionedFragments, mentionedNamedValues, PolicyMention } from '../policy-text';
import { AzureStore } from '../resource-kind';
import { ValueObject } from '../value-encoding';
import { isPartOf } from './api-management-service';

const KIBIBYTE = 1024;

/**
 * 256 KiB, 16 KiB in the Consumption tier, https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#api-management-limits.
 * That bytes of UTF-8 count is an assumption.
 */
export function refuseTooLarge(policy: string, { sku_name }: ValueObject): void {
  const limit = (String(sku_name).startsWith('Consumption') ? 16 : 256) * KIBIBYTE;
  const size = Buffer.byteLength(policy, 'utf8');
  if (size > limit) {
    throw policyRefused(`The policy document has ${size} bytes, and ${limit} are allowed.`);
  }
}

/**
 * API Management looks literal names up when a policy is saved; what an expression picks it cannot know.
 * Backends: https://github.com/Azure/apiops/issues/565, fragments: https://github.com/Azure/apiops/issues/668,
 * named values: https://github.com/hashicorp/terraform-provider-azurerm/issues/5001.
 */
export function refuseMissingReferences(policy: string, service: ValueObject, azure: AzureStore): void {
  const exists = (type: string, folder: string, name: string) =>
    azure.find(type, armId(`{id}/${folder}/${name}`, service, azure.subscription)) !== undefined;
  const refuse = ({ element, line, column }: PolicyMention, problem: string) => {
    throw policyRefused(`Error in element '${element}' on line ${line}, column ${column}: ${problem}`);
  };
  for (const mention of mentionedNamedValues(policy)) {
    if (!namedValueExists(mention.name, service, azure)) {
      refuse(mention, `Cannot find a property '${mention.name}'`);
    }
  }
  for (const mention of mentionedFragments(policy)) {
    if (!exists('azurerm_api_management_policy_fragment', 'policyFragments', mention.name)) {
      refuse(mention, `Policy fragment with id '${mention.name}' could not be found.`);
    }
  }
  for (const mention of mentionedBackends(policy)) {
    if (!exists('azurerm_api_management_backend', 'backends', mention.name)) {
      refuse(mention, `Backend with id '${mention.name}' could not be found.`);
    }
  }
}

/** https://github.com/Azure/apiops/issues/737 */
export function refuseMissingProperties({ credentials }: ValueObject, service: ValueObject, azure: AzureStore): void {
  for (const { name } of mentionedNamedValues(JSON.stringify(credentials ?? null))) {
    if (!namedValueExists(name, service, azure)) {
      throw policyRefused(`Property '${name}' not found.`);
    }
  }
}

/** Refuses to delete what a saved policy, a fragment or the credentials of a backend name. */
export function refuseWhileUsed(
  what: 'Policy Fragment' | 'Backend' | 'Named Value',
  name: string,
  used: ValueObject,
  azure: AzureStore,
): void {
  const mentioned = {
    'Policy Fragment': mentionedFragments,
    Backend: mentionedBackends,
    'Named Value': mentionedNamedValues,
  }[what];
  const service = { id: String(used.id).split('/').slice(0, 9).join('/') };
  const texts = [
    ...azure
      .all('azurerm_api_management_api_policy')
      .map((each) => ({ each, text: each.xml_content, user: `/apis/${each.api_name}/policies/policy` })),
    ...azure.all('azurerm_api_management_api_operation_policy').map((each) => ({
      each,
      text: each.xml_content,
      user: `/apis/${each.api_name}/operations/${each.operation_id}/policies/policy`,
    })),
    ...azure
      .all('azurerm_api_management_policy_fragment')
      .map((each) => ({ each, text: each.value, user: `/policyFragments/${each.name}` })),
    ...azure
      .all('azurerm_api_management_backend')
      .map((each) => ({ each, text: JSON.stringify(each.credentials ?? null), user: `/backends/${each.name}` })),
  ];
  const users = texts
    .filter(({ each }) => isPartOf(service, each))
    .filter(({ text }) => mentioned(String(text)).some((mention) => mention.name.toLowerCase() === name.toLowerCase()))
    .map(({ user }) => user);
  if (users.length > 0) {
    throw usedByPolicies(what, name, users);
  }
}

/** Policies name it by its display name. */
function namedValueExists(name: string, service: ValueObject, azure: AzureStore): boolean {
  return azure
    .all('azurerm_api_management_named_value')
    .some((each) => isPartOf(service, each) && each.display_name === name);
}
