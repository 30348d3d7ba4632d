import { PostfixExpression } from '../../policy/expressions/syntax';
import { Evaluation, invocationOf } from './call-arguments';
import { memberMissing, unsupportedUse } from './exceptions';
import { staticsOf } from './members/registry';
import { Scope } from './scope';
import { Value } from './values';

/** `Type.Member` or `Type.Method(…)` at the start of a chain: its value, and how many steps of the chain that were. */
export function startStatic(
  evaluation: Evaluation,
  node: PostfixExpression,
  type: string,
  scope: Scope,
): [Value, number] {
  const [first, second] = node.steps;
  if (first?.kind !== 'member') {
    throw unsupportedUse(`calling '${type}'`);
  }
  if (type === 'System' || type === 'Newtonsoft') {
    throw unsupportedUse(`names with a namespace ('${type}.${first.name}'): write the type alone`);
  }
  const members = staticsOf(type);
  if (second?.kind === 'call') {
    const method = members.methods.get(first.name);
    if (!method) {
      throw memberMissing(type, first.name);
    }
    return [method(invocationOf(evaluation, `${type}.${first.name}`, second.arguments, scope, first.typeArguments)), 2];
  }
  const property = members.properties.get(first.name);
  if (!property) {
    throw memberMissing(type, first.name);
  }
  return [property(evaluation.environment), 1];
}
