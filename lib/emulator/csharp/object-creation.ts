import { Expression, NewExpression } from '../../policy/expressions/syntax';
import { Evaluation, invocationOf } from './call-arguments';
import { convertImplicitly } from './conversion';
import { argumentOutOfRange, unsupportedUse } from './exceptions';
import { Invocation } from './invocation';
import { callMethod, writeIndex } from './member-access';
import { staticsOf } from './members/registry';
import { Scope } from './scope';
import { typeNameOf } from './type-names';
import { defaultOf } from './type-tests';
import { Int32, Sequence, Value } from './values';

const LARGEST_ARRAY = 1_000_000;

/** `new Type(…) { … }`. */
export function createObject(evaluation: Evaluation, node: NewExpression, scope: Scope): Value {
  const { name, arguments: typeArguments } = node.type;
  const invocation = invocationOf(evaluation, `new ${name}`, node.arguments, scope, typeArguments);
  const construct = staticsOf(name).construct;
  if (!construct) {
    throw unsupportedUse(`the constructor of '${name}'`);
  }
  const made = construct(invocation);
  node.initializer.forEach((element) => {
    const values = (element.kind === 'element' ? element.values : element.indices).map((value) => ({
      value: evaluation.evaluate(value, scope),
    }));
    const call = new Invocation(`${name}.Add`, values, [], evaluation.environment);
    if (element.kind === 'element') {
      callMethod(made, 'Add', call);
    } else {
      writeIndex(made, call, evaluation.evaluate(element.value, scope));
    }
  });
  return made;
}

/** `new Type[size]`, `new Type[] { … }`, `new[] { … }`. */
export function createArray(
  evaluation: Evaluation,
  node: Extract<Expression, { kind: 'new-array' }>,
  scope: Scope,
): Value {
  const { elementType } = node;
  if (node.size) {
    const size = evaluation.evaluate(node.size, scope);
    if (!(size instanceof Int32) || size.value < 0 || size.value > LARGEST_ARRAY) {
      throw argumentOutOfRange('size');
    }
    return new Sequence(
      Array.from({ length: size.value }, () => defaultOf(elementType!)),
      'array',
      elementType!.name,
    );
  }
  const items = node.elements.map((element) => evaluation.evaluate(element, scope));
  if (elementType) {
    return new Sequence(
      items.map((item) => convertImplicitly(elementType, item)),
      'array',
      elementType.name,
    );
  }
  const [sample] = items.filter((item) => item !== null);
  return new Sequence(items, 'array', sample === undefined ? 'Object' : typeNameOf(sample));
}
