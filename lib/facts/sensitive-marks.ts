import { isObject } from './json';
import { PlanDocument, ResourceChange } from './plan-document';

type Marked = Pick<PlanDocument, 'changes' | 'drift' | 'prior'>;

/** Everything that a plan marks as sensitive, wherever it speaks of a resource; a state speaks of each of them once. */
export class SensitiveMarks {
  private readonly byAddress = new Map<string, unknown[]>();

  constructor({ changes, drift, prior }: Marked = { changes: [], drift: [], prior: [] }) {
    for (const change of [...changes, ...drift]) {
      this.add(change.address, change.previousAddress, marksOf(change));
    }
    for (const { address, sensitiveValues } of prior) {
      this.add(address, undefined, [sensitiveValues]);
    }
  }

  /** The marks of all objects at an address, whether they are left over there or were moved. */
  at(address: string): readonly unknown[] {
    return this.byAddress.get(address.replace(/ \(deposed [^()]*\)$/, '')) ?? [];
  }

  private add(address: string, previousAddress: string | undefined, marks: readonly unknown[]): void {
    const set = marks.filter((mark) => mark === true || (isObject(mark) && Object.keys(mark).length > 0));
    if (set.length === 0 && previousAddress === undefined) {
      return;
    }
    const all = this.byAddress.get(address) ?? [];
    all.push(...set);
    this.byAddress.set(address, all);
    if (previousAddress !== undefined && previousAddress !== address) {
      all.push(...(this.byAddress.get(previousAddress) ?? []).filter((mark) => !all.includes(mark)));
      this.byAddress.set(previousAddress, all);
    }
  }
}

/** What was secret is not told because it stands in the clear from now on, nor the other way round. */
export function marksOf({ beforeSensitive, afterSensitive }: ResourceChange): unknown[] {
  return [beforeSensitive, afterSensitive].filter((marks) => marks !== undefined && marks !== false);
}
