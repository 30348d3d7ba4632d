/** A block of nginx's configuration: its head, and its lines set in. */
export function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `    ${line}`), '}'];
}

/** A `map` from one variable to another. */
export function mapBlock(
  source: string,
  variable: string,
  entries: readonly (readonly [value: string, result: string])[],
): string[] {
  return block(
    `map ${source} ${variable}`,
    entries.map(([value, result]) => `${value} ${result};`),
  );
}
