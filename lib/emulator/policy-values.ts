import { parseExpression } from '../policy/expressions/parse-expression';
import { ExpressionSyntax } from '../policy/expressions/syntax';
import { nodesOf } from '../policy/expressions/syntax-walk';
import { isExpression, PolicyExpression, PolicyValue } from '../policy/policy-value';

const NAMED_VALUE = /\{\{\s*([A-Za-z0-9._-]+)\s*\}\}/g;

/** A value of a policy, ready to be worked out. */
export type CompiledValue =
  | { readonly literal: string }
  | {
      readonly syntax: ExpressionSyntax;
      /** The messages whose body it reads. */
      readonly bodies: readonly ('request' | 'response')[];
    };

/** Reads the values of policies once: named values are put in, expressions parsed. */
export class PolicyValues {
  private readonly compiled = new Map<string, CompiledValue>();

  constructor(private readonly namedValues: ReadonlyMap<string, string>) {}

  /** Names in `{{…}}` that stand for nothing. */
  unknownNames(value: PolicyValue): string[] {
    const text = isExpression(value) ? value.expression : value;
    return [...text.matchAll(NAMED_VALUE)].map((match) => match[1]!).filter((name) => !this.namedValues.has(name));
  }

  /** @throws if the value is an expression that cannot be parsed */
  compile(value: PolicyValue): CompiledValue {
    if (!isExpression(value)) {
      return { literal: this.filled(value) };
    }
    const known = this.compiled.get(value.expression);
    if (known) {
      return known;
    }
    const filled = this.filled(value.expression);
    const compiled = filled === value.expression ? compiledOnce(value) : compiledExpression(filled);
    this.compiled.set(value.expression, compiled);
    return compiled;
  }

  private filled(text: string): string {
    return text.replace(NAMED_VALUE, (whole, name: string) => this.namedValues.get(name) ?? whole);
  }
}

/** A gateway that is updated keeps most of its policies, so what no named value changes is kept as long as its policy. */
const compiledBefore = new WeakMap<PolicyExpression, CompiledValue>();

function compiledOnce(value: PolicyExpression): CompiledValue {
  const known = compiledBefore.get(value) ?? compiledExpression(value.expression);
  compiledBefore.set(value, known);
  return known;
}

function compiledExpression(text: string): CompiledValue {
  const syntax = parseExpression(text);
  return { syntax, bodies: bodiesRead(syntax) };
}

/** Bodies are read from the network before an expression runs, so it is found out beforehand which it needs. */
function bodiesRead(syntax: ExpressionSyntax): ('request' | 'response')[] {
  const read = new Set<'request' | 'response'>();
  for (const node of nodesOf(syntax)) {
    if (node.kind !== 'postfix') {
      continue;
    }
    const names = node.steps.map((step) => (step.kind === 'member' ? step.name : undefined));
    const at = names.indexOf('Body');
    const owner = at > 0 ? names[at - 1] : undefined;
    if (at >= 0 && owner !== 'Response') {
      read.add('request');
    }
    if (at >= 0 && owner !== 'Request') {
      read.add('response');
    }
  }
  return [...read];
}
