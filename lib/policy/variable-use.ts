import { elementName, valuesOf } from './node-values';
import { PolicyNode, PolicyValue } from './policy-document';
import { isExpression } from './policy-value';

/** The types that are told apart: what a literal or a constant expression gives, and what a read asks for. */
export type VariableType = 'string' | 'int' | 'bool' | 'double';

/** A read of `context.Variables` in an expression. */
export interface VariableRead {
  readonly name: string;
  /** Whether it throws when the variable is not set: the indexer does. */
  readonly demanding: boolean;
  /** `ContainsKey` and `TryGetValue` ask whether it is set. */
  readonly asking: boolean;
  /** The type that it is cast to, when it is one that is told apart. */
  readonly type?: VariableType;
}

/** A policy that sets a variable. */
export interface VariableAssignment {
  readonly name: string;
  /** False where it may stay unset, such as a cache lookup without default. */
  readonly certain: boolean;
  /** Whether the value is literal text. */
  readonly literal: boolean;
  readonly type?: VariableType;
}

const READ =
  /(?:\(\s*([A-Za-z][\w.]*\??)\s*\)\s*)?\bcontext\s*\.\s*Variables\s*(?:\[\s*"([^"\\]+)"\s*\]|\.\s*(GetValueOrDefault|TryGetValue|ContainsKey)\s*(?:<\s*([A-Za-z][\w.]*\??)\s*>\s*)?\(\s*"([^"\\]+)")/g;

const TYPES: Readonly<Record<string, VariableType>> = {
  string: 'string',
  String: 'string',
  int: 'int',
  Int32: 'int',
  bool: 'bool',
  Boolean: 'bool',
  double: 'double',
  Double: 'double',
};

/** Every read of a variable in an expression, in order. */
export function variableReads(value: PolicyValue): VariableRead[] {
  if (!isExpression(value) || !value.expression.includes('Variables')) {
    return [];
  }
  return [...value.expression.matchAll(READ)].map((match) => {
    const [, cast, indexed, method, argument, named] = match;
    const asking = method === 'ContainsKey' || method === 'TryGetValue';
    const type = asking ? undefined : typeOf(method === undefined ? cast : (argument ?? cast));
    return {
      name: (indexed ?? named)!,
      demanding: indexed !== undefined,
      asking,
      ...(type === undefined ? {} : { type }),
    };
  });
}

/** The variables that a policy sets. */
export function variableAssignments(node: PolicyNode): VariableAssignment[] {
  if (node.kind === 'set-variable') {
    return typeof node.name === 'string' ? [{ name: node.name, certain: true, ...assigned(node.value) }] : [];
  }
  if (node.kind === 'return-response') {
    return [];
  }
  const certain = node.kind !== 'cache-lookup-value' || node.defaultValue !== undefined;
  return valuesOf(node)
    .filter(({ name, position }) => position === 'attribute' && name.endsWith('variable-name'))
    .flatMap(({ value }) => (typeof value === 'string' ? [{ name: value, certain, literal: false }] : []));
}

/** The variable that a policy reads by an attribute instead of by an expression. */
export function variableNamed(node: PolicyNode): VariableRead[] {
  return elementName(node) === 'return-response' &&
    node.kind === 'return-response' &&
    typeof node.responseVariableName === 'string'
    ? [{ name: node.responseVariableName, demanding: true, asking: false }]
    : [];
}

/** `set-variable` with a literal always makes a string; constants have their type, anything else is unknown. */
function assigned(value: PolicyValue): { readonly literal: boolean; readonly type?: VariableType } {
  if (!isExpression(value)) {
    return { literal: true, type: 'string' };
  }
  const source = value.expression.slice(1, -1).trim();
  const constants: readonly [RegExp, VariableType][] = [
    [/^-?\d{1,9}$/, 'int'],
    [/^(?:true|false)$/, 'bool'],
    [/^-?\d{1,9}\.\d{1,9}$/, 'double'],
    [/^"[^"\\]*"$/, 'string'],
  ];
  const type = constants.find(([pattern]) => pattern.test(source))?.[1];
  return { literal: false, ...(type === undefined ? {} : { type }) };
}

function typeOf(name: string | undefined): VariableType | undefined {
  const plain = name?.replace(/\?$/, '').replace(/^System\./, '');
  return plain !== undefined && Object.hasOwn(TYPES, plain) ? TYPES[plain] : undefined;
}
