import { TypeName, typeText } from '../../policy/expressions/syntax';
import { integerOf, numericOf } from './arithmetic';
import {
  argumentInvalid,
  conversionUndefined,
  invalidCast,
  invalidUnboxing,
  malformedBoolean,
  malformedNumber,
  nullReference,
  overflow,
  unsupportedUse,
} from './exceptions';
import { textOf } from './format';
import { isJToken, JToken, JValue, tokenType } from './json';
import { parseBoolean, parseDouble, parseInteger } from './parse-text';
import { DateTime, DateTimeOffset } from './time';
import { typeNameOf } from './type-names';
import { Boxed, boxed, Char, Dictionary, Double, EnumValue, Int32, Int64, PlainValue, Sequence, Value } from './values';

const VALUE_TYPES: ReadonlySet<string> = new Set([
  'Boolean',
  'Char',
  'Int32',
  'Int64',
  'Double',
  'Guid',
  'DateTime',
  'DateTimeOffset',
  'TimeSpan',
]);
const REFERENCE_TYPES: ReadonlySet<string> = new Set([
  'String',
  'Object',
  'Regex',
  'Random',
  'Uri',
  'StringBuilder',
  'Jwt',
]);
const TOKEN_TYPES: ReadonlySet<string> = new Set(['JToken', 'JContainer', 'JObject', 'JArray', 'JValue', 'JProperty']);
const SEQUENCE_TYPES: ReadonlySet<string> = new Set([
  'List',
  'IList',
  'ICollection',
  'IEnumerable',
  'IReadOnlyCollection',
  'IReadOnlyList',
]);
const DICTIONARY_TYPES: ReadonlySet<string> = new Set(['Dictionary', 'IDictionary', 'IReadOnlyDictionary']);

const OTHER_TYPES: ReadonlySet<string> = new Set(['var', 'Byte', 'KeyValuePair', 'Match', 'Group', 'Exception']);

/** Types that a cast, a declaration, a `catch` or a type argument may name. */
export function typeImplemented(name: string): boolean {
  const known = [VALUE_TYPES, REFERENCE_TYPES, TOKEN_TYPES, SEQUENCE_TYPES, DICTIONARY_TYPES, OTHER_TYPES];
  return known.some((types) => types.has(name)) || name.endsWith('Exception');
}

/** `default(T)`. */
export function defaultOf(type: TypeName): Value {
  if (type.rank > 0 || type.nullable) {
    return null;
  }
  switch (type.name) {
    case 'Boolean':
      return false;
    case 'Int32':
      return new Int32(0);
    case 'Int64':
      return new Int64(0n);
    case 'Double':
      return new Double(0);
    case 'Char':
      return new Char('\0');
    default:
      return null;
  }
}

/** Whether the value's own type is the given type or derives from it. */
export function isInstance(type: TypeName, given: Value): boolean {
  const value = given instanceof Boxed ? given.value : given;
  if (value === null) {
    return false;
  }
  if (type.rank > 0) {
    return (
      typeNameOf(value) === `${type.name}[]` ||
      (value instanceof Sequence && value.kind === 'array' && type.name === 'Object')
    );
  }
  if (type.name === 'Object') {
    return true;
  }
  if (isJToken(value)) {
    const container = type.name === 'JContainer' && !(value instanceof JValue);
    return type.name === 'JToken' || container || type.name === typeNameOf(value);
  }
  if (value instanceof Sequence) {
    return value.kind === 'list'
      ? SEQUENCE_TYPES.has(type.name)
      : SEQUENCE_TYPES.has(type.name) && type.name !== 'List';
  }
  if (value instanceof Dictionary) {
    return DICTIONARY_TYPES.has(type.name) && !(value.readOnly && type.name === 'Dictionary');
  }
  return typeNameOf(value) === type.name;
}

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

/** JSON converts explicitly to the basic types, by what it holds. */
function castToken(type: TypeName, token: JToken): Value {
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
