import { TypeName } from '../../policy/expressions/syntax';
import { numericOf } from './arithmetic';
import { argumentNull, ExpressionDefect, unsupportedUse } from './exceptions';
import { typeNameOf } from './type-names';
import { Boxed, Char, EnumValue, Int32, Lambda, Value } from './values';

/** What expressions take from the outside world; tests pass fixed ones. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  newGuid(): string;
}

/** A value passed to a member. */
export interface PassedValue {
  readonly name?: string;
  readonly value: Value;
  /** Set for `out`. */
  readonly assign?: (value: Value) => void;
}

/** A call of a method or constructor: what it was given, read with the types that it declares. */
export class Invocation {
  constructor(
    /** As in `String.Split`, for messages. */
    readonly member: string,
    readonly passed: readonly PassedValue[],
    readonly typeArguments: readonly TypeName[],
    readonly environment: Environment,
  ) {}

  get count(): number {
    return this.passed.length;
  }

  get typeArgument(): string | undefined {
    return this.typeArguments[0]?.name;
  }

  has(index: number): boolean {
    return index < this.passed.length;
  }

  /** The position of the argument passed by this name, else the position itself. */
  private positionOf(index: number, parameter?: string): number {
    const named = parameter === undefined ? -1 : this.passed.findIndex((argument) => argument.name === parameter);
    return named >= 0 ? named : index;
  }

  value(index: number, parameter?: string): Value {
    const found = this.passed[this.positionOf(index, parameter)];
    if (found === undefined || found.assign || (found.name !== undefined && found.name !== parameter)) {
      throw this.overloadMissing();
    }
    return found.value;
  }

  /** Assigns to an `out` argument. */
  assign(index: number, value: Value): void {
    const target = this.passed[index]?.assign;
    if (!target) {
      throw this.overloadMissing();
    }
    target(value);
  }

  text(index: number, parameter?: string): string {
    const text = this.textOrNull(index, parameter);
    if (text === null) {
      throw argumentNull(parameter ?? `argument ${index + 1} of ${this.member}`);
    }
    return text;
  }

  textOrNull(index: number, parameter?: string): string | null {
    const value = this.value(index, parameter);
    if (value !== null && typeof value !== 'string') {
      throw this.mismatch(index, value, 'string');
    }
    return value;
  }

  integer(index: number): number {
    const value = this.value(index);
    if (!(value instanceof Int32) && !(value instanceof Char)) {
      throw this.mismatch(index, value, 'int');
    }
    return value instanceof Int32 ? value.value : value.value.charCodeAt(0);
  }

  number(index: number): number {
    const number = numericOf(this.value(index));
    if (number === undefined) {
      throw this.mismatch(index, this.value(index), 'double');
    }
    return Number(number.value);
  }

  boolean(index: number, parameter?: string, otherwise?: boolean): boolean {
    if (otherwise !== undefined && this.passed[this.positionOf(index, parameter)] === undefined) {
      return otherwise;
    }
    const value = this.value(index, parameter);
    if (typeof value !== 'boolean') {
      throw this.mismatch(index, value, 'bool');
    }
    return value;
  }

  enumeration(index: number, type: string): EnumValue {
    const value = this.value(index);
    if (!(value instanceof EnumValue) || value.type !== type) {
      throw this.mismatch(index, value, type);
    }
    return value;
  }

  lambda(index: number, parameters = 1): (...values: Value[]) => Value {
    const value = this.value(index);
    if (!(value instanceof Lambda) || value.parameters !== parameters) {
      throw this.mismatch(index, value, `lambda expression of ${parameters}`);
    }
    return (...values) => value.invoke(values);
  }

  /** A lambda that answers true or false. */
  predicate(index: number): (value: Value) => boolean {
    const invoke = this.lambda(index);
    return (value) => {
      const answer = invoke(value);
      if (typeof answer !== 'boolean') {
        throw this.mismatch(index, answer, 'bool');
      }
      return answer;
    };
  }

  mismatch(index: number, value: Value, expected: string): ExpressionDefect {
    const given = value instanceof Boxed ? 'object' : typeNameOf(value);
    return new ExpressionDefect(`argument ${index + 1} of ${this.member} is of type ${given}, not ${expected}`);
  }

  overloadMissing(): ExpressionDefect {
    return unsupportedUse(`${this.member} with these ${this.count} arguments`);
  }
}
