import { resolveText } from './expression';
import { isObject, property } from './json';
import { Scope, Step } from './scope';
import { Unresolved } from './unresolved';

/** Siblings that one literal carries at most: those nearest to it, so that huge maps cost linear memory. */
const MOST_SIBLINGS = 64;

const NAME_KEYS = ['name', 'key'];

/** The list or object that a text stands in, and the list around that object. */
export interface Surroundings {
  readonly container: unknown;
  readonly list?: readonly unknown[];
  /** Where the list itself stands. */
  readonly outer?: { readonly around: Surroundings; readonly step: Step };
}

/**
 * The texts that stand beside the one at `step`: the other entries of its object; in a list of `{ name, value }`, the
 * other names and their values as well (`env` of a container); in a list of texts, its neighbours as `[0]`, `[1]`, …,
 * and what stands beside the list.
 */
export function siblingsOf(around: Surroundings, step: Step, scope: Scope): Readonly<Record<string, string>> {
  const { container, list, outer } = around;
  if (Array.isArray(container)) {
    const entries = nearest([...container.keys()], Number(step))
      .filter((index) => index !== step)
      .map((index) => [`[${index}]`, textOf(container[index], scope)] as const);
    return { ...(outer && siblingsOf(outer.around, outer.step, scope)), ...asRecord(entries) };
  }
  if (!isObject(container)) {
    return {};
  }
  const keys = Object.keys(container);
  const own = nearest(keys, keys.indexOf(String(step)))
    .filter((key) => key !== step)
    .map((key) => [key, textOf(container[key], scope)] as const);
  return asRecord([...namedValues(list, container, scope), ...own]);
}

function namedValues(
  list: readonly unknown[] | undefined,
  item: unknown,
  scope: Scope,
): (readonly [string, string?])[] {
  if (list === undefined || nameOf(item, scope) === undefined) {
    return [];
  }
  return nearest(list, list.indexOf(item)).flatMap((other) => {
    const name = other === item ? undefined : nameOf(other, scope);
    return name === undefined ? [] : [[name, textOf(property(other, 'value'), scope)] as const];
  });
}

function nameOf(item: unknown, scope: Scope): string | undefined {
  return NAME_KEYS.map((key) => textOf(property(item, key), scope)).find((name) => name !== undefined);
}

function nearest<T>(items: readonly T[], index: number): readonly T[] {
  const from = Math.max(0, Math.min(index - MOST_SIBLINGS / 2, items.length - MOST_SIBLINGS));
  return items.slice(from, from + MOST_SIBLINGS);
}

function textOf(value: unknown, scope: Scope): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const resolved = typeof value === 'string' ? resolveText(value, scope) : value;
  return resolved instanceof Unresolved ? resolved.expression : typeof resolved === 'string' ? resolved : undefined;
}

function asRecord(entries: readonly (readonly [string, string?])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
