import { AttributeShape } from './element-shape';
import { elementShape, whenCondition } from './element-shapes';
import { elementName, valuesOf } from './node-values';
import {
  ChooseNode,
  CorsNode,
  PolicyNode,
  PolicyValue,
  ReturnResponseNode,
  SendOneWayRequestNode,
} from './policy-document';
import { isExpression } from './policy-value';
import { PlacedNode } from './policy-walk';
import { AllowedTexts, valueProblem } from './value-problem';

/**
 * Azure Monitor keeps ten dimensions a metric, five of which API Management fills itself: "Limits for custom metrics" in
 * https://learn.microsoft.com/azure/api-management/llm-emit-token-metric-policy.
 */
const MOST_DIMENSIONS = 5;

/** Policies that send a request of their own. */
const REQUESTS: readonly string[] = ['send-request', 'send-one-way-request'];

/** RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What is wrong with a node by itself, wherever it stands. */
export function elementProblems(placedNode: PlacedNode, allowed: AllowedTexts = {}): string[] {
  const { node, place } = placedNode;
  const problems: string[] = [];
  for (const { name, value, position, shape } of valuesOf(node)) {
    const where = position === 'attribute' ? `${place}: ${name}` : `${place}: the text of ${name}`;
    const problem = valueProblem(value, position, allowed);
    if (problem !== undefined) {
      problems.push(`${where} ${problem}`);
    } else if (shape !== undefined) {
      problems.push(...attributeProblems(where, value, shape));
    }
  }
  return [...problems, ...ownProblems(placedNode).map((problem) => `${place} ${problem}`)];
}

function attributeProblems(where: string, value: PolicyValue, shape: AttributeShape): string[] {
  if (isExpression(value)) {
    return shape.literal ? [`${where} is an expression, which API Management refuses there; write a literal`] : [];
  }
  // A Terraform interpolation: its value is not known before it is applied.
  if (value.includes('${')) {
    return [];
  }
  if (shape.values !== undefined && !shape.values.includes(value)) {
    const alternative = shape.literal ? '' : ', or an expression';
    return [`${where} is '${value}'; write ${shape.values.join(', ')}${alternative}`];
  }
  if (shape.range !== undefined) {
    const [minimum, maximum] = shape.range;
    const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= minimum && number <= maximum)) {
      return [`${where} is '${value}'; write a whole number from ${minimum} to ${maximum}`];
    }
  }
  return shape.required && value === '' ? [`${where} is empty; give it a value`] : [];
}

function ownProblems({ node, ancestors }: PlacedNode): string[] {
  switch (node.kind) {
    case 'choose':
      return chooseProblems(node);
    case 'retry':
      return node.children.length === 0 ? ['holds no policy; put into it what is to be tried again'] : [];
    case 'return-response':
      return returnResponseProblems(node);
    case 'send-one-way-request':
      return oneWayRequestProblems(node);
    case 'set-url':
      return ancestors.some((ancestor) => REQUESTS.includes(elementName(ancestor)))
        ? []
        : [`stands outside of ${REQUESTS.join(' and ')}; put it into one of them`];
    case 'set-backend-service':
      return (node.backendId === undefined) === (node.baseUrl === undefined)
        ? ['needs exactly one of backend-id and base-url']
        : [];
    case 'forward-request':
      return node.timeout !== undefined && node.timeoutMs !== undefined
        ? ['has both timeout and timeout-ms; keep one']
        : [];
    case 'set-header':
      return [...headerNameProblems(node.name), ...valuesProblems(node.existsAction, node.values)];
    case 'set-query-parameter':
      return valuesProblems(node.existsAction, node.values);
    case 'set-body':
      return node.template === 'liquid' && ancestors.some((ancestor) => ancestor.kind === 'return-response')
        ? ['is a liquid template in return-response, where it renders nothing; use an expression']
        : [];
    case 'emit-metric':
    case 'llm-emit-token-metric':
    case 'azure-openai-emit-token-metric':
      return node.dimensions.length > MOST_DIMENSIONS
        ? [`has ${node.dimensions.length} dimensions, Azure Monitor keeps ${MOST_DIMENSIONS}; remove the rest`]
        : [];
    case 'llm-token-limit':
    case 'azure-openai-token-limit':
      return (node.tokenQuota === undefined) !== (node.tokenQuotaPeriod === undefined) ||
        (node.tokensPerMinute === undefined && node.tokenQuota === undefined)
        ? ['needs tokens-per-minute, or token-quota together with token-quota-period, or all three']
        : [];
    case 'cors':
      return corsProblems(node);
    case 'other':
      return misfitProblems(node);
    default:
      return [];
  }
}

/** https://learn.microsoft.com/azure/api-management/cors-policy; browsers refuse credentials for any origin (Fetch, "CORS check"). */
function corsProblems(node: CorsNode): string[] {
  const any = node.allowedOrigins.includes('*');
  if (node.allowedOrigins.length === 0) {
    return ['allows no origin; name one in <allowed-origins>'];
  }
  if (any && node.allowedOrigins.length > 1) {
    return ["allows '*' and other origins; keep one of both"];
  }
  return any && node.allowCredentials === 'true'
    ? ["allows credentials to '*', which browsers refuse; name the origins"]
    : [];
}

function chooseProblems(node: ChooseNode): string[] {
  const conditions = node.whens.flatMap((when, index) => {
    const where = `when[${index}]: condition`;
    const problem = valueProblem(when.condition, 'attribute');
    return problem === undefined ? attributeProblems(where, when.condition, whenCondition) : [`${where} ${problem}`];
  });
  return node.whens.length === 0 ? ['has no <when>; give it one at least'] : conditions;
}

/** Order by the schema of `return-response`; other elements are refused. */
function returnResponseProblems(node: ReturnResponseNode): string[] {
  const order = ['set-status', 'set-header', 'set-body'];
  const names = node.children.map(elementName);
  const stranger = names.find((name) => !order.includes(name));
  if (stranger !== undefined) {
    return [`holds <${stranger}>; it takes set-status, set-header and set-body only`];
  }
  const repeated = ['set-status', 'set-body'].find((name) => names.filter((other) => other === name).length > 1);
  if (repeated !== undefined) {
    return [`holds <${repeated}> more than once; keep one`];
  }
  return inOrder(names, order)
    ? []
    : [`holds ${names.join(', ')}; write set-status first, then each set-header, then set-body`];
}

/** https://learn.microsoft.com/azure/api-management/send-one-way-request-policy */
function oneWayRequestProblems({ mode, children }: SendOneWayRequestNode): string[] {
  const order = ['set-url', 'set-method', 'set-header', 'set-body', 'authentication-certificate', 'proxy'];
  const names = children.map(elementName).filter((name) => name !== 'authentication-managed-identity');
  const stranger = names.find((name) => !order.includes(name));
  if (stranger !== undefined) {
    return [`holds <${stranger}>; it takes ${order.join(', ')} and authentication-managed-identity only`];
  }
  if (!names.includes('set-url') && mode !== 'copy') {
    return ["has no <set-url>; give it one, or mode 'copy'"];
  }
  return inOrder(names, order) ? [] : [`holds ${names.join(', ')}; write them in the order ${order.join(', ')}`];
}

function inOrder(names: readonly string[], order: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || order.indexOf(names[index - 1]!) <= order.indexOf(name));
}

function headerNameProblems(name: PolicyValue): string[] {
  return isExpression(name) || name.includes('${') || HEADER_NAME.test(name)
    ? []
    : [`has the name ${JSON.stringify(name)}, which is no header name; use letters, digits and - only`];
}

function valuesProblems(existsAction: PolicyValue | undefined, values: readonly PolicyValue[]): string[] {
  if (existsAction === 'delete') {
    return values.length === 0 ? [] : ['deletes and has a value; remove the value'];
  }
  return values.length === 0 && (existsAction === undefined || !isExpression(existsAction))
    ? ["has no value; give it one, or exists-action 'delete'"]
    : [];
}

/** A typed element that was kept as `other` has an attribute too many or too few, or the wrong content. */
function misfitProblems(node: Extract<PolicyNode, { kind: 'other' }>): string[] {
  if (node.name === 'choose') {
    return ['has not the shape of choose: one or more <when condition="…">, then at most one <otherwise>'];
  }
  const shape = elementShape(node.name);
  if (shape === undefined) {
    return [];
  }
  const given = node.attributes.map(({ name }) => name);
  const unknown = given.filter((name) => !shape.attributes.some((attribute) => attribute.name === name));
  const missing = shape.attributes.filter(({ name, required }) => required && !given.includes(name));
  const problems = [
    ...unknown.map((name) => `has the attribute ${name}, which is not among ${list(shape.attributes)}`),
    ...missing.map(({ name }) => `has no attribute ${name}; add it`),
  ];
  return problems.length > 0 ? problems : [`has content that ${node.name} does not take`];
}

function list(attributes: readonly AttributeShape[]): string {
  return attributes.map(({ name }) => name).join(', ');
}
