import { expandFragments } from '../../policy/expand-fragments';
import { parseExpression } from '../../policy/expressions/parse-expression';
import { Expression, ExpressionSyntax } from '../../policy/expressions/syntax';
import { isExpression, PolicyDocument, PolicyNode, PolicyValue } from '../../policy/policy-document';
import { childLists } from '../../policy/policy-walk';
import { GatewayDefinition } from '../gateway-definition';

/** What a policy does where certain texts have been compared. */
export interface PolicyBranch {
  /** The texts that some value equals there, outermost condition first; empty outside of conditions. */
  readonly compared: readonly string[];
  readonly backends: readonly string[];
  /** Literal URLs of `set-backend-service`. */
  readonly urls: readonly string[];
  /** Variables set to literal text. */
  readonly assigned: readonly { readonly name: string; readonly value: string }[];
}

/** The branches of every policy of the gateway, in the order in which they stand, fragments in their places. */
export function policyBranches(gateway: GatewayDefinition): PolicyBranch[] {
  return gatewayPolicies(gateway).flatMap((document) =>
    [document.inbound, document.backend, document.outbound, document.onError].flatMap((nodes) => branchesIn(nodes, [])),
  );
}

/** The policies of a gateway as they run. */
export function gatewayPolicies({ policy, apis, fragments }: GatewayDefinition): PolicyDocument[] {
  const own = apis.flatMap((api) => [api.policy, ...api.operations.map((operation) => operation.policy)]);
  return [policy, ...own]
    .filter((document) => document !== undefined)
    .map((document) => expandFragments(document, fragments ?? new Map()));
}

function branchesIn(nodes: readonly PolicyNode[], compared: readonly string[]): PolicyBranch[] {
  const backends: string[] = [];
  const urls: string[] = [];
  const assigned: { name: string; value: string }[] = [];
  const inner: PolicyBranch[] = [];
  for (const node of nodes) {
    if (node.kind === 'set-backend-service') {
      pushLiteral(backends, node.backendId);
      pushLiteral(urls, node.baseUrl);
    } else if (node.kind === 'set-variable' && typeof node.name === 'string') {
      const value = literalOf(node.value);
      if (value !== undefined) {
        assigned.push({ name: node.name, value });
      }
    }
    childLists(node, '').forEach((list, index) => {
      const when = node.kind === 'choose' ? node.whens[index] : undefined;
      inner.push(...branchesIn(list.nodes, [...compared, ...(when ? equalTexts(when.condition) : [])]));
    });
  }
  return [{ compared, backends, urls, assigned }, ...inner];
}

function pushLiteral(list: string[], value: PolicyValue | undefined): void {
  if (typeof value === 'string') {
    list.push(value);
  }
}

/** The text of a literal, in the policy or as the whole of an expression. */
function literalOf(value: PolicyValue): string | undefined {
  if (!isExpression(value)) {
    return value;
  }
  const body = bodyOf(value);
  return body && textOf(body);
}

/** The literals that a condition finds equal to something when it holds: each of a chain of `==` with `&&` and `||`. */
function equalTexts(condition: PolicyValue): string[] {
  const body = isExpression(condition) ? bodyOf(condition) : undefined;
  const texts: string[] = [];
  const waiting = body ? [body] : [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||')) {
      waiting.push(node.right, node.left);
    } else if (node.kind === 'binary' && node.operator === '==') {
      texts.push(...[node.left, node.right].map(textOf).filter((text) => text !== undefined));
    } else if (node.kind === 'postfix') {
      texts.push(...textsOfEquals(node));
    }
  }
  return texts;
}

/** `value.Equals("text", …)` and `string.Equals(value, "text", …)`. */
function textsOfEquals({ steps }: Extract<Expression, { kind: 'postfix' }>): string[] {
  const last = steps[steps.length - 1];
  const member = steps[steps.length - 2];
  return last?.kind === 'call' && member?.kind === 'member' && member.name === 'Equals'
    ? last.arguments.flatMap(({ value }) => (value && textOf(value)) ?? [])
    : [];
}

function textOf(node: Expression): string | undefined {
  return node.kind === 'literal' && node.literal.type === 'string' ? node.literal.value : undefined;
}

/** The one expression that a value is; undefined for statements and for what is no C#. */
function bodyOf({ expression }: { readonly expression: string }): Expression | undefined {
  let syntax: ExpressionSyntax;
  try {
    syntax = parseExpression(expression);
  } catch {
    return undefined;
  }
  return syntax.body.kind === 'block' ? undefined : syntax.body;
}
