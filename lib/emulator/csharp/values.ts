import { TypeName } from '../../policy/expressions/syntax';
import { JToken } from './json';
import { DateTime, DateTimeOffset, TimeSpan } from './time';

/** `System.Int32`. */
export class Int32 {
  declare private readonly clr: 'Int32';
  constructor(readonly value: number) {}
}

/** `System.Int64`. */
export class Int64 {
  declare private readonly clr: 'Int64';
  constructor(readonly value: bigint) {}
}

/** `System.Double`. */
export class Double {
  declare private readonly clr: 'Double';
  constructor(readonly value: number) {}
}

/** `System.Char`: one UTF-16 unit. */
export class Char {
  declare private readonly clr: 'Char';
  constructor(readonly value: string) {}
}

/** A value whose static type is `object`: the compiler lets it be compared with null, converted or cast, and nothing else. */
export class Boxed {
  declare private readonly clr: 'Boxed';
  constructor(readonly value: PlainValue) {}
}

/** A member of an enumeration. */
export class EnumValue {
  declare private readonly clr: 'EnumValue';
  constructor(
    readonly type: string,
    readonly name: string,
    readonly number: number,
  ) {}
}

/** An array (of fixed length) or a `List<T>`. */
export class Sequence {
  declare private readonly clr: 'Sequence';
  constructor(
    readonly items: Value[],
    /** `array` or `list`; `query` is what LINQ makes. */
    readonly kind: 'array' | 'list' | 'query',
    readonly elementType = 'Object',
  ) {}
}

/** `Dictionary<TKey, TValue>` and the read-only dictionaries of the context. */
export class Dictionary {
  declare private readonly clr: 'Dictionary';
  readonly entries = new Map<string, { key: Value; value: Value }>();
  constructor(
    readonly typeName: string,
    /** How a key is compared, by default exactly. */
    readonly comparedAs: (key: Value) => string,
    readonly readOnly = false,
    /** Values have the static type `object`. */
    readonly boxes = false,
    /** What `GetValueOrDefault` answers, where that is not the value itself. */
    readonly valueOrDefault?: (found: Value | undefined, call: ContextCall) => Value,
  ) {}
}

export class KeyValuePair {
  declare private readonly clr: 'KeyValuePair';
  constructor(
    readonly key: Value,
    readonly value: Value,
  ) {}
}

export class Bytes {
  declare private readonly clr: 'Bytes';
  constructor(readonly buffer: Buffer) {}
}

/** An instance of a class of `System.Security.Cryptography` that turns bytes into a hash. */
export class HashAlgorithm {
  declare private readonly clr: 'HashAlgorithm';
  constructor(
    readonly typeName: string,
    readonly compute: (content: Buffer) => Buffer,
  ) {}
}

export class Guid {
  declare private readonly clr: 'Guid';
  constructor(readonly text: string) {}
}

/** `System.Random`: `next` gives numbers from 0 up to 1. */
export class RandomSource {
  declare private readonly clr: 'RandomSource';
  constructor(readonly next: () => number) {}
}

export class Regex {
  declare private readonly clr: 'Regex';
  constructor(
    readonly pattern: string,
    readonly options: number,
  ) {}
}

export class Capture {
  declare private readonly clr: 'Capture';
  constructor(
    readonly kind: 'Match' | 'Group',
    readonly success: boolean,
    readonly text: string,
    readonly index: number,
    /** Of a match: by number and name. */
    readonly groups: ReadonlyMap<string, Capture> = new Map(),
  ) {}
}

export class GroupCollection {
  declare private readonly clr: 'GroupCollection';
  constructor(readonly groups: ReadonlyMap<string, Capture>) {}
}

export class StringBuilder {
  declare private readonly clr: 'StringBuilder';
  parts: string[] = [];
}

export class TextEncoding {
  declare private readonly clr: 'TextEncoding';
  constructor(readonly name: 'utf8' | 'ascii') {}
}

export class UriValue {
  declare private readonly clr: 'UriValue';
  constructor(
    readonly url: URL,
    readonly original: string,
  ) {}
}

/** A caught exception. */
export class ExceptionValue {
  declare private readonly clr: 'ExceptionValue';
  constructor(
    readonly type: string,
    readonly message: string,
  ) {}
}

/** A lambda expression with its surroundings. */
export class Lambda {
  declare private readonly clr: 'Lambda';
  constructor(
    readonly parameters: number,
    readonly invoke: (values: readonly Value[]) => Value,
  ) {}
}

/** An object of the context: its members are given one by one. */
export class ContextObject {
  declare private readonly clr: 'ContextObject';
  constructor(
    readonly typeName: string,
    readonly properties: ReadonlyMap<string, () => Value>,
    readonly methods: ReadonlyMap<string, (call: ContextCall) => Value> = new Map(),
  ) {}
}

/** What a method of the context is called with. */
export interface ContextCall {
  readonly count: number;
  readonly typeArguments: readonly TypeName[];
  has(index: number): boolean;
  value(index: number, parameter?: string): Value;
  text(index: number, parameter?: string): string;
  textOrNull(index: number, parameter?: string): string | null;
  boolean(index: number, parameter?: string, otherwise?: boolean): boolean;
}

/** Any value but null and one of static type `object`. */
export type PlainValue =
  | boolean
  | string
  | Int32
  | Int64
  | Double
  | Char
  | EnumValue
  | Sequence
  | Dictionary
  | KeyValuePair
  | Bytes
  | HashAlgorithm
  | Guid
  | RandomSource
  | Regex
  | Capture
  | GroupCollection
  | StringBuilder
  | TextEncoding
  | UriValue
  | ExceptionValue
  | Lambda
  | ContextObject
  | DateTime
  | DateTimeOffset
  | TimeSpan
  | JToken;

/** A value of C#. */
export type Value = PlainValue | Boxed | null;

/** The value with its own type. */
export function unboxed(value: Value): PlainValue | null {
  return value instanceof Boxed ? value.value : value;
}

/** The value with the static type `object`. */
export function boxed(value: Value): Value {
  return value === null || value instanceof Boxed ? value : new Boxed(value);
}
