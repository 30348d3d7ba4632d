import { JudgementDate } from '../contracts/as-of';
import { daysBetween } from '../contracts/calendar-date';
import { quoted } from '../contracts/printable';
import { compareText } from '../contracts/text-order';
import { regionOf } from '../facts/account-region';
import { DeploymentFact } from '../facts/facts';
import { catalogStale } from '../rules/catalog-stale';
import { deploymentVerdict, DeploymentVerdict } from '../rules/deployment-verdict';
import { evaluate, evaluateAll, EvaluationOptions } from '../rules/evaluate';
import { isStale } from '../rules/failing';
import { Finding, FindingResource } from '../rules/finding';
import { compareFindings } from '../rules/finding-order';
import { PlacedWaiver, placedOutside } from '../rules/placed-waiver';
import { UnknownPolicy, weighUnknown } from '../rules/unknown-policy';
import { ReviewedModel } from './change-report';
import { deploymentResource } from './deployment-place';
import { judgedDeployment } from './judged-model';
import { WayOn, WaysOn } from './outdated-replacement';
import { OutdatedReport, OutdatedRow, OutdatedState } from './outdated-report';
import { ReviewedStack, reviewedStacks, ReviewRequest } from './reviewed-stack';
import { reviewedWaivers, waiverStateOf } from './waiver-review';

/** What a table of outdated deployments is made from. */
export interface OutdatedRequest
  extends Omit<ReviewRequest, 'asOf'>, Pick<EvaluationOptions, 'severities' | 'waivers'> {
  readonly judgement: JudgementDate;
  /** What a deployment weighs whose state is not known. @default 'warn' */
  readonly unknown?: UnknownPolicy;
  /** Whether current deployments are rows as well. @default false */
  readonly all?: boolean;
}

/** Rules that judge how outdated a deployment is. */
const DATED_RULES: ReadonlySet<string> = new Set(['model-retired', 'model-retiring', 'model-deprecated']);

/** Rules that say that it cannot be told; whatever they weigh otherwise, here that is something unknown. */
const UNKNOWN_RULES: ReadonlySet<string> = new Set(['model-unknown', 'model-unpinned', 'model-unresolved']);

/** Rules whose findings decide the exit code. */
export const OUTDATED_RULES: ReadonlySet<string> = new Set([...DATED_RULES, ...UNKNOWN_RULES, catalogStale.id]);

/**
 * Every deployment that stands once the inputs are applied, as far as it is outdated: the table of `model-lifecycle outdated`.
 * What a plan destroys is not among them. Replacements are those that Azure names, else what lives longest under the SKU.
 *
 * @throws if the settings or severities cannot be used; never for what is found
 */
export function outdatedRows(request: OutdatedRequest): OutdatedReport {
  const { catalog, judgement, inputs, all = false } = request;
  const { asOf } = judgement;
  const ways = new WaysOn(catalog, asOf);
  const judged = reviewedStacks({ ...request, asOf }).map((stack) => ({ stack, ...judgedStack(stack, request) }));
  const aboutRun = runFindings(request);
  const rows = judged
    .flatMap(({ stack, byPlace }) => stack.after.facts.deployments.map((fact) => rowOf(stack, fact, ways, byPlace)))
    .sort((left, right) => soonest(left, right, asOf));
  return {
    asOf,
    catalogAsOf: catalog.asOf,
    inputs: [...new Set(inputs.map(({ input }) => input))],
    rows: rows.filter(({ state }) => all || state !== 'current'),
    currentCount: rows.filter(({ state }) => state === 'current').length,
    deploymentCount: rows.length,
    findings: [
      ...aboutRun.filter(isStale),
      ...judged.flatMap(({ byPlace }) => [...byPlace.values()].flat()),
      ...waiverFindings([...aboutRun, ...judged.flatMap(({ all: found }) => found)], request),
    ].sort(compareFindings),
  };
}

/** What is found of no deployment, the age of the catalogue for instance. */
function runFindings({ catalog, judgement, severities, waivers }: OutdatedRequest): readonly Finding[] {
  return evaluateAll({ catalog, judgement, severities, waivers, configurations: [], judgesWaivers: false }).findings;
}

function waiverFindings(
  found: readonly Finding[],
  { inputs, waivers = [], judgement, severities }: OutdatedRequest,
): Finding[] {
  const own = inputs.flatMap(({ facts }) =>
    facts.waivers.map((waiver): PlacedWaiver => ({ waiver, stack: facts.stack })),
  );
  return reviewedWaivers(found, [...own, ...waivers.map(placedOutside)], {
    judgement,
    severities,
    inputs: inputs.flatMap(({ input, facts: { stack } }) => (stack === undefined ? [input] : [input, stack])),
    isAsked: ({ waiver }) => OUTDATED_RULES.has(waiver.rule),
  });
}

/** The findings of one input: all of them, and by deployment those that are about its being outdated. */
function judgedStack(
  { input, after }: ReviewedStack,
  request: OutdatedRequest,
): { readonly all: readonly Finding[]; readonly byPlace: ReadonlyMap<string, readonly Finding[]> } {
  const { catalog, judgement, settings, severities, waivers, unknown = 'warn' } = request;
  const facts = { ...after.facts, input };
  const { findings: all } = evaluate({ catalog, judgement, settings, severities, waivers, facts, extent: 'part' });
  const deployments = new Set(facts.deployments.map((fact) => placeOf(deploymentResource(fact))));
  const findings = new Map<string, Finding[]>();
  for (const finding of all) {
    const place = placeOf(finding.resource);
    const isUnknown = UNKNOWN_RULES.has(finding.rule);
    if (deployments.has(place) && (isUnknown || DATED_RULES.has(finding.rule))) {
      const weighed = weighUnknown(isUnknown ? { ...finding, status: 'unknown' } : finding, unknown);
      findings.set(place, [...(findings.get(place) ?? []), weighed]);
    }
  }
  return { all, byPlace: findings };
}

function placeOf({ address, account, deployment }: FindingResource): string {
  return JSON.stringify([address, account ?? null, deployment ?? null]);
}

function rowOf(
  stack: ReviewedStack,
  fact: DeploymentFact,
  ways: WaysOn,
  findings: ReadonlyMap<string, readonly Finding[]>,
): OutdatedRow {
  const { after, input } = stack;
  const verdict = deploymentVerdict(after, fact);
  const resource = deploymentResource(fact);
  const region = regionOf(fact, after.facts);
  const { model } = judgedDeployment(after, fact);
  const way = 'answer' in verdict ? ways.of(verdict.answer, model, region) : wayOfUnknown(model, ways);
  const state = stateOf(verdict, way.newest?.isNewer ?? false);
  const unknown = unknownText(verdict);
  return {
    input,
    resource,
    ...(region !== undefined && { region }),
    model,
    state,
    ...(unknown !== undefined && { unknown }),
    ...shownWay(way, state, verdict, ways),
    ...waiverStateOf(findings.get(placeOf(resource)) ?? []),
  };
}

/** A model that does not end needs no replacement: at most the version changes. */
function shownWay(way: WayOn, state: OutdatedState, verdict: DeploymentVerdict, ways: WaysOn): WayOn {
  const { newest } = way;
  if (state === 'newer-version' && newest !== undefined && 'answer' in verdict) {
    return { newest, scope: ways.newerScope(verdict.answer, newest.version), advice: way.advice };
  }
  return state === 'current' ? { ...(newest && { newest }) } : way;
}

/** Whatever version it is, the newest one of the name is known, if the name is. */
function wayOfUnknown({ format, name, sku }: ReviewedModel, ways: WaysOn): WayOn {
  const newest = name === undefined ? undefined : ways.newest({ format, name, sku });
  return { ...(newest && { newest }) };
}

function stateOf(verdict: DeploymentVerdict, hasNewer: boolean): OutdatedState {
  if (!('answer' in verdict)) {
    return 'unknown';
  }
  if (verdict.kind !== 'current') {
    return verdict.kind;
  }
  return verdict.answer.stage === 'legacy' ? 'legacy' : hasNewer ? 'newer-version' : 'current';
}

function unknownText(verdict: DeploymentVerdict): string | undefined {
  switch (verdict.kind) {
    case 'not-in-catalogue':
      return verdict.lookup.kind === 'unknown-version'
        ? 'version not in the catalogue'
        : `not in the catalogue${spellingAdvice(verdict.lookup.nearest)}`;
    case 'unpinned':
      return 'no version pinned';
    case 'unresolved':
      return `${verdict.attributes.map(({ name }) => name).join(' and ')} cannot be read`;
    default:
      return 'dependsOnSku' in verdict && verdict.dependsOnSku ? 'depends on the SKU, which cannot be read' : undefined;
  }
}

function spellingAdvice(nearest: readonly string[]): string {
  return nearest.length === 0 ? '' : `; did you mean ${nearest.map((spelling) => quoted(spelling)).join(' or ')}?`;
}

/** Where days would be counted from a date that only may come, the date counts. */
function soonest(left: OutdatedRow, right: OutdatedRow, asOf: string): number {
  return (
    daysOf(left, asOf) - daysOf(right, asOf) ||
    compareText(left.resource.address, right.resource.address) ||
    compareText(left.input, right.input) ||
    compareText(left.resource.deployment ?? '', right.resource.deployment ?? '')
  );
}

/** More than between any two days. */
const MANY_DAYS = 10_000_000;

function daysOf({ state, model: { retirementDate } }: OutdatedRow, asOf: string): number {
  if (retirementDate !== undefined) {
    return daysBetween(asOf, retirementDate);
  }
  return state === 'retired' ? -MANY_DAYS : state === 'unknown' ? 2 * MANY_DAYS : MANY_DAYS;
}
