import { TerraformStack } from 'cdktf';
import { synthesised, Values } from '../../support/synthesised';

/** The synthesised policy of one of the APIs of the only gateway in a stack. */
export function policyOf(stack: TerraformStack, surface: 'dated' | 'v1'): string {
  return only(stack, 'azurerm_api_management_api_policy', ({ api_name }) =>
    String(api_name).includes(`_${surface}_Api_`),
  );
}

/** The synthesised policy of an operation, by its id. */
export function operationPolicyOf(stack: TerraformStack, operationId: string): string {
  return only(stack, 'azurerm_api_management_api_operation_policy', ({ operation_id }) =>
    String(operation_id).includes(`_Operation-${operationId}_`),
  );
}

/** The row of a route in a policy, and every other text that the policy sets `row` to. */
export function rowsOf(policy: string): string[] {
  return [...policy.matchAll(/<set-variable name="row" value="(?!@)([^"]*)" \/>/g)].map((match) => match[1]!);
}

function only(stack: TerraformStack, type: string, matches: (values: Values) => boolean): string {
  const found = Object.values(synthesised(stack).resource[type] ?? {}).filter(matches);
  if (found.length !== 1) {
    throw new Error(`${found.length} resources of type ${type} match, not one`);
  }
  return String(found[0]!.xml_content);
}
