import { BUCKETS } from '../contracts/traffic-bucket';
import { RoutedRow } from '../facts/traffic-facts';

/** Who gets which share, 0 to 1. */
export type Shares = ReadonlyMap<string, number>;

/**
 * Share of requests that go elsewhere when each one is drawn anew: half the sum of what each target gains or loses. What
 * nobody gets on one side counts as a target of its own.
 */
export function drawnElsewhere(before: Shares, after: Shares): number {
  const targets = new Set([...before.keys(), ...after.keys()]);
  const differences = [...targets].map((target) => Math.abs((before.get(target) ?? 0) - (after.get(target) ?? 0)));
  const unserved = Math.abs(total(before) - total(after));
  return bounded((sum(differences) + unserved) / 2);
}

/** Share of users whose bucket belongs to another release than before: users stay in their bucket. */
export function usersElsewhere(before: readonly RoutedRow[], after: readonly RoutedRow[]): number {
  const [old, current] = [ownersOf(before), ownersOf(after)];
  let moved = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    moved += old[bucket] === current[bucket] ? 0 : 1;
  }
  return moved / BUCKETS;
}

/** Share of users by label. */
export function usersByLabel(rows: readonly RoutedRow[]): Shares {
  const shares = new Map<string, number>();
  for (const { label, from, to } of rows) {
    shares.set(label, (shares.get(label) ?? 0) + Math.max(0, to - from));
  }
  return new Map([...shares].map(([label, buckets]) => [label, bounded(buckets / BUCKETS)]));
}

/** Shares of weights; all get the same where none weighs anything. */
export function sharesOf(weights: ReadonlyMap<string, number>): Shares {
  const all = total(weights);
  return new Map([...weights].map(([target, weight]) => [target, all > 0 ? weight / all : 1 / weights.size]));
}

/** From 0 to 1, without the last digits that sums of fractions leave behind. */
export function bounded(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1e9) / 1e9;
}

/** The label of each bucket; of rows that overlap, the first one has it, as routers compare them in order. */
function ownersOf(rows: readonly RoutedRow[]): readonly (string | undefined)[] {
  const owners = new Array<string | undefined>(BUCKETS);
  // The next bucket from here on that has no owner yet, so that many rows over one another cost no more than one.
  const next = Array.from({ length: BUCKETS + 1 }, (_, bucket) => bucket);
  const firstFree = (bucket: number) => {
    let free = bucket;
    while (next[free] !== free) {
      next[free] = next[next[free]!]!;
      free = next[free]!;
    }
    return free;
  };
  for (const { label, from, to } of rows) {
    const end = Math.min(to, BUCKETS);
    for (let bucket = firstFree(Math.max(0, Math.min(from, BUCKETS))); bucket < end; bucket = firstFree(bucket)) {
      owners[bucket] = label;
      next[bucket] = bucket + 1;
    }
  }
  return owners;
}

function total(shares: Shares): number {
  return sum([...shares.values()]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
