import { BinaryOperator } from '../../policy/expressions/syntax';
import { divisionByZero, objectNeedsCast, operatorUndefined, outOfMemory, overflow } from './exceptions';
import { textOf } from './format';
import { isJToken } from './json';
import { DateTime, DateTimeOffset, TimeSpan } from './time';
import { typeNameOf } from './type-names';
import { Boxed, Char, Double, EnumValue, Guid, Int32, Int64, Value } from './values';

type Numeric = Int32 | Int64 | Double;

const LONGEST_TEXT = 64 * 1024 * 1024;

/** The number a value takes part in arithmetic with: a char is an int. */
export function numericOf(value: Value): Numeric | undefined {
  if (value instanceof Int32 || value instanceof Int64 || value instanceof Double) {
    return value;
  }
  return value instanceof Char ? new Int32(value.value.charCodeAt(0)) : undefined;
}

export function concatenate(left: Value, right: Value): string {
  const text = textOf(left) + textOf(right);
  if (text.length > LONGEST_TEXT) {
    throw outOfMemory();
  }
  return text;
}

/** A binary operator other than `&&` and `||`, with C#'s promotions: int, long, double. Overflow wraps, as it does unless code says `checked`. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (operator === '==' || operator === '!=') {
    return valuesEqual(left, right, operator) === (operator === '==');
  }
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    return concatenate(left, right);
  }
  if (left instanceof Boxed || right instanceof Boxed) {
    throw objectNeedsCast(`operator '${operator}'`);
  }
  const first = numericOf(left);
  const second = numericOf(right);
  const result =
    first && second
      ? numericResult(operator, first, second)
      : (timeResult(operator, left, right) ?? logicResult(operator, left, right));
  if (result === undefined) {
    throw operatorUndefined(operator, typeNameOf(left), typeNameOf(right));
  }
  return result;
}

function numericResult(operator: BinaryOperator, left: Numeric, right: Numeric): Value | undefined {
  if (left instanceof Double || right instanceof Double) {
    return doubleResult(operator, Number(left.value), Number(right.value));
  }
  const shift = operator === '<<' || operator === '>>';
  if (shift && right instanceof Int64) {
    return undefined;
  }
  const long = left instanceof Int64 || (right instanceof Int64 && !shift);
  const result = integerResult(operator, BigInt(left.value), BigInt(right.value), long ? 64 : 32);
  return typeof result === 'bigint' ? integerOf(result, long) : result;
}

/** An integer of either size, wrapped to it. */
export function integerOf(value: bigint, long: boolean): Int32 | Int64 {
  return long ? new Int64(BigInt.asIntN(64, value)) : new Int32(Number(BigInt.asIntN(32, value)));
}

function integerResult(
  operator: BinaryOperator,
  left: bigint,
  right: bigint,
  bits: number,
): bigint | boolean | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      return quotient(operator, left, right, bits);
    case '<<':
      return left << (right & BigInt(bits - 1));
    case '>>':
      return left >> (right & BigInt(bits - 1));
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    default:
      return ordered(operator, left, right);
  }
}

function quotient(operator: '/' | '%', left: bigint, right: bigint, bits: number): bigint {
  if (right === 0n) {
    throw divisionByZero();
  }
  if (right === -1n && left === -(1n << BigInt(bits - 1))) {
    throw overflow(bits === 64 ? 'Int64' : 'Int32');
  }
  return operator === '/' ? left / right : left % right;
}

function doubleResult(operator: BinaryOperator, left: number, right: number): Value | undefined {
  switch (operator) {
    case '+':
      return new Double(left + right);
    case '-':
      return new Double(left - right);
    case '*':
      return new Double(left * right);
    case '/':
      return new Double(left / right);
    case '%':
      return new Double(left % right);
    default:
      return ordered(operator, left, right);
  }
}

function ordered(operator: BinaryOperator, left: bigint | number, right: bigint | number): boolean | undefined {
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}

function logicResult(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return operator === '&'
      ? left && right
      : operator === '|'
        ? left || right
        : operator === '^'
          ? left !== right
          : undefined;
  }
  if (operator === '|' && left instanceof EnumValue && right instanceof EnumValue && left.type === right.type) {
    return new EnumValue(left.type, `${left.name}, ${right.name}`, left.number | right.number);
  }
  return undefined;
}

/** Ticks on one scale; a DateTimeOffset counts in UTC. */
export function ticksOf(value: Value): bigint | undefined {
  if (value instanceof DateTimeOffset) {
    return value.utcTicks;
  }
  return value instanceof DateTime || value instanceof TimeSpan ? value.ticks : undefined;
}

function timeResult(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const first = ticksOf(left);
  const second = ticksOf(right);
  if (first === undefined || second === undefined) {
    return undefined;
  }
  if (right instanceof TimeSpan && (operator === '+' || operator === '-')) {
    const change = operator === '+' ? second : -second;
    if (left instanceof TimeSpan) {
      return new TimeSpan(first + change);
    }
    return left instanceof DateTime
      ? new DateTime(left.ticks + change, left.utc)
      : new DateTimeOffset((left as DateTimeOffset).ticks + change, (left as DateTimeOffset).offsetMinutes);
  }
  if (left instanceof TimeSpan !== right instanceof TimeSpan) {
    return undefined;
  }
  return operator === '-' ? new TimeSpan(first - second) : ordered(operator, first, second);
}

/** `==`. Objects and JSON tokens are equal only to themselves. */
export function valuesEqual(left: Value, right: Value, operator = '=='): boolean {
  if (left === null || right === null) {
    return left === right;
  }
  if (left instanceof Boxed || right instanceof Boxed) {
    throw objectNeedsCast(`operator '${operator}'`);
  }
  const first = numericOf(left);
  const second = numericOf(right);
  if (first && second) {
    return numbersEqual(first, second);
  }
  if (isJToken(left) && isJToken(right)) {
    return left === right;
  }
  if (typeNameOf(left) !== typeNameOf(right) && !(ticksOf(left) !== undefined && ticksOf(right) !== undefined)) {
    throw operatorUndefined(operator, typeNameOf(left), typeNameOf(right));
  }
  return sameContent(left, right);
}

function numbersEqual(left: Numeric, right: Numeric): boolean {
  return left instanceof Double || right instanceof Double
    ? Number(left.value) === Number(right.value)
    : BigInt(left.value) === BigInt(right.value);
}

function sameContent(left: Value, right: Value): boolean {
  const ticks = ticksOf(left);
  if (ticks !== undefined) {
    return ticks === ticksOf(right);
  }
  if (left instanceof EnumValue && right instanceof EnumValue) {
    return left.number === right.number;
  }
  return left instanceof Guid && right instanceof Guid ? left.text === right.text : left === right;
}

/** `Equals`: like `==` between values of one type; values of different types are not equal. */
export function objectsEqual(left: Value, right: Value): boolean {
  const first = left instanceof Boxed ? left.value : left;
  const second = right instanceof Boxed ? right.value : right;
  return typeNameOf(first) === typeNameOf(second) && valuesEqual(first, second);
}

export function applyUnary(operator: '-' | '+' | '!' | '~', operand: Value): Value {
  if (operand instanceof Boxed) {
    throw objectNeedsCast(`operator '${operator}'`);
  }
  if (operator === '!' && typeof operand === 'boolean') {
    return !operand;
  }
  if (operator === '-' && operand instanceof TimeSpan) {
    return new TimeSpan(-operand.ticks);
  }
  const number = numericOf(operand);
  if (number instanceof Double && operator !== '~' && operator !== '!') {
    return operator === '-' ? new Double(-number.value) : number;
  }
  if (number === undefined || number instanceof Double || operator === '!') {
    throw operatorUndefined(operator, typeNameOf(operand));
  }
  const integer = BigInt(number.value);
  return integerOf(operator === '-' ? -integer : operator === '~' ? ~integer : integer, number instanceof Int64);
}
