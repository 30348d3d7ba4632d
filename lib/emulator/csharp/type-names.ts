import { isJToken, JArray, JObject, JProperty } from './json';
import { DateTime, DateTimeOffset, TimeSpan } from './time';
import {
  Boxed,
  Bytes,
  Capture,
  Char,
  ContextObject,
  Dictionary,
  Double,
  EnumValue,
  ExceptionValue,
  GroupCollection,
  Guid,
  HashAlgorithm,
  Int32,
  Int64,
  KeyValuePair,
  Lambda,
  RandomSource,
  Regex,
  Sequence,
  StringBuilder,
  TextEncoding,
  UriValue,
  Value,
} from './values';

type Constructor = abstract new (...parameters: never[]) => unknown;

const NAMES: readonly [Constructor, string][] = [
  [Int32, 'Int32'],
  [Int64, 'Int64'],
  [Double, 'Double'],
  [Char, 'Char'],
  [Bytes, 'Byte[]'],
  [KeyValuePair, 'KeyValuePair'],
  [Guid, 'Guid'],
  [RandomSource, 'Random'],
  [Regex, 'Regex'],
  [GroupCollection, 'GroupCollection'],
  [StringBuilder, 'StringBuilder'],
  [TextEncoding, 'Encoding'],
  [UriValue, 'Uri'],
  [Lambda, 'lambda expression'],
  [DateTime, 'DateTime'],
  [DateTimeOffset, 'DateTimeOffset'],
  [TimeSpan, 'TimeSpan'],
  [JObject, 'JObject'],
  [JArray, 'JArray'],
  [JProperty, 'JProperty'],
];

/** Name of a value's .NET type, without namespace; of a boxed value the type inside. */
export function typeNameOf(value: Value): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'string') {
    return 'String';
  }
  if (typeof value === 'boolean') {
    return 'Boolean';
  }
  if (value instanceof Boxed) {
    return typeNameOf(value.value);
  }
  if (value instanceof EnumValue || value instanceof ExceptionValue) {
    return value.type;
  }
  if (value instanceof Dictionary || value instanceof ContextObject || value instanceof HashAlgorithm) {
    return value.typeName;
  }
  if (value instanceof Capture) {
    return value.kind;
  }
  if (value instanceof Sequence) {
    return value.kind === 'array' ? `${value.elementType}[]` : value.kind === 'list' ? 'List' : 'IEnumerable';
  }
  return NAMES.find(([constructor]) => value instanceof constructor)?.[1] ?? (isJToken(value) ? 'JValue' : 'Object');
}
