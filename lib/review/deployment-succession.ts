import { UpdateScope } from '../catalog/breadths';
import { sameText } from '../catalog/model-key';
import { JudgedChange } from './joined-changes';
import { JudgedModel } from './judged-model';
import { ModelUpdates } from './model-update';

/** Scopes from the nearest to the farthest. */
const NEAREST_FIRST: readonly UpdateScope[] = [
  'none',
  'deployment-option',
  'minor-version',
  'variant',
  'intermediate-version',
  'generation',
  'major-version',
  'model-change-specialised',
  'model-change-general',
];

/** More kinds of models than this on both sides of an account are a rebuild, and nobody could tell what follows what. */
const MOST_PAIRS = 2500;

/** By destroyed deployment, the created one that takes its place. */
export type Successors = ReadonlyMap<JudgedChange, JudgedChange>;

/**
 * Pairs destroyed deployments with created ones of the same account: an update without a change in place. Each time the
 * ones that fit best are looked at: the same model version first, then the same model, then by the scope of the update,
 * each on the same SKU before another. Where several fit alike, nothing says which one it is, and none is taken.
 */
export function successorsOf(changes: readonly JudgedChange[], updates: ModelUpdates): Successors {
  const accounts = new Map<string, AccountSuccession>();
  for (const change of changes) {
    const { account, outcome } = change;
    if (account !== undefined && (outcome === 'destroyed' || outcome === 'created')) {
      const succession = accounts.get(account) ?? new AccountSuccession(updates);
      accounts.set(account, succession);
      succession.add(change);
    }
  }
  return new Map([...accounts.values()].flatMap((succession) => succession.pairs()));
}

type Keying = (model: JudgedModel) => string | undefined;

const NEAREST_KEYS: readonly Keying[] = [
  ({ identity, model: { sku } }) => identity && JSON.stringify([identity, sku?.toLowerCase()]),
  ({ identity }) => identity,
  ({ subject, model: { sku } }) => subject && JSON.stringify([subject.name.toLowerCase(), sku?.toLowerCase()]),
  ({ subject }) => subject?.name.toLowerCase(),
];

class AccountSuccession {
  private readonly destroyed = new Set<JudgedChange>();
  private readonly created = new Set<JudgedChange>();
  private readonly found: [JudgedChange, JudgedChange][] = [];

  constructor(private readonly updates: ModelUpdates) {}

  add(change: JudgedChange): void {
    (change.outcome === 'destroyed' ? this.destroyed : this.created).add(change);
  }

  pairs(): readonly [JudgedChange, JudgedChange][] {
    for (const keying of NEAREST_KEYS) {
      const created = groupsOf(this.created, ({ to }) => to && keying(to));
      for (const [key, old] of groupsOf(this.destroyed, ({ from }) => from && keying(from))) {
        this.settle(old, created.get(key) ?? []);
      }
    }
    this.pairByScope();
    return this.found;
  }

  /** Those of the same key on both sides: one and one are a pair, more cannot be told apart. */
  private settle(destroyed: readonly JudgedChange[], created: readonly JudgedChange[]): void {
    if (destroyed.length === 0 || created.length === 0) {
      return;
    }
    if (destroyed.length === 1 && created.length === 1) {
      this.found.push([destroyed[0]!, created[0]!]);
    }
    destroyed.forEach((change) => this.destroyed.delete(change));
    created.forEach((change) => this.created.delete(change));
  }

  private pairByScope(): void {
    const [key] = NEAREST_KEYS;
    const old = [...groupsOf(this.destroyed, ({ from }) => from && key!(from)).values()];
    const current = [...groupsOf(this.created, ({ to }) => to && key!(to)).values()];
    if (old.length * current.length > MOST_PAIRS) {
      return;
    }
    const byDistance = new Map<number, [readonly JudgedChange[], readonly JudgedChange[]][]>();
    for (const from of old) {
      for (const to of current) {
        const distance = this.distance(from[0]!.from!, to[0]!.to!);
        if (distance !== undefined) {
          byDistance.set(distance, [...(byDistance.get(distance) ?? []), [from, to]]);
        }
      }
    }
    for (const distance of [...byDistance.keys()].sort((left, right) => left - right)) {
      this.settleAll(byDistance.get(distance)!);
    }
  }

  /** Pairs of the same distance, several of which may concern one deployment. */
  private settleAll(pairs: readonly (readonly [readonly JudgedChange[], readonly JudgedChange[]])[]): void {
    const open = pairs.filter(([from, to]) => this.destroyed.has(from[0]!) && this.created.has(to[0]!));
    const count = (group: readonly JudgedChange[]) => open.filter((pair) => pair.includes(group)).length;
    const isAlone = open.map(([from, to]) => count(from) === 1 && count(to) === 1);
    open.forEach(([from, to], position) => {
      if (isAlone[position] && from.length === 1 && to.length === 1) {
        this.found.push([from[0]!, to[0]!]);
      }
    });
    open.forEach(([from, to]) => {
      from.forEach((change) => this.destroyed.delete(change));
      to.forEach((change) => this.created.delete(change));
    });
  }

  /** How far apart two models are; nothing where one would not take the place of the other. */
  private distance(from: JudgedModel, to: JudgedModel): number | undefined {
    const classification = this.updates.isSameWork(from, to) ? this.updates.classify(from, to) : undefined;
    if (classification === undefined) {
      return undefined;
    }
    const [old, current] = [from.model.sku, to.model.sku];
    const isSameSku = old !== undefined && current !== undefined && sameText(old, current);
    return 2 * NEAREST_FIRST.indexOf(classification.scope) + (isSameSku ? 0 : 1);
  }
}

function groupsOf(
  changes: Iterable<JudgedChange>,
  keyOf: (change: JudgedChange) => string | undefined,
): ReadonlyMap<string, readonly JudgedChange[]> {
  const groups = new Map<string, JudgedChange[]>();
  for (const change of changes) {
    const key = keyOf(change);
    if (key !== undefined) {
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [change]);
      } else {
        group.push(change);
      }
    }
  }
  return groups;
}
