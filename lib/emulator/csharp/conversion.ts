import { TypeName, typeText } from '../../policy/expressions/syntax';
import { integerOf, numericOf } from './arithmetic';
import { conversionUndefined, invalidCast, invalidUnboxing, nullReference, unsupportedUse } from './exceptions';
import { isJToken } from './json';
import { DateTime, DateTimeOffset } from './time';
import { castToken, tokenOf } from './token-conversion';
import { typeNameOf } from './type-names';
import { isInstance, typeImplemented, VALUE_TYPES } from './type-tests';
import { Boxed, boxed, Char, Double, EnumValue, Int32, Int64, PlainValue, Value } from './values';

/** `(type)value`. */
export function castTo(type: TypeName, value: Value): Value {
  if (!typeImplemented(type.name)) {
    throw unsupportedUse(`the type '${typeText(type)}'`);
  }
  if (value === null) {
    return castNull(type);
  }
  if (value instanceof Boxed) {
    return unbox(type, value.value);
  }
  if (type.name === 'Object' && type.rank === 0) {
    return boxed(value);
  }
  if (isInstance(type, value)) {
    return value;
  }
  if (isJToken(value)) {
    return castToken(type, value);
  }
  return castNumber(type, value);
}

function castNull(type: TypeName): Value {
  if (type.rank === 0 && !type.nullable && VALUE_TYPES.has(type.name)) {
    throw nullReference();
  }
  return null;
}

/** Unboxing takes exactly the type that is inside. */
function unbox(type: TypeName, value: PlainValue): Value {
  if (type.name === 'Object' && type.rank === 0) {
    return boxed(value);
  }
  if (isInstance(type, value)) {
    return value;
  }
  throw VALUE_TYPES.has(type.name) && type.rank === 0
    ? invalidUnboxing()
    : invalidCast(typeNameOf(value), typeText(type));
}

function castNumber(type: TypeName, value: PlainValue): Value {
  const number = value instanceof EnumValue ? new Int32(value.number) : numericOf(value);
  if (number === undefined || type.rank > 0) {
    throw conversionUndefined(typeNameOf(value), typeText(type));
  }
  switch (type.name) {
    case 'Int32':
      return number instanceof Double ? truncated(number.value, false) : integerOf(BigInt(number.value), false);
    case 'Int64':
      return number instanceof Double ? truncated(number.value, true) : integerOf(BigInt(number.value), true);
    case 'Double':
      return new Double(Number(number.value));
    case 'Char':
      return new Char(String.fromCharCode(Number(BigInt.asUintN(16, BigInt(Math.trunc(Number(number.value)))))));
    default:
      throw conversionUndefined(typeNameOf(value), typeText(type));
  }
}

/** What does not fit becomes the smallest integer, as on the processors that .NET runs on. */
function truncated(value: number, long: boolean): Int32 | Int64 {
  const bits = long ? 64n : 32n;
  const limit = 2 ** Number(bits - 1n);
  const fits = value > -limit - 1 && value < limit && !Number.isNaN(value);
  return integerOf(fits ? BigInt(Math.trunc(value)) : -(1n << (bits - 1n)), long);
}

/** A value put into a local, parameter or return of a declared type: only what the compiler converts by itself. */
export function convertImplicitly(type: TypeName, value: Value): Value {
  if (value === null) {
    if (type.rank === 0 && !type.nullable && VALUE_TYPES.has(type.name)) {
      throw conversionUndefined('null', typeText(type));
    }
    return null;
  }
  if (type.name === 'Object' && type.rank === 0) {
    return boxed(value);
  }
  if (value instanceof Boxed) {
    throw conversionUndefined('object', typeText(type));
  }
  if (isInstance(type, value)) {
    return value;
  }
  const widening =
    (type.name === 'Int64' && (value instanceof Int32 || value instanceof Char)) ||
    (type.name === 'Double' && numericOf(value) !== undefined) ||
    (type.name === 'Int32' && value instanceof Char);
  if (widening && type.rank === 0) {
    return castNumber(type, value);
  }
  if (type.name === 'DateTimeOffset' && value instanceof DateTime) {
    return new DateTimeOffset(value.ticks, 0);
  }
  if ((type.name === 'JToken' || type.name === 'JValue') && type.rank === 0) {
    return tokenOf(value);
  }
  if (!typeImplemented(type.name)) {
    throw unsupportedUse(`the type '${typeText(type)}'`);
  }
  throw conversionUndefined(typeNameOf(value), typeText(type));
}
