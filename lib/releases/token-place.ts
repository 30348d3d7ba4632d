import { Token } from 'cdktf';

/** Where in a value a Terraform token stands, keys of objects included; `undefined` if there is none. */
export function tokenPlace(value: unknown, place: string): string | undefined {
  if (Token.isUnresolved(value)) {
    return place;
  }
  if (Array.isArray(value)) {
    return first(value.entries(), ([index, item]) => tokenPlace(item, `${place}[${index}]`));
  }
  if (typeof value === 'object' && value !== null) {
    return first(Object.entries(value), ([key, item]) =>
      Token.isUnresolved(key) ? place : tokenPlace(item, `${place}.${key}`),
    );
  }
  return undefined;
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
