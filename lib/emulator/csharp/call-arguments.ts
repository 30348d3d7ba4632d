import { Argument, Expression, TypeName } from '../../policy/expressions/syntax';
import { Environment, Invocation, PassedValue } from './invocation';
import { Scope } from './scope';
import { Value } from './values';

/** What a part of an evaluator needs of the whole. */
export interface Evaluation {
  readonly environment: Environment;
  evaluate(node: Expression, scope: Scope): Value;
}

/** A call with its arguments worked out. */
export function invocationOf(
  evaluation: Evaluation,
  member: string,
  list: readonly Argument[],
  scope: Scope,
  typeArguments: readonly TypeName[] = [],
): Invocation {
  const passed = list.map((argument) => pass(evaluation, argument, scope));
  return new Invocation(member, passed, typeArguments, evaluation.environment);
}

function pass(evaluation: Evaluation, argument: Argument, scope: Scope): PassedValue {
  const { out, name, value } = argument;
  if (!out) {
    return { name, value: evaluation.evaluate(value!, scope) };
  }
  if (out.name === '_' && !scope.has('_')) {
    return { name, value: null, assign: () => undefined };
  }
  if (out.declares) {
    scope.declare(out.name, undefined);
  }
  return { name, value: null, assign: (assigned) => scope.assign(out.name, assigned) };
}
