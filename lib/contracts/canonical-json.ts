import { compareText } from './text-order';
/**
 * The one text of a JSON value, by RFC 8785 (https://www.rfc-editor.org/rfc/rfc8785): keys in the order of their UTF-16 code
 * units, no blanks, numbers as ECMAScript writes them. Equal values have equal texts on every machine.
 *
 * @throws if the value holds anything that JSON has no text for; the message names the place
 */
export function canonicalJson(value: unknown, place = '$'): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value)) {
      throw new TypeError(`${place} is no Unicode text: it holds half of a surrogate pair`);
    }
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw new TypeError(`${place} is ${value}, which JSON cannot hold`);
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    // `map` leaves out the holes of a list, and the text would be no JSON.
    return `[${Array.from(value, (item, index) => canonicalJson(item, `${place}[${index}]`)).join(',')}]`;
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => compareText(a, b));
    return `{${entries.map(([key, item]) => `${canonicalJson(key, place)}:${canonicalJson(item, `${place}.${key}`)}`).join(',')}}`;
  }
  throw new TypeError(
    `${place} is ${typeof value === 'object' ? 'an object of a class' : typeof value}, which JSON cannot hold`,
  );
}

/** The canonical text of a value, or `undefined` for what JSON has no text for, nesting without end included. */
export function canonicalTextOf(value: unknown): string | undefined {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
