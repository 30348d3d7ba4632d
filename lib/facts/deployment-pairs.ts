import { Attribute } from './attribute';
import { DeploymentFact } from './facts';

/** Gives what is there after a change the one that was there before it: each has one partner at most. */
export class Pairs<Side> {
  private readonly partners = new Map<Side, Side>();
  private readonly paired = new Set<Side>();

  constructor(
    readonly before: readonly Side[],
    readonly after: readonly Side[],
  ) {}

  /** Pairs what has the same key and no partner yet, in the order in which it stands; nothing pairs without a key. */
  by(keyBefore: (side: Side) => string | undefined, keyAfter = keyBefore): this {
    const waiting = new Map<string, Side[]>();
    for (const side of this.before) {
      const key = this.paired.has(side) ? undefined : keyBefore(side);
      if (key !== undefined) {
        const same = waiting.get(key);
        if (same === undefined) {
          waiting.set(key, [side]);
        } else {
          same.push(side);
        }
      }
    }
    const used = new Map<string, number>();
    for (const side of this.after) {
      const key = this.partners.has(side) ? undefined : keyAfter(side);
      const next = key === undefined ? 0 : (used.get(key) ?? 0);
      const partner = key === undefined ? undefined : waiting.get(key)?.[next];
      if (partner !== undefined) {
        used.set(key!, next + 1);
        this.partners.set(side, partner);
        this.paired.add(partner);
      }
    }
    return this;
  }

  partnerOf(after: Side): Side | undefined {
    return this.partners.get(after);
  }

  /** What has no partner after the change. */
  left(): Side[] {
    return this.before.filter((side) => !this.paired.has(side));
  }
}

/** Whether the one has another model, version or SKU than the other, as far as can be told. */
export function isOtherModel(from: DeploymentFact, to: DeploymentFact): boolean {
  return (
    textOf(from.version) !== textOf(to.version) ||
    (['format', 'model', 'sku'] as const).some((attribute) => isOtherText(from[attribute], to[attribute]))
  );
}

/** Whether two values differ in more than case, which Azure does not look at. */
export function isOtherText(from: Attribute, to: Attribute): boolean {
  return textOf(from).toLowerCase() !== textOf(to).toLowerCase();
}

/** Whether both names are known and not the same. */
export function isRenamed(from: DeploymentFact, to: DeploymentFact): boolean {
  return (
    from.deployment.state === 'known' && to.deployment.state === 'known' && isOtherText(from.deployment, to.deployment)
  );
}

function textOf(attribute: Attribute): string {
  switch (attribute.state) {
    case 'known':
      return `is ${attribute.value}`;
    case 'unknown':
      return `follows from ${attribute.expression}`;
    case 'absent':
      return '';
  }
}
