import { DEPLOYMENT_TYPES } from '../catalog/deployment-types';
import { LifecycleAnswer, LifecycleLookup } from '../catalog/lifecycle';
import { daysBetween } from '../contracts/calendar-date';
import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { Judgement, JudgementMemory } from './judgement-memory';

/**
 * Where one deployment stands. The kinds exclude each other and each belongs to one rule,
 * so that one cause makes one finding.
 */
export type DeploymentVerdict =
  | { readonly kind: 'unresolved'; readonly attributes: readonly UnresolvedAttribute[] }
  | { readonly kind: 'unpinned' }
  | { readonly kind: 'not-in-catalogue'; readonly lookup: Exclude<LifecycleLookup, { kind: 'known' }> }
  | LifecycleVerdict;

export interface LifecycleVerdict {
  readonly kind: 'retired' | 'retiring' | 'deprecated' | 'current';
  /** The answer that decided; where it depends on the SKU, the worst one. */
  readonly answer: LifecycleAnswer;
  /** True where the SKU cannot be read and other SKUs would have a better verdict. */
  readonly dependsOnSku: boolean;
  /** One answer for each SKU in question: one, unless the SKU cannot be read. */
  readonly outcomes: readonly SkuOutcome[];
  /** Where no known version is given and every version that is known of the name is retired; the answer is the last one's. */
  readonly everyVersion?: EveryVersion;
}

export interface EveryVersion {
  /** The version that retired last; left out where the catalogue does not tell versions apart. */
  readonly last?: string;
}

export interface SkuOutcome {
  readonly sku?: string;
  readonly answer: LifecycleAnswer;
}

export interface UnresolvedAttribute {
  readonly name: 'format' | 'model' | 'version';
  /** What stands there; left out where nothing does. */
  readonly expression?: string;
}

const SEVEREST_FIRST = ['retired', 'retiring', 'deprecated', 'current'] as const;

const verdicts = new JudgementMemory<DeploymentVerdict>();

/** The verdict on a deployment, worked out once for all contexts that judge alike. */
export function deploymentVerdict(context: Judgement, fact: DeploymentFact): DeploymentVerdict {
  return verdicts.of(context, fact, () => judge(context, fact));
}

/** Whether the attribute is left out or empty; Azure treats both alike. */
export function isAbsent(attribute: Attribute): boolean {
  return attribute.state === 'absent' || (attribute.state === 'known' && attribute.value.trim() === '');
}

/** Words that users write where Azure wants a version; no model has a version of that name. */
const FLOATING_VERSIONS: ReadonlySet<string> = new Set(['latest', 'default', 'auto']);

/** Whether a version names no version but whichever there is. */
export function isFloating(version: string): boolean {
  return FLOATING_VERSIONS.has(version.trim().toLowerCase());
}

/** The SKU where it is given and can be read. */
export function readableSku(fact: DeploymentFact): string | undefined {
  return textOf(fact.sku);
}

/** Whether the model is past its retirement: the catalogue's stage and the date decide, whichever is worse. */
export function isRetired(answer: LifecycleAnswer): boolean {
  return answer.stage === 'retired' || (isPast(answer) && !answer.retirementIsEarliest);
}

function judge(context: Judgement, fact: DeploymentFact): DeploymentVerdict {
  const verdict = judgeVersion(context, fact);
  return 'answer' in verdict ? verdict : (retiredNameOnce(context, fact) ?? verdict);
}

function judgeVersion(context: Judgement, fact: DeploymentFact): DeploymentVerdict {
  const unresolved = unresolvedAttributes(fact);
  if (unresolved.length > 0) {
    return { kind: 'unresolved', attributes: unresolved };
  }
  const version = valueOf(fact.version);
  if (isAbsent(fact.version) || version === undefined || isFloating(version)) {
    return { kind: 'unpinned' };
  }
  const query = { format: textOf(fact.format), name: valueOf(fact.model)!, version };
  const base = context.catalog.lookup({ ...query, sku: readableSku(fact) }, context.asOf);
  if (base.kind !== 'known') {
    return fact.format.state === 'unknown'
      ? { kind: 'unresolved', attributes: [{ name: 'format', expression: fact.format.expression }] }
      : { kind: 'not-in-catalogue', lookup: base };
  }
  return judgeOutcomes(context, outcomesOf(context, fact, query, base.answer));
}

/** No model has a version of this name: the catalogue answers with the versions that there are. */
const NO_VERSION = '*';

const retiredNames = new WeakMap<Judgement, Map<string, LifecycleVerdict | undefined>>();

/** Worked out once in each context for a name on a SKU: many deployments leave the same version out. */
function retiredNameOnce(context: Judgement, fact: DeploymentFact): LifecycleVerdict | undefined {
  const known = retiredNames.get(context) ?? new Map<string, LifecycleVerdict | undefined>();
  retiredNames.set(context, known);
  const key = JSON.stringify([textOf(fact.format) ?? null, textOf(fact.model) ?? null, readableSku(fact) ?? null]);
  if (!known.has(key)) {
    known.set(key, retiredName(context, fact));
  }
  return known.get(key);
}

/** Whichever version a name ends up with is retired, if all that are known are: on the SKU, or on all where it cannot be read. */
function retiredName(context: Judgement, fact: DeploymentFact): LifecycleVerdict | undefined {
  const name = textOf(fact.model);
  if (name === undefined) {
    return undefined;
  }
  const query = { format: textOf(fact.format), name };
  const verdicts: LifecycleVerdict[] = [];
  for (const version of knownVersions(context, query)) {
    const lookup = context.catalog.lookup({ ...query, version, sku: readableSku(fact) }, context.asOf);
    if (lookup.kind !== 'known') {
      return undefined;
    }
    const verdict = judgeOutcomes(context, outcomesOf(context, fact, { ...query, version }, lookup.answer));
    if (verdict.kind !== 'retired' || verdict.dependsOnSku) {
      return undefined;
    }
    verdicts.push(isRetired(lookup.answer) ? { ...verdict, answer: lookup.answer } : verdict);
  }
  const dayOf = ({ answer }: LifecycleVerdict) => answer.retirementDate ?? '';
  const [last] = verdicts.sort((left, right) => dayOf(right).localeCompare(dayOf(left)));
  return last && { ...last, everyVersion: last.answer.version === NO_VERSION ? {} : { last: last.answer.version } };
}

/** A name whose versions the sources do not tell apart has one answer, whichever version is asked for. */
function knownVersions(context: Judgement, query: { format?: string; name: string }): readonly string[] {
  const lookup = context.catalog.lookup({ ...query, version: NO_VERSION }, context.asOf);
  switch (lookup.kind) {
    case 'known':
      return [NO_VERSION];
    case 'unknown-version':
      return lookup.versions;
    case 'unknown-model':
      return [];
  }
}

/** A module's own default stands behind whatever its call leaves out, and cannot be seen from outside. */
function unresolvedAttributes(fact: DeploymentFact): UnresolvedAttribute[] {
  const unresolved: UnresolvedAttribute[] = [];
  for (const name of ['model', 'version'] as const) {
    const attribute = fact[name];
    if (attribute.state === 'unknown') {
      unresolved.push({ name, expression: attribute.expression });
    } else if (isAbsent(attribute) && (name === 'model' || fact.declaredBy === 'module')) {
      unresolved.push({ name });
    }
  }
  return unresolved;
}

function outcomesOf(
  context: Judgement,
  fact: DeploymentFact,
  query: { format?: string; name: string; version: string },
  base: LifecycleAnswer,
): SkuOutcome[] {
  const sku = readableSku(fact);
  if (sku !== undefined) {
    return [{ sku, answer: base }];
  }
  // A SKU that has retired may be missing from the list of SKUs and have a date all the same: all types are asked for.
  const candidates = new Set([...base.skus, ...DEPLOYMENT_TYPES.map((type) => type.name)]);
  const outcomes: SkuOutcome[] = [];
  for (const candidate of candidates) {
    const lookup = context.catalog.lookup({ ...query, sku: candidate }, context.asOf);
    if (lookup.kind === 'known' && lookup.answer.skuListed !== 'unlisted') {
      outcomes.push({ sku: candidate, answer: lookup.answer });
    }
  }
  const isUniform = outcomes.every(({ answer }) => sameRetirement(answer, base));
  return isUniform ? [{ answer: base }] : outcomes;
}

function judgeOutcomes(context: Judgement, outcomes: readonly SkuOutcome[]): LifecycleVerdict {
  const judged = outcomes.map(({ answer }) => ({ answer, kind: lifecycleKind(context, answer) }));
  const kind = SEVEREST_FIRST.find((candidate) => judged.some((one) => one.kind === candidate))!;
  const affected = judged.filter((one) => one.kind === kind).map((one) => one.answer);
  const answer = affected.reduce((worst, other) =>
    daysLeftOf(context, other) < daysLeftOf(context, worst) ? other : worst,
  );
  return { kind, answer, dependsOnSku: affected.length < judged.length, outcomes };
}

/** What a model version is to whoever builds on it, by its stage and the days that are left. */
export function lifecycleKind(context: Judgement, answer: LifecycleAnswer): LifecycleVerdict['kind'] {
  if (isRetired(answer)) {
    return 'retired';
  }
  if (daysLeftOf(context, answer) <= context.settings.warnDays) {
    return 'retiring';
  }
  return answer.stage === 'deprecated' ? 'deprecated' : 'current';
}

function sameRetirement(left: LifecycleAnswer, right: LifecycleAnswer): boolean {
  return left.stage === right.stage && left.retirementDate === right.retirementDate;
}

function isPast(answer: LifecycleAnswer): boolean {
  return answer.daysLeft !== undefined && answer.daysLeft <= 0;
}

/** Counted from the date, as the catalogue counts nothing down once an earliest day has passed. */
function daysLeftOf(context: Judgement, answer: LifecycleAnswer): number {
  return answer.retirementDate === undefined
    ? Number.POSITIVE_INFINITY
    : daysBetween(context.asOf, answer.retirementDate);
}

function textOf(attribute: Attribute): string | undefined {
  return isAbsent(attribute) ? undefined : valueOf(attribute);
}
