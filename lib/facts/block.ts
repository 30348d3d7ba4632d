import { ABSENT, Attribute, known, unknown } from './attribute';
import { isObject, JsonObject } from './json';
import { Unresolved } from './unresolved';

const NUMBERED = /^\d+$/;

/**
 * One block of a resource, however it is written: an object, a list of one, or an object with numbered keys, which is
 * what `addOverride('model.0.version', …)` leaves behind. Values that contradict each other are unresolved.
 */
export class Block {
  private constructor(private readonly variants: readonly unknown[]) {}

  static of(value: unknown): Block {
    return new Block(variantsOf(value));
  }

  get isPresent(): boolean {
    return this.variants.length > 0;
  }

  /** The value under a key, `undefined` where it is missing or null, `Unresolved` where it cannot be told. */
  value(key: string): unknown {
    const values = this.variants.map((variant) =>
      variant instanceof Unresolved
        ? variant
        : Object.hasOwn(variant as JsonObject, key)
          ? (variant as JsonObject)[key]
          : undefined,
    );
    const present = [...new Set(values.filter((value) => value !== undefined && value !== null))];
    return present.length > 1 ? new Unresolved(present.map(expressionOf).join(' | ')) : present[0];
  }

  /** The first value that is present under one of the keys. */
  first(...keys: readonly string[]): unknown {
    return keys.map((key) => this.value(key)).find((value) => value !== undefined);
  }

  text(...keys: readonly string[]): Attribute {
    return textAttribute(this.first(...keys));
  }

  number(...keys: readonly string[]): Attribute<number> {
    return numberAttribute(this.first(...keys));
  }
}

/** A resolved value as a text; an empty text is how the provider writes a property that is left out. */
export function textAttribute(value: unknown): Attribute {
  if (value === undefined || value === null || value === '') {
    return ABSENT;
  }
  return typeof value === 'object' ? unknown(expressionOf(value)) : known(String(value));
}

/** A resolved value as a number; numbers may be written as text. */
export function numberAttribute(value: unknown): Attribute<number> {
  const text = textAttribute(value);
  if (text.state !== 'known') {
    return text;
  }
  const number = Number(text.value);
  return Number.isFinite(number) ? known(number) : unknown(text.value);
}

/** What stands in the configuration, for a person to read. */
export function expressionOf(value: unknown): string {
  if (value instanceof Unresolved) {
    return value.expression;
  }
  return typeof value === 'object' ? 'a list or an object' : String(value);
}

function variantsOf(value: unknown): unknown[] {
  if (value instanceof Unresolved) {
    return value.encoded === undefined ? [value] : variantsOf(value.encoded);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => (isObject(item) ? variantsOf(item) : []));
  }
  if (!isObject(value)) {
    return typeof value === 'string' ? [new Unresolved(value)] : [];
  }
  const numbered = Object.keys(value).filter((key) => NUMBERED.test(key) && isObject(value[key]));
  if (numbered.length === 0) {
    return [value];
  }
  const named = Object.fromEntries(Object.entries(value).filter(([key]) => !numbered.includes(key)));
  return [named, ...numbered.map((key) => value[key])];
}
