import { isJsonObject, JsonObject } from '../contracts/json-file';

export { isJsonObject as isObject } from '../contracts/json-file';
export type { JsonObject } from '../contracts/json-file';

/** Deepest nesting that is read: Terraform's own schemas end far above it. */
export const DEEPEST_NESTING = 64;

/** The object's own value under a key; never one that it inherits (`constructor`). */
export function property(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The own value at the end of a path of keys. */
export function propertyAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => property(inner, key), value);
}

/**
 * The objects of a Terraform block: JSON syntax writes one block as an object or as a list of objects
 * (https://developer.hashicorp.com/terraform/language/syntax/json#nested-block-mapping).
 */
export function blocksOf(value: unknown): JsonObject[] {
  return isJsonObject(value) ? [value] : Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The value that a JSON text stands for, or `undefined` if the text is not a JSON object or list. */
export function parseJsonDocument(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object with some values replaced; keys such as `__proto__` stay ordinary keys. */
export function withValues(object: JsonObject, replace: (value: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, replace(value, key)]));
}
