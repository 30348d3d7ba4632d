import { Successors } from './deployment-succession';
import { JudgedChange } from './joined-changes';
import { JudgedModel } from './judged-model';
import { Binding, ReleaseIndex } from './release-index';
import { ReviewedRelease } from './release-review';
import { placeKey } from './reviewed-stack';

/** The deployment in whose place a created one comes. */
export interface Predecessor {
  readonly change: JudgedChange;
  readonly model: JudgedModel;
  readonly isKept: boolean;
  /** What shows it; a sentence without a full stop. */
  readonly remark: string;
}

/** Among more than this many of one kind in an account, nothing says which one is meant. */
const MOST_CANDIDATES = 8;

/** Finds the deployments that created ones succeed, or are to take over from. */
export class Predecessors {
  private readonly replaced: ReadonlyMap<JudgedChange, JudgedChange>;
  private readonly standing = new Map<string, JudgedChange[]>();
  private readonly moves = new Map<string, Map<string, ReviewedRelease>>();
  private readonly routed = new Set<string>();

  constructor(
    changes: readonly JudgedChange[],
    successors: Successors,
    releases: readonly ReviewedRelease[],
    private readonly after: ReleaseIndex,
  ) {
    this.replaced = new Map([...successors].map(([old, current]) => [current, old]));
    for (const change of changes) {
      if (change.outcome === 'kept' || change.outcome === 'moved') {
        this.list(change);
      }
    }
    for (const release of releases) {
      for (const { from, to } of release.moves) {
        const known = this.moves.get(to.identity!) ?? new Map<string, ReviewedRelease>();
        known.set(from.identity!, known.get(from.identity!) ?? release);
        this.moves.set(to.identity!, known);
      }
    }
    for (const { input, after: context } of new Set(changes.map(({ stack }) => stack))) {
      for (const { targets } of context.facts.gateway?.routes ?? []) {
        targets.forEach(({ serves }) => serves && this.routed.add(placeKey({ input }, serves.origin.address)));
      }
    }
  }

  of(change: JudgedChange): Predecessor | undefined {
    if (change.outcome !== 'created' || change.to === undefined) {
      return undefined;
    }
    const replaced = this.replaced.get(change);
    return replaced === undefined
      ? (this.byRelease(change, change.to) ?? this.beside(change, change.to))
      : predecessor(replaced, replaced.from!, 'it takes the place of a deployment that is destroyed');
  }

  /** The only model that releases leave for this one. */
  private byRelease({ account }: JudgedChange, { identity }: JudgedModel): Predecessor | undefined {
    const moves = [...(this.moves.get(identity ?? '') ?? [])];
    const [only, ...others] = moves;
    if (only === undefined || others.length > 0) {
      return undefined;
    }
    const [from, { review }] = only;
    const candidates = this.standing.get(JSON.stringify([account, 'identity', from])) ?? [];
    return candidates.length === 1
      ? predecessor(candidates[0]!, candidates[0]!.to!, `release ${review.label} moves to it from the one that is kept`)
      : undefined;
  }

  /** The only other version of the model in the account, once something leads to the new one. */
  private beside(change: JudgedChange, { identity, subject, model }: JudgedModel): Predecessor | undefined {
    const { account, stack, after } = change;
    const named = this.standing.get(JSON.stringify([account, 'name', subject?.name.toLowerCase()])) ?? [];
    if (account === undefined || named.length > MOST_CANDIDATES || !this.isReached(stack.input, change)) {
      return undefined;
    }
    const others = named.filter(({ to }) => to!.identity !== identity);
    const sameSku = others.filter(({ to }) => to!.model.sku?.toLowerCase() === model.sku?.toLowerCase());
    const [only, ...more] = sameSku.length === 1 ? sameSku : others;
    return only !== undefined && more.length === 0 && after !== undefined
      ? predecessor(only, only.to!, 'it stands beside another version of the model, which is kept for now')
      : undefined;
  }

  private isReached(input: string, { stack, after }: JudgedChange): boolean {
    const callers: readonly Binding[] = this.after.callersOf(stack, after!);
    return callers.length > 0 || this.routed.has(placeKey({ input }, after!.origin.address));
  }

  private list(change: JudgedChange): void {
    const { account, to } = change;
    if (account !== undefined && to?.identity !== undefined) {
      const keys = [
        JSON.stringify([account, 'identity', to.identity]),
        JSON.stringify([account, 'name', to.subject!.name.toLowerCase()]),
      ];
      for (const key of keys) {
        const known = this.standing.get(key);
        if (known === undefined) {
          this.standing.set(key, [change]);
        } else {
          known.push(change);
        }
      }
    }
  }
}

function predecessor(change: JudgedChange, model: JudgedModel, remark: string): Predecessor {
  return { change, model, isKept: change.outcome !== 'destroyed', remark };
}
