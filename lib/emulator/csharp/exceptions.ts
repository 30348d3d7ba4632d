/** An exception of .NET as an expression raises it: caught by `catch`, else it sends the request to `on-error`. */
export class ClrException extends Error {
  constructor(
    /** Name of the type without namespace, for instance `NullReferenceException`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The expression is nothing that runs here: the C# compiler would refuse it when the policy is saved, or the emulator does not
 * implement it. Never caught by `catch` or `on-error`: it says that the answer would not be the gateway's.
 */
export class ExpressionDefect extends Error {}

export function nullReference(): ClrException {
  return new ClrException('NullReferenceException', 'Object reference not set to an instance of an object.');
}

export function invalidCast(from: string, to: string): ClrException {
  return new ClrException('InvalidCastException', `Unable to cast object of type '${from}' to type '${to}'.`);
}

export function invalidUnboxing(): ClrException {
  return new ClrException('InvalidCastException', 'Specified cast is not valid.');
}

export function malformedNumber(): ClrException {
  return new ClrException('FormatException', 'Input string was not in a correct format.');
}

export function malformedDate(): ClrException {
  return new ClrException('FormatException', 'String was not recognized as a valid DateTime.');
}

export function malformedBoolean(): ClrException {
  return new ClrException('FormatException', 'String was not recognized as a valid Boolean.');
}

export function overflow(type: string): ClrException {
  return new ClrException('OverflowException', `Value was either too large or too small for an ${type}.`);
}

export function divisionByZero(): ClrException {
  return new ClrException('DivideByZeroException', 'Attempted to divide by zero.');
}

export function argumentNull(parameter: string): ClrException {
  return new ClrException('ArgumentNullException', `Value cannot be null. (${parameter})`);
}

export function argumentOutOfRange(parameter: string): ClrException {
  return new ClrException(
    'ArgumentOutOfRangeException',
    `Specified argument was out of the range of valid values. (${parameter})`,
  );
}

export function argumentInvalid(message: string): ClrException {
  return new ClrException('ArgumentException', message);
}

export function indexOutOfRange(): ClrException {
  return new ClrException('IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}

export function keyNotFound(): ClrException {
  return new ClrException('KeyNotFoundException', 'The given key was not present in the dictionary.');
}

export function sequenceEmpty(): ClrException {
  return new ClrException('InvalidOperationException', 'Sequence contains no elements');
}

export function sequenceAmbiguous(): ClrException {
  return new ClrException('InvalidOperationException', 'Sequence contains more than one element');
}

export function collectionChanged(): ClrException {
  return new ClrException(
    'InvalidOperationException',
    'Collection was modified; enumeration operation may not execute.',
  );
}

export function childAccessInvalid(): ClrException {
  return new ClrException('InvalidOperationException', 'Cannot access child value on Newtonsoft.Json.Linq.JValue.');
}

export function malformedJson(message: string, at: number): ClrException {
  return new ClrException('JsonReaderException', `${message} (character ${at})`);
}

export function outOfMemory(): ClrException {
  return new ClrException('OutOfMemoryException', 'Insufficient memory to continue the execution of the program.');
}

export function memberMissing(type: string, member: string): ExpressionDefect {
  return new ExpressionDefect(`type ${type} has no member '${member}' that the emulator implements`);
}

export function objectNeedsCast(use: string): ExpressionDefect {
  return new ExpressionDefect(
    `${use} on a value of type object does not compile: cast it first, for instance (string)context.Variables["x"]`,
  );
}

export function operatorUndefined(operator: string, left: string, right?: string): ExpressionDefect {
  const operands = right === undefined ? `an operand of type ${left}` : `operands of type ${left} and ${right}`;
  return new ExpressionDefect(`operator '${operator}' cannot be applied to ${operands}`);
}

export function conversionUndefined(from: string, to: string): ExpressionDefect {
  return new ExpressionDefect(`type ${from} cannot be converted to ${to}`);
}

export function unsupportedUse(what: string): ExpressionDefect {
  return new ExpressionDefect(`the emulator does not implement ${what}`);
}
