/** Every place in a value that holds something, the value itself first. */
export function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const entries =
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, item]): [string | number, unknown] => [
          Array.isArray(value) ? Number(key) : key,
          item,
        ])
      : [];
  return [path, ...entries.flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

/** A copy in which the place holds another value, or nothing. */
export function changed(value: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  // By way of JSON: what `structuredClone` makes under jest is of other classes.
  const copy = JSON.parse(JSON.stringify(value)) as Record<string | number, unknown>;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string | number, unknown>, copy);
  const last = path.at(-1)!;
  if (replacement !== undefined) {
    parent[last] = replacement;
  } else if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else {
    delete parent[last];
  }
  return copy;
}
