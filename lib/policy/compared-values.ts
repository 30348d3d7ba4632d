import { parseExpression } from './expressions/parse-expression';
import { Argument, Expression, PostfixStep } from './expressions/syntax';
import { isExpression, PolicyExpression, PolicyValue } from './policy-value';

/** What a condition compares: a variable of the request or one of its headers. */
export interface ComparedSubject {
  readonly kind: 'variable' | 'header';
  /** Headers are in lower case. */
  readonly name: string;
}

/** A subject that equals a text where the condition holds. */
export interface ComparedValue {
  readonly subject: ComparedSubject;
  readonly value: string;
}

/** Ways to fulfil one condition: more than a person writes, few enough to multiply. */
const MOST_ALTERNATIVES = 512;

/** What may follow a subject and leaves it what it is. */
const PLAIN_STEPS: ReadonlySet<string> = new Set([
  'First',
  'FirstOrDefault',
  'ToLower',
  'ToLowerInvariant',
  'ToString',
  'ToUpper',
  'ToUpperInvariant',
  'Trim',
]);

/**
 * What is equal where a condition holds: one list for each way to fulfil it (`a == "x" || a == "y"` has two), each with
 * the comparisons that hold together. What else the condition demands is left out, and so is a comparison of anything
 * but a variable or header with a text. Empty where nothing is compared or the text is no C#.
 */
export function comparedValues(condition: PolicyValue): Alternatives {
  if (!isExpression(condition)) {
    return [];
  }
  const alternatives = known.get(condition) ?? readAlternatives(condition.expression);
  known.set(condition, alternatives);
  return alternatives;
}

type Alternatives = readonly (readonly ComparedValue[])[];

/** The same policy is read for its routes and for its literals. */
const known = new WeakMap<PolicyExpression, Alternatives>();

function readAlternatives(expression: string): Alternatives {
  const body = bodyOf(expression);
  return body === undefined ? [] : alternativesOf(body).filter((alternative) => alternative.length > 0);
}

/** The variable or header whose value an expression is, as it is or in other letters; `undefined` where it is neither. */
export function subjectOf(value: PolicyValue): ComparedSubject | undefined {
  const body = isExpression(value) ? bodyOf(value.expression) : undefined;
  return body && subject(body);
}

function bodyOf(expression: string): Expression | undefined {
  try {
    const { body } = parseExpression(expression);
    return body.kind === 'block' ? undefined : body;
  } catch {
    return undefined;
  }
}

/** Chains of operators lean to the left and may be long: they are walked, not descended. */
function alternativesOf(expression: Expression): (readonly ComparedValue[])[] {
  const operands = operandsOf(expression, '||');
  if (operands.length > 1) {
    return operands.flatMap(alternativesOf).slice(0, MOST_ALTERNATIVES);
  }
  const terms = operandsOf(expression, '&&');
  if (terms.length > 1) {
    return terms.map(alternativesOf).reduce(bothOf);
  }
  const compared = comparison(expression);
  return compared === undefined ? [[]] : [[compared]];
}

/** Every alternative of one list together with every one of the other; too many are cut to those of the first. */
export function bothOf<T>(left: readonly (readonly T[])[], right: readonly (readonly T[])[]): (readonly T[])[] {
  return left.length * right.length > MOST_ALTERNATIVES
    ? [...left]
    : left.flatMap((first) => right.map((second) => [...first, ...second]));
}

function operandsOf(expression: Expression, operator: '&&' | '||'): Expression[] {
  const operands: Expression[] = [];
  let left = expression;
  while (left.kind === 'binary' && left.operator === operator) {
    operands.push(left.right);
    left = left.left;
  }
  return [left, ...operands.reverse()];
}

function comparison(expression: Expression): ComparedValue | undefined {
  if (expression.kind === 'binary' && expression.operator === '==') {
    return pair(expression.left, expression.right) ?? pair(expression.right, expression.left);
  }
  if (expression.kind !== 'postfix') {
    return undefined;
  }
  const { target, steps } = expression;
  const call = steps.at(-1);
  const member = steps.at(-2);
  if (call?.kind !== 'call' || member?.kind !== 'member' || member.name !== 'Equals') {
    return undefined;
  }
  const [first, second] = call.arguments.map(({ value }) => value);
  const isStatic = target.kind === 'name' && /^string$/i.test(target.name) && steps.length === 2;
  if (isStatic) {
    return first && second && (pair(first, second) ?? pair(second, first));
  }
  return first && pair({ ...expression, steps: steps.slice(0, -2) }, first);
}

function pair(compared: Expression, text: Expression): ComparedValue | undefined {
  const value = textOf(text);
  const found = value === undefined || value === '' ? undefined : subject(compared);
  return found && { subject: found, value: value! };
}

function subject(expression: Expression): ComparedSubject | undefined {
  if (expression.kind === 'cast' || expression.kind === 'as') {
    return subject(expression.operand);
  }
  if (expression.kind === 'coalesce') {
    return subject(expression.operands[0]!);
  }
  if (expression.kind !== 'postfix') {
    return undefined;
  }
  const { target, steps } = expression;
  if (target.kind !== 'name') {
    return steps.every(isPlain) ? subject(target) : undefined;
  }
  if (target.name !== 'context') {
    return undefined;
  }
  const path = steps.map((step) => (step.kind === 'member' ? step.name : ''));
  if (path[0] === 'Variables') {
    return named('variable', steps.slice(1));
  }
  return path[0] === 'Request' && path[1] === 'Headers' ? named('header', steps.slice(2)) : undefined;
}

/** `["name"]` or `.GetValueOrDefault("name", …)`, and nothing behind it that makes another text of it. */
function named(kind: ComparedSubject['kind'], steps: readonly PostfixStep[]): ComparedSubject | undefined {
  const [first, second] = steps;
  const isCall = first?.kind === 'member' && first.name === 'GetValueOrDefault' && second?.kind === 'call';
  const given: readonly Argument[] = first?.kind === 'index' ? first.arguments : isCall ? second.arguments : [];
  const name = given[0]?.value && textOf(given[0].value);
  if (name === undefined || !steps.slice(isCall ? 2 : 1).every(isPlain)) {
    return undefined;
  }
  return { kind, name: kind === 'header' ? name.toLowerCase() : name };
}

function isPlain(step: PostfixStep): boolean {
  switch (step.kind) {
    case 'member':
      return PLAIN_STEPS.has(step.name);
    case 'index':
      return true;
    case 'call':
      return step.arguments.length === 0;
  }
}

function textOf(expression: Expression): string | undefined {
  return expression.kind === 'literal' && expression.literal.type === 'string' ? expression.literal.value : undefined;
}
