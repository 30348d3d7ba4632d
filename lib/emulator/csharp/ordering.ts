import { numericOf, ticksOf } from './arithmetic';
import { operatorUndefined } from './exceptions';
import { typeNameOf } from './type-names';
import { Value } from './values';

/** The order of `OrderBy`, `Sort`, `Min` and `Max`; null comes first, texts are compared by code unit. */
export function compareValues(left: Value, right: Value): number {
  if (left === null || right === null) {
    return (left === null ? 0 : 1) - (right === null ? 0 : 1);
  }
  const [first, second] = [comparableOf(left), comparableOf(right)];
  if (first === undefined || second === undefined || (typeof first === 'string') !== (typeof second === 'string')) {
    throw operatorUndefined('<', typeNameOf(left), typeNameOf(right));
  }
  return first < second ? -1 : first > second ? 1 : 0;
}

function comparableOf(value: Value): string | number | bigint | undefined {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  return numericOf(value)?.value ?? ticksOf(value);
}
