import { TypeName } from '../../policy/expressions/syntax';
import { isJToken, JValue } from './json';
import { typeNameOf } from './type-names';
import { Boxed, Char, Dictionary, Double, Int32, Int64, Sequence, Value } from './values';

/** Types that null is none of. */
export const VALUE_TYPES: ReadonlySet<string> = new Set([
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
  'SHA256',
  'HMACSHA256',
]);
/** Types of JSON. */
export const TOKEN_TYPES: ReadonlySet<string> = new Set([
  'JToken',
  'JContainer',
  'JObject',
  'JArray',
  'JValue',
  'JProperty',
]);
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
