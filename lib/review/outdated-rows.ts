import { JudgementDate } from '../contracts/as-of';
import { daysBetween } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { regionOf } from '../facts/account-region';
import { DeploymentFact } from '../facts/facts';
import { deploymentVerdict, DeploymentVerdict } from '../rules/deployment-verdict';
import { evaluate, evaluateAll, EvaluationOptions } from '../rules/evaluate';
import { isStale } from '../rules/failing';
import { Finding, FindingResource, Severity } from '../rules/finding';
import { UnknownPolicy, weighUnknown } from '../rules/unknown-policy';
import { ReviewedModel } from './change-report';
import { deploymentResource } from './deployment-place';
import { judgedDeployment } from './judged-model';
import { WayOn, WaysOn } from './outdated-replacement';
import { OutdatedReport, OutdatedRow, OutdatedState } from './outdated-report';
import { ReviewedStack, reviewedStacks, ReviewRequest } from './reviewed-stack';

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

const SEVEREST_FIRST: readonly Severity[] = ['error', 'warning', 'note'];

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
  const judged = reviewedStacks({ ...request, asOf }).map((stack) => ({ stack, findings: findingsOf(stack, request) }));
  const rows = judged
    .flatMap(({ stack, findings }) => stack.after.facts.deployments.map((fact) => rowOf(stack, fact, ways, findings)))
    .sort((left, right) => soonest(left, right, asOf));
  return {
    asOf,
    catalogAsOf: catalog.asOf,
    inputs: [...new Set(inputs.map(({ input }) => input))],
    rows: rows.filter(({ state }) => all || state !== 'current'),
    currentCount: rows.filter(({ state }) => state === 'current').length,
    deploymentCount: rows.length,
    findings: [...staleness(request), ...judged.flatMap(({ findings }) => [...findings.values()].flat())],
  };
}

/** `catalog-stale`, which is about no deployment, where it is found and no waiver covers it. */
function staleness({ catalog, judgement, severities, waivers }: OutdatedRequest): Finding[] {
  const run = { catalog, judgement, severities, waivers, configurations: [], judgesWaivers: false };
  return evaluateAll(run).findings.filter(isStale);
}

/** The findings of one input that are about deployments being outdated, by deployment. */
function findingsOf({ after: { facts } }: ReviewedStack, request: OutdatedRequest): Map<string, Finding[]> {
  const { catalog, judgement, settings, severities, waivers, unknown = 'warn' } = request;
  const evaluation = evaluate({ catalog, judgement, settings, severities, waivers, facts, extent: 'part' });
  const deployments = new Set(facts.deployments.map((fact) => placeOf(deploymentResource(fact))));
  const findings = new Map<string, Finding[]>();
  for (const finding of evaluation.findings) {
    const place = placeOf(finding.resource);
    const isUnknown = UNKNOWN_RULES.has(finding.rule);
    if (deployments.has(place) && (isUnknown || DATED_RULES.has(finding.rule))) {
      const weighed = weighUnknown(isUnknown ? { ...finding, status: 'unknown' } : finding, unknown);
      findings.set(place, [...(findings.get(place) ?? []), weighed]);
    }
  }
  return findings;
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
  const about = findings.get(placeOf(resource)) ?? [];
  const open = about.filter(({ waived }) => waived === undefined).map(({ severity }) => severity);
  const severity = SEVEREST_FIRST.find((each) => open.includes(each));
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
    ...(severity && { severity }),
    isWaived: about.length > 0 && open.length === 0,
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
      return verdict.lookup.kind === 'unknown-version' ? 'version not in the catalogue' : 'not in the catalogue';
    case 'unpinned':
      return 'no version pinned';
    case 'unresolved':
      return `${verdict.attributes.map(({ name }) => name).join(' and ')} cannot be read`;
    default:
      return 'dependsOnSku' in verdict && verdict.dependsOnSku ? 'depends on the SKU, which cannot be read' : undefined;
  }
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
