import { TypeName } from '../../../policy/expressions/syntax';
import { integerOf, numericOf, objectsEqual } from '../arithmetic';
import { castTo } from '../conversion';
import {
  argumentInvalid,
  argumentNull,
  argumentOutOfRange,
  ClrException,
  malformedBoolean,
  malformedNumber,
  overflow,
} from '../exceptions';
import { numberText, textOf } from '../format';
import { Invocation } from '../invocation';
import { isJToken } from '../json';
import { parseBoolean, parseDouble, parseInteger } from '../parse-text';
import { roundedHalfEven } from '../token-conversion';
import { Bytes, Char, Double, Int32, Int64, unboxed, Value } from '../values';
import { instanceMembers, staticMembers, StaticMembers } from './member-table';

type Numeric = Int32 | Int64 | Double;

/** `ToString()` of a number, with or without a format; a format provider is taken as the invariant culture. */
function toText(target: Numeric, call: Invocation): string {
  return call.has(0) ? numberText(target, call.text(0)) : textOf(target);
}

function compared(left: Numeric, right: Value, call: Invocation): Value {
  const other = numericOf(right);
  if (other === undefined) {
    throw call.mismatch(0, right, 'a number');
  }
  return new Int32(left.value < other.value ? -1 : left.value > other.value ? 1 : 0);
}

export const numberMembers = instanceMembers<Numeric>({
  methods: {
    ToString: toText,
    Equals: (target, call) => objectsEqual(target, call.value(0)),
    CompareTo: (target, call) => compared(target, call.value(0), call),
  },
});

export const booleanMembers = instanceMembers<boolean>({
  methods: { ToString: textOf, Equals: (target, call) => objectsEqual(target, call.value(0)) },
});

export const charMembers = instanceMembers<Char>({
  methods: { ToString: textOf, Equals: (target, call) => objectsEqual(target, call.value(0)) },
});

function parsedInteger(text: string, type: 'Int32' | 'Int64'): Int32 | Int64 {
  const integer = parseInteger(text);
  if (integer === undefined) {
    throw malformedNumber();
  }
  if (BigInt.asIntN(type === 'Int32' ? 32 : 64, integer) !== integer) {
    throw overflow(type);
  }
  return integerOf(integer, type === 'Int64');
}

/** `TryParse(text, out result)`: the parsed value, else the type's default. */
function tryParse(call: Invocation, parse: (text: string) => Value, otherwise: Value): boolean {
  if (call.count !== 2) {
    throw call.overloadMissing();
  }
  const text = call.textOrNull(0);
  try {
    call.assign(1, text === null ? otherwise : parse(text));
    return text !== null;
  } catch (error) {
    if (!(error instanceof ClrException)) {
      throw error;
    }
    call.assign(1, otherwise);
    return false;
  }
}

function integerStatics(type: 'Int32' | 'Int64'): StaticMembers {
  const bits = type === 'Int32' ? 31n : 63n;
  const long = type === 'Int64';
  return staticMembers({
    properties: {
      MaxValue: () => integerOf((1n << bits) - 1n, long),
      MinValue: () => integerOf(-(1n << bits), long),
    },
    methods: {
      Parse: (call) => parsedInteger(call.text(0), type),
      TryParse: (call) => tryParse(call, (text) => parsedInteger(text, type), integerOf(0n, long)),
    },
  });
}

export const int32Statics = integerStatics('Int32');
export const int64Statics = integerStatics('Int64');

function parsedDouble(text: string): Double {
  const number = parseDouble(text);
  if (number === undefined) {
    throw malformedNumber();
  }
  return new Double(number);
}

export const doubleStatics = staticMembers({
  properties: { MaxValue: () => new Double(Number.MAX_VALUE), MinValue: () => new Double(-Number.MAX_VALUE) },
  methods: {
    Parse: (call) => parsedDouble(call.text(0)),
    TryParse: (call) => tryParse(call, parsedDouble, new Double(0)),
    IsNaN: (call) => Number.isNaN(call.number(0)),
  },
});

function parsedBoolean(text: string): boolean {
  const word = parseBoolean(text);
  if (word === undefined) {
    throw malformedBoolean();
  }
  return word;
}

export const booleanStatics = staticMembers({
  methods: {
    Parse: (call) => parsedBoolean(call.text(0)),
    TryParse: (call) => tryParse(call, parsedBoolean, false),
  },
});

function basicType(name: string): TypeName {
  return { name, arguments: [], nullable: false, rank: 0 };
}

/** `Convert.ToInt32` and its kin take every basic value, boxed ones and JSON values too. */
function converted(call: Invocation, type: 'Int32' | 'Int64' | 'Double' | 'Boolean'): Value {
  const value = unboxed(call.value(0));
  if (call.count !== 1) {
    throw call.overloadMissing();
  }
  if (value === null) {
    return type === 'Boolean' ? false : type === 'Double' ? new Double(0) : integerOf(0n, type === 'Int64');
  }
  if (typeof value === 'string') {
    return type === 'Boolean'
      ? parsedBoolean(value)
      : type === 'Double'
        ? parsedDouble(value)
        : parsedInteger(value, type);
  }
  if (isJToken(value)) {
    return castTo(basicType(type), value);
  }
  return convertedNumber(typeof value === 'boolean' ? new Int32(value ? 1 : 0) : value, type);
}

function convertedNumber(value: Value, type: 'Int32' | 'Int64' | 'Double' | 'Boolean'): Value {
  const number = numericOf(value);
  if (number === undefined || (value instanceof Char && (type === 'Double' || type === 'Boolean'))) {
    throw new ClrException('InvalidCastException', `Unable to convert the value to type '${type}'.`);
  }
  if (type === 'Boolean') {
    return Number(number.value) !== 0;
  }
  if (type === 'Double') {
    return new Double(Number(number.value));
  }
  const integer = number instanceof Double ? roundedHalfEven(number.value, type) : BigInt(number.value);
  if (BigInt.asIntN(type === 'Int32' ? 32 : 64, integer) !== integer) {
    throw overflow(type);
  }
  return integerOf(integer, type === 'Int64');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const convertStatics = staticMembers({
  methods: {
    ToInt32: (call) => converted(call, 'Int32'),
    ToInt64: (call) => converted(call, 'Int64'),
    ToDouble: (call) => converted(call, 'Double'),
    ToBoolean: (call) => converted(call, 'Boolean'),
    ToString: (call) => textOf(call.value(0)),
    ToBase64String: (call) => {
      const value = call.value(0);
      if (!(value instanceof Bytes)) {
        throw value === null ? argumentNull('inArray') : call.mismatch(0, value, 'byte[]');
      }
      return value.buffer.toString('base64');
    },
    FromBase64String: (call) => {
      const text = call.text(0).replace(/[\s]+/g, '');
      if (!BASE64.test(text)) {
        throw new ClrException('FormatException', 'The input is not a valid Base-64 string.');
      }
      return new Bytes(Buffer.from(text, 'base64'));
    },
  },
});

/** The wider type of two numbers. */
function wider(call: Invocation, choose: (left: number | bigint, right: number | bigint) => boolean): Value {
  const [left, right] = [numericOf(call.value(0)), numericOf(call.value(1))];
  if (left === undefined || right === undefined || call.count !== 2) {
    throw call.overloadMissing();
  }
  const chosen = choose(left.value, right.value) ? left : right;
  if (left instanceof Double || right instanceof Double) {
    const undefinedNumber = Number.isNaN(Number(left.value)) || Number.isNaN(Number(right.value));
    return new Double(undefinedNumber ? Number.NaN : Number(chosen.value));
  }
  return integerOf(BigInt(chosen.value), left instanceof Int64 || right instanceof Int64);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const difference = value - floor;
  const result = difference > 0.5 || (difference === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return Number.isFinite(value) ? result : value;
}

function rounded(call: Invocation): Value {
  const value = call.number(0);
  const digits = call.has(1) && call.value(1) instanceof Int32 ? call.integer(1) : 0;
  if (call.has(digits === 0 && !(call.has(1) && call.value(1) instanceof Int32) ? 1 : 2)) {
    throw call.overloadMissing();
  }
  if (digits < 0 || digits > 15) {
    throw argumentOutOfRange('digits');
  }
  const scale = 10 ** digits;
  return new Double(Math.abs(value) < 1e16 ? roundHalfEven(value * scale) / scale : value);
}

function absolute(call: Invocation): Value {
  const number = numericOf(call.value(0));
  if (number === undefined) {
    throw call.overloadMissing();
  }
  if (number instanceof Double) {
    return new Double(Math.abs(number.value));
  }
  const size = BigInt(number.value) < 0n ? -BigInt(number.value) : BigInt(number.value);
  const result = integerOf(size, number instanceof Int64);
  if (BigInt(result.value) !== size) {
    throw overflow(number instanceof Int64 ? 'Int64' : 'Int32');
  }
  return result;
}

function real(compute: (value: number) => number): (call: Invocation) => Value {
  return (call) => new Double(compute(call.number(0)));
}

export const mathStatics = staticMembers({
  properties: { PI: () => new Double(Math.PI), E: () => new Double(Math.E) },
  methods: {
    Min: (call) => wider(call, (left, right) => left <= right),
    Max: (call) => wider(call, (left, right) => left >= right),
    Abs: absolute,
    Ceiling: real(Math.ceil),
    Floor: real(Math.floor),
    Truncate: real(Math.trunc),
    Sqrt: real(Math.sqrt),
    Log: real(Math.log),
    Exp: real(Math.exp),
    Round: rounded,
    Pow: (call) => new Double(call.number(0) ** call.number(1)),
    Sign: (call) => {
      const value = call.number(0);
      if (Number.isNaN(value)) {
        throw argumentInvalid('Function does not accept floating point Not-a-Number values.');
      }
      return new Int32(Math.sign(value) + 0);
    },
  },
});
