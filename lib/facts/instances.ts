import { collectionItems, resolveValue } from './expression';
import { JsonObject, property } from './json';
import { Scope } from './scope';

/** One instance of a resource or module. */
export interface Instance {
  /** What its address ends with: `["eu"]` under `for_each`, otherwise empty. */
  readonly suffix: string;
  readonly scope: Scope;
}

/** The instances of a block, and whether `for_each` could be read. */
export interface Instances {
  readonly all: readonly Instance[];
  readonly expanded: boolean;
}

/**
 * The instances that `for_each` or `count` makes of a block. Literal collections are expanded; where the collection is
 * unknown, one instance stands for all of them, and so it does under `count`, whose instances differ only in `count.index`.
 */
export function instancesOf(block: JsonObject, scope: Scope): Instances {
  const forEach = property(block, 'for_each');
  if (forEach === undefined || forEach === null) {
    const none = resolveValue(property(block, 'count'), scope) === 0;
    return { all: none ? [] : [{ suffix: '', scope }], expanded: false };
  }
  const items = iteratorItems(resolveValue(forEach, scope));
  if (items === undefined) {
    return { all: [{ suffix: '', scope }], expanded: false };
  }
  return {
    all: items.map((item) => ({ suffix: `[${quotedKey(item.key)}]`, scope: scope.with('each', item) })),
    expanded: true,
  };
}

/** Key and value of every item that `for_each` runs over; the items of a set are their own keys. */
export function iteratorItems(collection: unknown): { key: string; value: unknown }[] | undefined {
  const items = collectionItems(collection)?.map(([index, value]) => ({
    key: Array.isArray(collection) && typeof value === 'string' ? value : String(index),
    value,
  }));
  return Array.isArray(collection) ? items?.filter(isFirstOfItsKey()) : items;
}

/** Terraform writes `${` as `$${` in the keys of addresses. */
function quotedKey(key: string): string {
  return JSON.stringify(key).replaceAll('${', () => '$${');
}

function isFirstOfItsKey(): (item: { key: string }) => boolean {
  const seen = new Set<string>();
  return ({ key }) => !seen.has(key) && seen.add(key) !== undefined;
}
