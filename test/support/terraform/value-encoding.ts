import { decode, encode, ExtensionCodec, ExtData } from '@msgpack/msgpack';

/** A value that Terraform learns during apply. */
class Unknown {
  toString(): string {
    return '(known after apply)';
  }
}

/** All unknowns are alike, so there is exactly one. */
export const UNKNOWN = new Unknown();

/**
 * Any value that travels between Terraform and a provider; `null` is "not set". Where the schema says `dynamic`, it is
 * the type as bytes of JSON and then the value.
 */
export type Value = null | string | number | boolean | Unknown | Uint8Array | Value[] | ValueObject;

/** A resource, a data source, a nested block or a map. */
export type ValueObject = { [name: string]: Value };

/** The message in which the protocol carries a value. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/**
 * Terraform sends a bare unknown as extension 0 and one of which it already knows something
 * (not null, a prefix, a length) as extension 12. What is known about it may be ignored.
 * https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/object-wire-format.md
 */
const unknownExtensions = [0, 12];
const extensions = new ExtensionCodec();
for (const type of unknownExtensions) {
  extensions.register({ type, encode: () => null, decode: () => UNKNOWN });
}

/** Reads what Terraform sent; an absent value is `null`. */
export function decodeValue(value: DynamicValue | null | undefined): Value {
  if (value?.msgpack?.length) {
    return decode(value.msgpack, { extensionCodec: extensions }) as Value;
  }
  return value?.json?.length ? (JSON.parse(Buffer.from(value.json).toString('utf8')) as Value) : null;
}

/** Writes MessagePack, which Terraform understands in every answer (JSON only in some). */
export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encode(withExtensions(value), { extensionCodec: extensions }) };
}

function withExtensions(value: Value): unknown {
  if (value === UNKNOWN) {
    return new ExtData(0, new Uint8Array([0]));
  }
  if (Array.isArray(value)) {
    return value.map(withExtensions);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withExtensions(inner)]));
  }
  return value;
}

/** Whether the value is a block, an object or a map: neither a list, bytes nor an unknown. */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array) &&
    !Array.isArray(value)
  );
}

/**
 * Whether the value is nothing or the zero value of its type: the plugin SDK on which the azurerm provider is built
 * cannot tell these apart.
 */
export function isEmpty(value: Value): boolean {
  return (
    value === null ||
    value === '' ||
    value === 0 ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

/** A deep copy that keeps unknowns. */
export function copyOf(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(copyOf);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]))
    : value;
}

/** A text that is equal for equal values; the order of elements does not count, so that sets compare well. */
export function canonical(value: Value): string {
  if (value === UNKNOWN) {
    return '?';
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString('base64');
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).sort().join(',')}]`;
  }
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
