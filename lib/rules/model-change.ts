import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { SENSITIVE } from '../facts/sensitive-value';
import { isAbsent } from './deployment-verdict';

export type ModelAttribute = 'format' | 'model' | 'version';

/** How the model of a deployment differs before and after. */
export interface ModelChange {
  /** Attributes that certainly differ. */
  readonly changed: readonly ModelAttribute[];
  /** Attributes that may differ and cannot be compared. */
  readonly unread: readonly ModelAttribute[];
}

/** Compares the models of two deployments; the SKU is no part of that. */
export function modelChange(before: DeploymentFact, after: DeploymentFact): ModelChange {
  const compared = (['format', 'model', 'version'] as const).map(
    (name) => [name, compare(name, before[name], after[name])] as const,
  );
  const named = (result: Comparison) => compared.filter(([, found]) => found === result).map(([name]) => name);
  return { changed: named('different'), unread: named('unread') };
}

type Comparison = 'same' | 'different' | 'unread';

function compare(name: ModelAttribute, before: Attribute, after: Attribute): Comparison {
  if (before.state === 'unknown' || after.state === 'unknown') {
    return isSameExpression(before, after) ? 'same' : 'unread';
  }
  if (isAbsent(before) || isAbsent(after)) {
    // A missing format is that of the model; a missing version is whichever Azure has picked.
    return (isAbsent(before) && isAbsent(after)) || name === 'format' ? 'same' : 'unread';
  }
  return valueOf(before)!.toLowerCase() === valueOf(after)!.toLowerCase() ? 'same' : 'different';
}

function isSameExpression(before: Attribute, after: Attribute): boolean {
  return (
    before.state === 'unknown' &&
    after.state === 'unknown' &&
    before.expression === after.expression &&
    before.expression !== SENSITIVE
  );
}
