import { collectionItems, resolveValue } from './expression';
import { JsonObject, property } from './json';
import { Scope } from './scope';

/** Instances that `count` is written out into. */
const MOST_COUNTED = 100;

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
  /** True where `count` or `for_each` cannot be read: there may be none. */
  readonly mayBeNone: boolean;
}

/**
 * The instances that `for_each` or `count` makes of a block. Literal collections are expanded; where the collection is
 * unknown, one instance stands for all of them, and so it does under `count`, unless `count.index` tells them apart.
 */
export function instancesOf(block: JsonObject, scope: Scope): Instances {
  const forEach = property(block, 'for_each');
  if (forEach === undefined || forEach === null) {
    const given = property(block, 'count');
    if (given === undefined || given === null) {
      return { all: [{ suffix: '', scope }], expanded: false, mayBeNone: false };
    }
    const count = countOf(resolveValue(given, scope));
    return { all: countedInstances(block, count, scope), expanded: false, mayBeNone: Number.isNaN(count) };
  }
  const items = iteratorItems(resolveValue(forEach, scope));
  if (items === undefined) {
    return { all: [{ suffix: '', scope }], expanded: false, mayBeNone: true };
  }
  return {
    all: items.map((item) => ({ suffix: `[${addressKey(item.key)}]`, scope: scope.with('each', item) })),
    expanded: true,
    mayBeNone: false,
  };
}

function countedInstances(block: JsonObject, count: number, scope: Scope): Instance[] {
  if (count === 0) {
    return [];
  }
  return Number.isInteger(count) && count > 0 && count <= MOST_COUNTED && mentions(block, 'count.index')
    ? Array.from({ length: count }, (_, index) => ({ suffix: `[${index}]`, scope: scope.with('count', { index }) }))
    : [{ suffix: '', scope }];
}

function mentions(block: JsonObject, reference: string): boolean {
  const waiting: unknown[] = [block];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && value.includes(reference)) {
      return true;
    }
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) {
        waiting.push(inner);
      }
    }
  }
  return false;
}

/** Terraform converts a text to the number that `count` wants; `NaN` where it is not known. */
function countOf(count: unknown): number {
  if (count === undefined || count === null) {
    return 1;
  }
  return typeof count === 'number' ? count : typeof count === 'string' && count.trim() !== '' ? Number(count) : NaN;
}

/** Key and value of every item that `for_each` runs over; the items of a set are their own keys. */
export function iteratorItems(collection: unknown): { key: string; value: unknown }[] | undefined {
  const items = collectionItems(collection)?.map(([index, value]) => ({
    key: Array.isArray(collection) && typeof value === 'string' ? value : String(index),
    value,
  }));
  return Array.isArray(collection) ? items?.filter(isFirstOfItsKey()) : items;
}

/** A key of `for_each` as it stands in addresses: Terraform writes `${` as `$${` there. */
export function addressKey(key: string): string {
  return JSON.stringify(key).replaceAll('${', () => '$${');
}

function isFirstOfItsKey(): (item: { key: string }) => boolean {
  const seen = new Set<string>();
  return ({ key }) => !seen.has(key) && seen.add(key) !== undefined;
}
