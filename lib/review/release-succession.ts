import { RouterFact } from '../facts/traffic-facts';
import { PlacedRelease, ReleaseIndex } from './release-index';
import { addressBefore, ReviewedStack } from './reviewed-stack';

/** A router before and after; the same one by address and attribute. */
export interface RouterPair {
  readonly stack: ReviewedStack;
  readonly before?: RouterFact;
  readonly after?: RouterFact;
}

/** Every router that stands before or after, each table once: a router may repeat its rows in several policies. */
export function routerPairs(stacks: readonly ReviewedStack[]): RouterPair[] {
  return stacks.flatMap((stack) => {
    const before = new Map((stack.before?.facts.traffic?.routers ?? []).map((router) => [placeOf(router), router]));
    const pairs: RouterPair[] = [];
    for (const after of stack.after.facts.traffic?.routers ?? []) {
      const place = placeOf(after, addressBefore(stack, after.origin.address));
      pairs.push({ stack, before: before.get(place), after });
      before.delete(place);
    }
    pairs.push(...[...before.values()].map((router) => ({ stack, before: router })));
    const distinct = new Map<string, RouterPair>();
    for (const pair of pairs) {
      const table = tableOf(pair);
      distinct.set(table, distinct.get(table) ?? pair);
    }
    return [...distinct.values()];
  });
}

/** Says which release an added one takes the place of. */
export class ReleaseSuccession {
  private readonly stable = new Map<string, PlacedRelease>();
  private readonly named = new Map<string, NamedReleases>();

  constructor(
    routers: readonly RouterPair[],
    private readonly before: ReleaseIndex,
    private readonly after: ReleaseIndex,
  ) {
    for (const { stack, before: old, after: current } of routers) {
      const stable = old && stableRow(old);
      const release = stable && before.ofRow(stack.before, stable);
      for (const { label } of release === undefined ? [] : (current?.rows ?? [])) {
        if (!this.stable.has(label)) {
          this.stable.set(label, release!);
        }
      }
    }
    for (const release of before.all) {
      this.list(release);
    }
  }

  /** The stable release of the router that knows it, else the only one of the same name that it can come after. */
  predecessorOf({ label, stack, manifest }: PlacedRelease): PlacedRelease | undefined {
    const stable = this.stable.get(label);
    if (stable !== undefined && stable.label !== label) {
      return stable;
    }
    const keys = manifest === undefined ? [] : [nameKey(manifest.name, stack), nameKey(manifest.name)];
    for (const { leaving, all } of keys.flatMap((key) => this.named.get(key) ?? [])) {
      const [only, ...others] = leaving.length === 1 ? leaving : all;
      if (only !== undefined && others.length === 0 && only.label !== label) {
        return only;
      }
    }
    return undefined;
  }

  /** The release as it stood before, or the one whose place it takes. */
  counterpartOf(release: PlacedRelease): PlacedRelease | undefined {
    return this.before.inStack(release.stack, release.label) ?? this.predecessorOf(release);
  }

  private list(release: PlacedRelease): void {
    const { manifest, stack, label } = release;
    for (const key of manifest === undefined ? [] : [nameKey(manifest.name, stack), nameKey(manifest.name)]) {
      const known = this.named.get(key) ?? { leaving: [], all: [] };
      known.all.push(release);
      if (this.after.inStack(stack, label) === undefined) {
        known.leaving.push(release);
      }
      this.named.set(key, known);
    }
  }
}

interface NamedReleases {
  /** Those that the plan takes away. */
  readonly leaving: PlacedRelease[];
  readonly all: PlacedRelease[];
}

/** The stable row, or where none is called so the one with the most users. */
function stableRow({ rows }: RouterFact) {
  const stable = rows.filter(({ stage }) => stage === 'stable');
  const [largest] = [...(stable.length > 0 ? stable : rows)].sort((left, right) => share(right) - share(left));
  return largest;
}

function share({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from;
}

function nameKey(name: string, stack?: ReviewedStack): string {
  return JSON.stringify([name, stack?.input ?? null]);
}

function placeOf({ origin, path }: RouterFact, address = origin.address): string {
  return JSON.stringify([address, path]);
}

function tableOf({ before, after }: RouterPair): string {
  return JSON.stringify(
    [before, after].map((router) => [router?.rows, router?.unread, router?.salt, router?.killSwitch?.position]),
  );
}
