import { daysBetween } from '../contracts/calendar-date';
import { abridged } from '../contracts/printable';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { Finding } from './finding';
import { retiredSince, retiresOn } from './lifecycle-wording';
import { BoundModel, boundModels } from './release-lifecycle';
import { modelKeyOf } from './release-text';
import { distinctRouters, orchestratorOf, usersText } from './routed-traffic';
import { Rule, RuleContext } from './rule';
import { findingOf, Statement } from './statement';

/** Stages whose releases nobody new is sent to. */
const LEAVING: ReadonlySet<string> = new Set(['draining', 'retired']);

/** Users who are sent to what is about to end. */
export const trafficToRetiring: Rule = {
  id: 'traffic-to-retiring',
  summary:
    'A router sends users to a release whose model retires soon or is retired, or that is draining or retired itself.',
  why:
    'Moving users takes its time: a new release, an evaluation, a ramp in steps. Where the model ends before the ramp does, all ' +
    'users of the release get errors on one day. A share on a draining release never lets it become empty.',
  fix: 'Declare a release with the replacement, ramp users over to it, and let this one drain before its model retires.',
  severity: 'warning',
  severityNote:
    'warning; error where the release itself is retired. That the model retires is said of its deployment, route or release by `model-retiring` and `model-retired`',
  unknownWhen:
    'The SKU decides and is declared elsewhere. Left out are releases that another stack declares, and manifests that cannot be read: `release-not-immutable` and `release-model-mismatch` speak of those.',
  waiverLimit: 'until-retirement',
  check(context) {
    return distinctRouters(context).flatMap((router) =>
      router.rows.flatMap((row) => rowFindings(context, router, row)),
    );
  },
};

function rowFindings(context: RuleContext, router: RouterFact, row: RoutedRow): Finding[] {
  return [...leaving(row), ...ending(context, row)].map((statement) => findingOf(trafficToRetiring, router, statement));
}

function leaving(row: RoutedRow): Statement[] {
  const { label, stage, from, to } = row;
  if (stage === undefined || !LEAVING.has(stage) || to <= from) {
    return [];
  }
  return [
    {
      ...(stage === 'retired' && { severity: 'error' as const }),
      message: `${usersText(row)} of users go to ${abridged(label)}, which is ${stage}`,
      fix: 'give the share to the stable release, or make this one stable or canary again',
    },
  ];
}

function ending(context: RuleContext, row: RoutedRow): Statement[] {
  const { label, stage = '', from, to } = row;
  const isUsed = to > from || stage === 'stable' || stage === 'canary';
  const orchestrator = isUsed ? orchestratorOf(context, row) : undefined;
  const bound = orchestrator === undefined ? [] : boundModels(context, orchestrator).filter(isEnding);
  const [first] = [...bound].sort((left, right) => daysLeft(context, left) - daysLeft(context, right));
  if (first === undefined) {
    return [];
  }
  const models = bound.map((one) => modelText(context, one));
  const isCertain = bound.some(({ verdict }) => !verdict.dependsOnSku);
  const isOver = bound.some(({ verdict }) => verdict.kind === 'retired');
  const { format, name, version } = first.model;
  const who = to > from ? `${usersText(row)} of users go to ${abridged(label)}` : `${abridged(label)} is ${stage}`;
  return [
    {
      ...(!isCertain && { status: 'unknown' as const }),
      message: `${who}, which binds ${models.join(' and ')}`,
      fix: isOver
        ? 'declare a release with the replacement and make it the stable one'
        : 'declare a release with the replacement as canary, ramp users over to it, and let this one drain before that day',
      model: { format, name, version },
      retirementDate: first.verdict.answer.retirementDate,
    },
  ];
}

function isEnding({ verdict }: BoundModel): boolean {
  return verdict.kind === 'retired' || verdict.kind === 'retiring';
}

function modelText(context: RuleContext, { model, roles, verdict }: BoundModel): string {
  const { answer, kind, dependsOnSku } = verdict;
  const when = kind === 'retired' ? retiredSince(answer, context.asOf) : retiresOn(answer, context.asOf);
  const named = roles.map((role) => `'${abridged(role)}'`).join(', ');
  return `${modelKeyOf(model)} (${named}; ${when}${dependsOnSku ? ', on some SKUs' : ''})`;
}

function daysLeft({ asOf }: RuleContext, { verdict }: BoundModel): number {
  const { retirementDate } = verdict.answer;
  return retirementDate === undefined ? Number.NEGATIVE_INFINITY : daysBetween(asOf, retirementDate);
}
