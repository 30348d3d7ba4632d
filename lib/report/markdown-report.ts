import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { inputName } from '../contracts/input-name';
import { abridgedTo } from '../contracts/printable';
import { ChangeReport, ReviewedInput, UpcomingRetirement } from '../review/change-report';
import { subjectOf } from '../review/reviewed-subject';
import { verdictOf } from '../review/verdict';
import { Finding } from '../rules/finding';
import { daysText, inputStates, modelOnSku, STAGE_WORDS } from './change-wording';
import { requireCommentId } from './comment-id';
import { unknownText } from './counted-findings';
import { inputNamer } from './finding-place';
import { hasUpdates, LEGEND } from './legend';
import { listedFindings } from './listed-findings';
import { Section, withinBudget } from './markdown-budget';
import {
  CHANGE_TITLES,
  changeRow,
  deploymentDetail,
  releaseDetail,
  releaseLine,
  trafficLine,
  TRAFFIC_TITLES,
  trafficRows,
  UpdateWriting,
} from './markdown-changes';
import { retirementChart, trafficChart } from './markdown-charts';
import { codeSpan, sentence, tableHead, tableRow } from './markdown-text';
import { RunReport } from './run-report';
import { updateTeller } from './told-updates';

export interface MarkdownLayout {
  /**
   * Tells the comment of one stack or environment from those of others: letters, digits, and `.`, `_`, `-`, `/` or `:` between
   * them, 100 at most. @default - one comment for each command
   */
  readonly commentId?: string;
}

const VERDICT_SIGNS = { stop: '🛑', look: '⚠️', go: '✅' } as const;
const SEVERITY_SIGNS = { error: '🛑 error', warning: '⚠️ warning', note: 'note' } as const;

/**
 * UTF-8 bytes for each part, 65,000 altogether: GitHub refuses a comment of more than 65,536 characters
 * (https://github.com/orgs/community/discussions/41331), Azure DevOps one of more than 150,000.
 */
const SHARES = {
  head: 3_000,
  inputs: 1_500,
  changes: 10_000,
  releases: 3_500,
  findings: 14_000,
  applied: 1_500,
  carriedOver: 1_500,
  traffic: 2_500,
  trafficRows: 4_500,
  trafficChart: 6_000,
  retirements: 5_500,
  retirementChart: 2_500,
  details: 7_500,
  foot: 1_500,
};

const LONGEST_VERDICT = 250;

/** There is room for the details of about so many releases. */
const MOST_TELLERS = 4;

const MOST_DEVIATIONS = 4;

const LONGEST_DEVIATION = 60;

/**
 * The report for a comment on a pull request: a hidden mark by which a later run finds the comment, then the verdict, then as
 * much as there is room for, with a word on what was left out.
 *
 * @throws if the id of the comment cannot stand in the mark
 */
export function markdownReport(report: RunReport, { commentId }: MarkdownLayout = {}): string {
  const { open, applied, remaining } = listedFindings(report);
  const nameOf = inputNamer(report);
  const entry = later((finding: Finding) => findingEntry(finding, nameOf(finding)));
  return withinBudget([
    fixed(headOf(report, commentId), SHARES.head),
    ...(report.changes === undefined ? [] : changedParts(report.changes)),
    list('Findings', open.map(entry), SHARES.findings),
    folded('carried over, and still to be applied (do not fail)', applied.map(entry), SHARES.applied),
    folded('carried over (do not fail)', remaining.map(entry), SHARES.carriedOver),
    ...(report.changes === undefined ? [] : remainingParts(report.changes, report.asOf)),
    fixed(footOf(report), SHARES.foot),
  ]);
}

function headOf(report: RunReport, commentId?: string): string {
  const { word, sentence: verdict } = verdictOf(report);
  const title = report.changes === undefined ? 'Model check' : 'Model review';
  return `${markOf(report, commentId)}\n### ${VERDICT_SIGNS[word]} ${title}: ${word}\n\n**Why:** ${sentence(verdict, LONGEST_VERDICT)}\n\n${countsOf(report)}\n\n`;
}

function markOf({ command }: RunReport, commentId?: string): string {
  const id = commentId === undefined ? '' : `:${requireCommentId(commentId)}`;
  return `<!-- model-lifecycle:${command}${id} -->`;
}

function countsOf(report: RunReport): string {
  const { summary } = report;
  const { carriedOver, waived } = listedFindings(report);
  return [
    counted(summary.errors, 'error'),
    counted(summary.warnings, 'warning'),
    `${counted(summary.notes, 'note')}${unknownText(summary.unknown)}`,
    ...(carriedOver.length === 0 ? [] : [`${carriedOver.length} carried over from before`]),
    ...(waived.length === 0 ? [] : [`${waived.length} waived`]),
  ].join(' · ');
}

function changedParts({ inputs, deployments, releases }: ChangeReport): Section[] {
  const doubtful = inputs.filter(({ isComplete, isErrored }) => !isComplete || isErrored);
  return [
    list('Plans that do not show everything', doubtful.map(later(inputEntry)), SHARES.inputs),
    titled('Changes', CHANGE_TITLES, deployments.map(later(changeRow)), SHARES.changes),
    list('Releases', releases.map(later(releaseLine)), SHARES.releases),
  ];
}

function inputEntry(input: ReviewedInput): string {
  return `- ${codeSpan(inputName(input.input))}: ${inputStates(input)}\n`;
}

function findingEntry(finding: Finding, input: string | undefined): string {
  const { severity, status, rule, resource, message, fix } = finding;
  const place = [
    codeSpan(resource.address),
    ...(input === undefined ? [] : [`in ${codeSpan(input)}`]),
    ...(resource.constructPath === undefined ? [] : [`(${codeSpan(resource.constructPath)})`]),
    ...(resource.path === undefined ? [] : [codeSpan(resource.path)]),
    ...(resource.declaredAt === undefined ? [] : [`declared at ${codeSpan(resource.declaredAt)}`]),
  ].join(' ');
  const weight = `**${SEVERITY_SIGNS[severity]}**${status === 'unknown' ? ' (unknown)' : ''}`;
  return `- ${weight} ${codeSpan(rule)} ${place}\n  - ${sentence(message)}\n  - **fix:** ${sentence(fix)}\n`;
}

function remainingParts(changes: ChangeReport, asOf: string): Section[] {
  const { deployments, releases, traffic, upcoming } = changes;
  const writing: UpdateWriting = { subject: subjectOf(changes), toldBy: updateTeller(changes, MOST_TELLERS) };
  // Releases first: deployments refer to them.
  const details = [
    ...releases.map((release) => () => releaseDetail(release, writing)),
    ...deployments.map((deployment) => () => deploymentDetail(deployment, writing)),
  ];
  return [
    list('Traffic', traffic.map(later(trafficLine)), SHARES.traffic),
    table(TRAFFIC_TITLES, traffic.flatMap(trafficRows), SHARES.trafficRows),
    chart('The traffic as a drawing', trafficChart(traffic), SHARES.trafficChart),
    titled('Retirements', RETIREMENT_TITLES, upcoming.map(later(retirementRow)), SHARES.retirements),
    chart('Days left as a drawing', retirementChart(upcoming, asOf), SHARES.retirementChart),
    {
      before: `<details><summary>Details: what changes, why, and what changes along with it</summary>\n\n${legendOf(changes)}`,
      items: details,
      after: '\n</details>\n\n',
      more: moreEntries,
      share: SHARES.details,
    },
  ];
}

function legendOf(changes: ChangeReport): string {
  return hasUpdates(changes) ? `${LEGEND.map(({ term, meaning }) => `**${term}**: ${meaning}.`).join(' ')}\n\n` : '';
}

const RETIREMENT_TITLES = ['Retires', 'Left', 'Model', 'Stage', 'Used by', 'Replacement'];

function retirementRow(retirement: UpcomingRetirement): string {
  const { model, usedBy, replacement } = retirement;
  const { retirementDate, retirementIsEarliest, stage } = model;
  return `${tableRow([
    retirementDate === undefined
      ? 'no date known'
      : `${retirementIsEarliest ? 'not before ' : ''}${sentence(retirementDate)}`,
    daysText(model),
    codeSpan(modelOnSku(model)),
    stage === undefined ? '' : STAGE_WORDS[stage],
    `${counted(usedBy.length, 'resource')}${usedBy.length === 1 ? `: ${codeSpan(usedBy[0]!)}` : ''}`,
    replacement === undefined ? '' : sentence(replacement),
  ])}\n`;
}

function footOf({ asOf, catalog, toolVersion, inputs, changes, deviations = [] }: RunReport): string {
  const judged = counted(inputs.length, subjectOf(changes).unit);
  const told = deviations.slice(0, MOST_DEVIATIONS).map((text) => sentence(abridgedTo(LONGEST_DEVIATION, text)));
  const more = andMore(deviations.length - told.length, ' ');
  const judgedWith = told.length === 0 ? '' : `**Judged with:** ${told.join(', ')}${more}\n\n`;
  return `${judgedWith}As of ${sentence(asOf)}, catalogue of ${sentence(catalog.asOf)}, ${judged}, model-lifecycle ${sentence(toolVersion)}\n`;
}

function fixed(text: string, share: number): Section {
  return { before: '', items: [() => text], after: '', more: () => '', share };
}

function list(title: string, items: Section['items'], share: number): Section {
  return { before: `#### ${title}\n\n`, items, after: '\n', more: moreEntries, share };
}

function titled(title: string, titles: readonly string[], rows: Section['items'], share: number): Section {
  const section = table(titles, rows, share);
  return { ...section, before: `#### ${title}\n\n${section.before}` };
}

function table(titles: readonly string[], rows: Section['items'], share: number): Section {
  const more = (left: number) => `\n${andMore(left)}\n`;
  return { before: `${tableHead(titles)}\n`, items: rows, after: '\n', more, share };
}

function folded(title: string, items: Section['items'], share: number): Section {
  return {
    before: `<details><summary>${items.length} ${title}</summary>\n\n`,
    items,
    after: '\n</details>\n\n',
    more: moreEntries,
    share,
  };
}

function chart(title: string, drawing: string | undefined, share: number): Section {
  return {
    before: `<details><summary>${title}</summary>\n\n`,
    items: drawing === undefined ? [] : [() => drawing],
    after: '\n</details>\n\n',
    more: () => 'left out: it would take too much room\n',
    share,
  };
}

function later<Item>(write: (item: Item) => string): (item: Item) => () => string {
  return (item) => () => write(item);
}

function moreEntries(left: number): string {
  return `- ${andMore(left)}\n`;
}
