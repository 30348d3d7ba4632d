import { unsupportedUse } from '../exceptions';
import { JArray, JObject, JProperty, JValue } from '../json';
import { DateTime, DateTimeOffset, TimeSpan } from '../time';
import {
  Bytes,
  Capture,
  Char,
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
  RandomSource,
  Regex,
  Sequence,
  StringBuilder,
  TextEncoding,
  UriValue,
  Value,
} from '../values';
import {
  builderMembers,
  builderStatics,
  bytesMembers,
  encodingMembers,
  encodingStatics,
  enumMembers,
  enumStatics,
  exceptionMembers,
  exceptionStatics,
  guidMembers,
  guidStatics,
  randomMembers,
  randomStatics,
  uriMembers,
  uriStatics,
} from './basic-members';
import {
  arrayStatics,
  dictionaryMembers,
  dictionaryStatics,
  listStatics,
  pairMembers,
  sequenceMembers,
} from './collection-members';
import { bitConverterStatics, hashMembers, hmacSha256Statics, sha256Statics } from './hash-members';
import { arrayMembers, objectMembers, propertyMembers, valueMembers } from './json-members';
import {
  jsonArrayStatics,
  jsonConvertStatics,
  jsonPropertyStatics,
  jsonValueStatics,
  objectStatics,
  tokenStatics,
} from './json-statics';
import { enumerableStatics, linqOperations } from './linq-members';
import { InstanceMembers, StaticMembers } from './member-table';
import {
  booleanMembers,
  booleanStatics,
  charMembers,
  convertStatics,
  doubleStatics,
  int32Statics,
  int64Statics,
  mathStatics,
  numberMembers,
} from './number-members';
import { captureMembers, groupsMembers, regexMembers, regexOptionsStatics, regexStatics } from './regex-members';
import { charStatics, stringMembers, stringStatics } from './string-members';
import { dateTimeOffsetStatics, dateTimeStatics, durationMembers, durationStatics, pointMembers } from './time-members';

/** Members of any type: each table is only ever given values of its own type. */
type AnyMembers = InstanceMembers<Value>;

const byConstructor = new Map<unknown, unknown>([
  [Int32, numberMembers],
  [Int64, numberMembers],
  [Double, numberMembers],
  [Char, charMembers],
  [EnumValue, enumMembers],
  [Sequence, sequenceMembers],
  [Dictionary, dictionaryMembers],
  [KeyValuePair, pairMembers],
  [Bytes, bytesMembers],
  [HashAlgorithm, hashMembers],
  [Guid, guidMembers],
  [RandomSource, randomMembers],
  [Regex, regexMembers],
  [Capture, captureMembers],
  [GroupCollection, groupsMembers],
  [StringBuilder, builderMembers],
  [TextEncoding, encodingMembers],
  [UriValue, uriMembers],
  [ExceptionValue, exceptionMembers],
  [DateTime, pointMembers],
  [DateTimeOffset, pointMembers],
  [TimeSpan, durationMembers],
  [JObject, objectMembers],
  [JArray, arrayMembers],
  [JProperty, propertyMembers],
  [JValue, valueMembers],
]) as ReadonlyMap<unknown, AnyMembers>;

/** The members of a value's type; none for objects of the context, which carry their own. */
export function membersOf(value: Value): AnyMembers | undefined {
  if (typeof value === 'string') {
    return stringMembers as unknown as AnyMembers;
  }
  return typeof value === 'boolean' ? (booleanMembers as unknown as AnyMembers) : byConstructor.get(value?.constructor);
}

const COMPARISONS =
  'CurrentCulture CurrentCultureIgnoreCase InvariantCulture InvariantCultureIgnoreCase Ordinal OrdinalIgnoreCase';
const TOKEN_TYPES =
  'None Object Array Constructor Property Comment Integer Float String Boolean Null Undefined Date Raw Bytes Guid Uri TimeSpan';

const statics: ReadonlyMap<string, StaticMembers> = new Map([
  ['String', stringStatics],
  ['Char', charStatics],
  ['Int32', int32Statics],
  ['Int64', int64Statics],
  ['Double', doubleStatics],
  ['Boolean', booleanStatics],
  ['Convert', convertStatics],
  ['Math', mathStatics],
  ['Guid', guidStatics],
  ['SHA256', sha256Statics],
  ['HMACSHA256', hmacSha256Statics],
  ['BitConverter', bitConverterStatics],
  ['Random', randomStatics],
  ['Encoding', encodingStatics],
  ['StringBuilder', builderStatics],
  ['Uri', uriStatics],
  ['Regex', regexStatics],
  ['RegexOptions', regexOptionsStatics],
  ['Exception', exceptionStatics('Exception')],
  ['DateTime', dateTimeStatics],
  ['DateTimeOffset', dateTimeOffsetStatics],
  ['TimeSpan', durationStatics],
  ['Enumerable', enumerableStatics],
  ['Array', arrayStatics],
  ['List', listStatics],
  ['Dictionary', dictionaryStatics],
  ['JToken', tokenStatics],
  ['JObject', objectStatics],
  ['JArray', jsonArrayStatics],
  ['JProperty', jsonPropertyStatics],
  ['JValue', jsonValueStatics],
  ['JsonConvert', jsonConvertStatics],
  ['Formatting', enumStatics('Formatting', ['None', 'Indented'])],
  ['StringComparison', enumStatics('StringComparison', COMPARISONS.split(' '))],
  ['StringSplitOptions', enumStatics('StringSplitOptions', ['None', 'RemoveEmptyEntries'])],
  ['JTokenType', enumStatics('JTokenType', TOKEN_TYPES.split(' '))],
]);

/** The static members of a type that the emulator implements. */
export function staticsOf(type: string): StaticMembers {
  const found = statics.get(type);
  if (!found) {
    throw unsupportedUse(`the type '${type}'`);
  }
  return found;
}

export function hasStatics(type: string): boolean {
  return statics.has(type);
}

/** Names of the instance members that any type has here. */
export const instanceMemberNames: ReadonlySet<string> = new Set([
  ...[...byConstructor.values(), stringMembers, booleanMembers].flatMap((members) => [
    ...members.properties.keys(),
    ...members.methods.keys(),
  ]),
  ...linqOperations.keys(),
  'GetHashCode',
]);
