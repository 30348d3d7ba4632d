import { createHash } from 'node:crypto';

/** A part of a router besides what is read of it. */
export interface UnreadPart {
  /** What it is called in the policy or configuration, for instance `inbound` or `map $kill_switch $routed_release`. */
  readonly name: string;
  /** The same for the same contents. */
  readonly digest: string;
}

/** What a router consists of besides what is read: one part for each name, of all contents under it. */
export function unreadParts(contents: readonly (readonly [name: string, content: unknown])[]): UnreadPart[] {
  const byName = new Map<string, unknown[]>();
  for (const [name, content] of contents) {
    byName.set(name, [...(byName.get(name) ?? []), content]);
  }
  return [...byName].map(([name, all]) => ({
    name,
    digest: createHash('sha256')
      .update(withoutLayout(JSON.stringify(all)))
      .digest('hex'),
  }));
}

/** Names of the parts that differ, in the order in which they stand before; those that are new come last. */
export function changedParts(before: readonly UnreadPart[], after: readonly UnreadPart[]): string[] {
  const [old, current] = [before, after].map((parts) => new Map(parts.map(({ name, digest }) => [name, digest])));
  return [...new Set([...old!.keys(), ...current!.keys()])].filter((name) => old!.get(name) !== current!.get(name));
}

/** API Management gives a policy back with line breaks of its own. */
function withoutLayout(text: string): string {
  return text.replace(/(?:\\[nrt]|\s)+/g, ' ');
}
