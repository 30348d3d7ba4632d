import { valuesOf } from '../policy/node-values';
import { PolicyDocument, PolicyNode, PolicyValue } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { allNodes } from '../policy/policy-walk';
import { headersRead, variablesRead } from '../policy/references';

/** A header or parameter that a policy fills with a key. */
export interface KeyInPolicy {
  readonly carrier: string;
  readonly place: string;
}

/** Headers and parameters in which Azure OpenAI and API Management take keys. */
const KEY_NAMES: ReadonlySet<string> = new Set(['api-key', 'ocp-apim-subscription-key', 'subscription-key']);

const EMITTERS: ReadonlySet<PolicyNode['kind']> = new Set([
  'trace',
  'emit-metric',
  'llm-emit-token-metric',
  'azure-openai-emit-token-metric',
]);

/** Keys that a policy writes into calls from a named value or from its own text; what the caller sent is not one. */
export function keysIn(document: PolicyDocument): KeyInPolicy[] {
  return allNodes(document).flatMap(({ node, place, section, ancestors }) => {
    const isRequest = section === 'inbound' || section === 'backend';
    const isAnswer = ancestors.some(({ kind }) => kind === 'return-response');
    if ((node.kind !== 'set-header' && node.kind !== 'set-query-parameter') || !isRequest || isAnswer) {
      return [];
    }
    const name = isExpression(node.name) ? '' : node.name;
    const isKey = KEY_NAMES.has(name.toLowerCase()) || (node.kind === 'set-header' && /^authorization$/i.test(name));
    const what = node.kind === 'set-header' ? 'header' : 'query parameter';
    return isKey && node.existsAction !== 'delete' && node.values.some(isWrittenHere)
      ? [{ carrier: `the ${what} '${name}'`, place }]
      : [];
  });
}

/** Whether a `trace` or a metric of the policy holds one of the headers or variables. */
export function emits(document: PolicyDocument, headers: readonly string[], variables: readonly string[]): boolean {
  const asked = new Set([...headers.map((name) => `header ${name}`), ...variables.map((name) => `variable ${name}`)]);
  return allNodes(document).some(
    ({ node }) =>
      EMITTERS.has(node.kind) &&
      valuesOf(node).some(
        ({ value }) =>
          isExpression(value) &&
          [
            ...headersRead(value.expression).map((name) => `header ${name}`),
            ...variablesRead(value.expression).map((name) => `variable ${name}`),
          ].some((read) => asked.has(read)),
      ),
  );
}

function isWrittenHere(value: PolicyValue): boolean {
  return isExpression(value) ? value.expression.includes('{{') : value.trim() !== '';
}
