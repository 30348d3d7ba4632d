import { LifecycleAnswer, Replacement } from '../catalog/lifecycle';
import { abridged } from '../contracts/printable';
import { formatRouteKey } from '../contracts/route-key';
import { DeploymentFact } from '../facts/facts';
import { isRetired, lifecycleKind, readableSku } from './deployment-verdict';
import { arrivalOf } from './planned-changes';
import { RuleContext } from './rule';

/** Vendors' tables name replacements that have retired since; a chain of them is followed this far. */
const LONGEST_CHAIN = 8;

/** Many deployments share an answer, and each chain is followed once in a context. */
const advices = new WeakMap<RuleContext, Map<LifecycleAnswer, Map<string | undefined, string | undefined>>>();

/**
 * What to deploy instead, as a phrase: `gpt-5.1@2025-11-13`, or several with `or`.
 * A replacement that is retired, retires soon or is Deprecated itself is passed over for its own replacement; one that the catalogue does not list
 * for the SKU in use is named with that remark, and not as the only way where none of them is listed.
 *
 * @returns nothing if the catalogue names no replacement to build on
 */
export function livingReplacement(context: RuleContext, answer: LifecycleAnswer, sku?: string): string | undefined {
  const known = advices.get(context) ?? new Map<LifecycleAnswer, Map<string | undefined, string | undefined>>();
  advices.set(context, known);
  const bySku = known.get(answer) ?? new Map<string | undefined, string | undefined>();
  known.set(answer, bySku);
  if (!bySku.has(sku)) {
    bySku.set(sku, findLivingReplacement(context, answer, sku));
  }
  return bySku.get(sku);
}

function findLivingReplacement(context: RuleContext, answer: LifecycleAnswer, sku?: string): string | undefined {
  const seen = new Set([keyOf(answer)]);
  let candidates = [...answer.replacements];
  for (let step = 0; step < LONGEST_CHAIN && candidates.length > 0; step++) {
    const alive = new Set<string>();
    let isAnyListed = false;
    const next: Replacement[] = [];
    for (const candidate of candidates) {
      const state = inspect(context, answer.format, candidate, sku);
      if (state.alive !== undefined) {
        alive.add(state.alive);
        isAnyListed ||= state.isUnlisted !== true;
      }
      next.push(...state.next.filter((further) => !seen.has(keyOf(further)) && seen.add(keyOf(further))));
    }
    if (alive.size > 0) {
      return [...alive, ...(isAnyListed ? [] : [`a current model of the same kind on ${abridged(sku!)}`])].join(' or ');
    }
    candidates = next;
  }
  return undefined;
}

/** What to do about a deployment of the model: one that a plan creates or changes has to get another one from the start. */
export function leaveAdvice(context: RuleContext, fact: DeploymentFact, answer: LifecycleAnswer): string {
  const sku = readableSku(fact);
  const replacement = livingReplacement(context, answer, sku) ?? 'a current model of the same kind';
  switch (arrivalOf(context, fact)) {
    case 'created':
      return `build on ${replacement} instead`;
    case 'changed':
      return `leave the deployment as it is, deploy ${replacement} beside it, and move traffic to that`;
    default:
      return moveAdvice(context, answer, sku);
  }
}

/** The sentence that tells how to leave the model: beside it, then move, then remove. */
export function moveAdvice(context: RuleContext, answer: LifecycleAnswer, sku?: string): string {
  const replacement = livingReplacement(context, answer, sku);
  return replacement === undefined
    ? `the catalogue names no replacement${answer.replacements.length === 0 ? '' : ' that lasts'}: deploy a current model of the same kind beside it, move traffic, then remove this one`
    : `deploy ${replacement} beside it, move traffic, then remove this one`;
}

interface ReplacementState {
  readonly alive?: string;
  /** Whether something is known against it on the SKU. @default false */
  readonly isUnlisted?: boolean;
  /** Where to look next if it is not alive. */
  readonly next: readonly Replacement[];
}

function inspect(context: RuleContext, format: string, replacement: Replacement, sku?: string): ReplacementState {
  const name = abridged(replacement.name);
  const versions = replacement.version === undefined ? versionsOf(context, replacement.name) : [replacement.version];
  const next: Replacement[] = [];
  const alive: string[] = [];
  let isUnlisted = false;
  for (const version of versions) {
    const answer = lookUp(context, format, { ...replacement, version });
    if (answer !== undefined && lifecycleKind(context, answer) !== 'current') {
      next.push(...answer.replacements);
    } else {
      isUnlisted = !isOffered(context, answer, sku);
      const remark = remarkOn(answer) + (isUnlisted ? ` (not listed on ${abridged(sku!)})` : '');
      alive.push(formatRouteKey({ name, version: abridged(version) }) + remark);
    }
  }
  if (versions.length === 0 || alive.length > 1) {
    return { alive: `a pinned version of ${name}`, next };
  }
  return { alive: alive[0], isUnlisted, next };
}

/** A replacement that is on its way out itself is better known as such before the move. */
function remarkOn(answer: LifecycleAnswer | undefined): string {
  const when = answer?.retirementDate === undefined ? '' : `, retires on ${answer.retirementDate}`;
  return answer?.stage === 'legacy' ? ` (legacy itself${when})` : '';
}

/** Whether nothing is known against the SKU. */
function isOffered(context: RuleContext, answer: LifecycleAnswer | undefined, sku: string | undefined): boolean {
  if (answer === undefined || sku === undefined) {
    return true;
  }
  const { format, name, version } = answer;
  const lookup = context.catalog.lookup({ format, name, version, sku }, context.asOf);
  return lookup.kind !== 'known' || (lookup.answer.skuListed !== 'unlisted' && !isRetired(lookup.answer));
}

/** A replacement may come from another publisher, so the name alone is the second question. */
function lookUp(
  context: RuleContext,
  format: string,
  model: { readonly name: string; readonly version: string },
): LifecycleAnswer | undefined {
  for (const query of [{ format, ...model }, model]) {
    const lookup = context.catalog.lookup(query, context.asOf);
    if (lookup.kind === 'known') {
      return lookup.answer;
    }
  }
  return undefined;
}

function versionsOf(context: RuleContext, name: string): readonly string[] {
  const spelling = name.toLowerCase();
  return (
    context.catalog.spellings().find((known) => known.spelling === spelling && known.cloud === undefined)?.versions ??
    []
  );
}

function keyOf(model: Replacement): string {
  return formatRouteKey({ name: model.name, version: model.version ?? '' }).toLowerCase();
}
