import { TypeName, typeText } from '../../policy/expressions/syntax';
import { integerOf } from './arithmetic';
import {
  argumentInvalid,
  conversionUndefined,
  invalidCast,
  malformedBoolean,
  malformedNumber,
  overflow,
  unsupportedUse,
} from './exceptions';
import { textOf } from './format';
import { isJToken, JToken, JValue, tokenType } from './json';
import { parseBoolean, parseDouble, parseInteger } from './parse-text';
import { typeNameOf } from './type-names';
import { TOKEN_TYPES } from './type-tests';
import { Boxed, Char, Double, Int32, Int64, Value } from './values';

/** JSON converts explicitly to the basic types, by what it holds. */
export function castToken(type: TypeName, token: JToken): Value {
  if (TOKEN_TYPES.has(type.name)) {
    throw invalidCast(typeNameOf(token), type.name);
  }
  if (type.rank > 0) {
    throw conversionUndefined(typeNameOf(token), typeText(type));
  }
  if (!(token instanceof JValue)) {
    throw argumentInvalid(`Can not convert ${tokenType(token).name} to ${type.name}.`);
  }
  if (token.value === null) {
    if (type.name === 'String' || type.nullable) {
      return null;
    }
    throw argumentInvalid(`Can not convert Null to ${type.name}.`);
  }
  return tokenAs(type.name, token.value);
}

function tokenAs(type: string, value: string | number | bigint | boolean): Value {
  switch (type) {
    case 'String':
      return textOf(new JValue(value));
    case 'Boolean':
      return typeof value === 'string' ? (parseBoolean(value) ?? raise(malformedBoolean())) : Boolean(value);
    case 'Double':
      return new Double(typeof value === 'string' ? (parseDouble(value) ?? raise(malformedNumber())) : Number(value));
    case 'Int32':
    case 'Int64':
      return tokenAsInteger(type, value);
    default:
      throw unsupportedUse(`a cast of JSON to ${type}`);
  }
}

function tokenAsInteger(type: 'Int32' | 'Int64', value: string | number | bigint | boolean): Value {
  const bits = type === 'Int32' ? 32 : 64;
  const integer =
    typeof value === 'string'
      ? (parseInteger(value) ?? raise(malformedNumber()))
      : typeof value === 'number'
        ? roundedHalfEven(value, type)
        : BigInt(value);
  if (BigInt.asIntN(bits, integer) !== integer) {
    throw overflow(type);
  }
  return integerOf(integer, bits === 64);
}

/** `Convert` rounds halves to even. */
export function roundedHalfEven(value: number, type: string): bigint {
  if (!Number.isFinite(value)) {
    throw overflow(type);
  }
  const floor = Math.floor(value);
  const difference = value - floor;
  const up = difference > 0.5 || (difference === 0.5 && floor % 2 !== 0);
  return BigInt(up ? floor + 1 : floor);
}

function raise(error: Error): never {
  throw error;
}

/** The JSON of a value, as `new JProperty(name, value)` and `JToken.FromObject` make it. */
export function tokenOf(given: Value): JToken {
  const value = given instanceof Boxed ? given.value : given;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return new JValue(value);
  }
  if (isJToken(value)) {
    return value;
  }
  if (value instanceof Int32) {
    return new JValue(BigInt(value.value));
  }
  if (value instanceof Int64 || value instanceof Double) {
    return new JValue(value.value);
  }
  if (value instanceof Char) {
    return new JValue(value.value);
  }
  throw unsupportedUse(`JSON of a ${typeNameOf(value)}`);
}
