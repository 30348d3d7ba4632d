import { abridgedInFront } from '../contracts/printable';
import {
  BreadthReview,
  DeploymentReview,
  ReleaseReview,
  ReviewedModel,
  TrafficReview,
  TrafficRowReview,
  UpdateReview,
} from '../review/change-report';
import {
  actionText,
  breadthNames,
  deploymentName,
  EVIDENCE_WORDS,
  groupedBreadths,
  kindText,
  landingText,
  lifeText,
  modelOnSku,
  modelsOf,
  modelTexts,
  relatedDeployment,
  releaseText,
  scopeText,
  shareOrNone,
  stageText,
} from './change-wording';
import { codeSpan, sentence, tableRow } from './markdown-text';

const MOST_ENTRIES = 6;

const TICKS: Readonly<Record<BreadthReview['evidence'], string>> = {
  changed: '☑',
  unchanged: '☐',
  'not-visible': '?',
};

export const CHANGE_TITLES = ['Deployment', 'Model', 'What happens', 'Scope', 'Driver', 'Breadths'];

/** One line for one deployment. */
export function changeRow(deployment: DeploymentReview): string {
  const { update } = deployment;
  const { from, to } = modelsOf(deployment);
  return `${tableRow([
    codeSpan(deploymentName(deployment)),
    modelsText(from, to),
    actionText(deployment),
    update === undefined ? '' : scopeText(update),
    update === undefined ? '' : driverText(update),
    update === undefined ? '' : tickedOf(update),
  ])}\n`;
}

function modelsText(from: ReviewedModel | undefined, to: ReviewedModel | undefined): string {
  return modelTexts(from, to).map(codeSpan).join(' → ');
}

function driverText({ driver }: UpdateReview): string {
  return driver === 'required' ? '**required**' : driver;
}

function tickedOf({ breadths }: UpdateReview): string {
  const ticked = breadths.filter(({ evidence }) => evidence === 'changed').length;
  return `${ticked} of ${breadths.length} ticked`;
}

/** All that is known of one deployment's change, as an entry of a list. */
export function deploymentDetail(deployment: DeploymentReview): string {
  const { address, previousAddress, constructPath, account, input, update, remarks } = deployment;
  const { from, to } = modelsOf(deployment);
  const related = relatedDeployment(deployment);
  return entry(
    [
      `**${codeSpan(deploymentName(deployment))}** ${actionText(deployment)}`,
      ...(related === undefined ? [] : [`, ${related.word} ${codeSpan(related.name)}`]),
    ].join(''),
    [
      `at ${codeSpan(address)}${constructPath === undefined ? '' : `, construct ${codeSpan(constructPath)}`}, in ${codeSpan(input)}`,
      ...(previousAddress === undefined ? [] : [`before at ${codeSpan(previousAddress)}`]),
      ...(account === undefined ? [] : [`account ${codeSpan(abridgedInFront(account))}`]),
      ...(from === undefined ? [] : [`from ${codeSpan(modelOnSku(from))}: ${sentence(lifeText(from))}`]),
      ...(to === undefined ? [] : [`to ${codeSpan(modelOnSku(to))}: ${sentence(lifeText(to))}`]),
      ...(update === undefined ? [] : updateLines(update)),
      ...limited(remarks, (remark) => `⚠ ${sentence(remark)}`),
    ],
  );
}

function updateLines(update: UpdateReview): string[] {
  return [
    `${scopeText(update)}: ${sentence(update.reason)}`,
    `${driverText(update)}: ${sentence(update.driverReason)}`,
    ...groupedBreadths(update).map((breadths) => {
      const { evidence, detail } = breadths[0]!;
      return `${TICKS[evidence]} ${breadthNames(breadths)}, ${EVIDENCE_WORDS[evidence]}: ${sentence(detail)}`;
    }),
  ];
}

/** One line for one release. */
export function releaseLine(release: ReleaseReview): string {
  const { label, predecessor, models, differences } = release;
  const changed = models.flatMap(({ role, update }) =>
    update === undefined ? [] : `${codeSpan(role)} ${scopeText(update)}`,
  );
  return `- ${[
    `${codeSpan(label)} ${releaseText(release)}${predecessor === undefined ? '' : `, after ${codeSpan(predecessor)}`}`,
    ...changed.slice(0, MOST_ENTRIES),
    ...(differences.length === 0
      ? []
      : [`differs in ${limited(differences, (difference) => sentence(difference)).join(', ')}`]),
  ].join('; ')}\n`;
}

export function releaseDetail(release: ReleaseReview): string {
  const { label, address, predecessor, models, differences } = release;
  return entry(
    `release **${codeSpan(label)}** ${releaseText(release)}${predecessor === undefined ? '' : `, after ${codeSpan(predecessor)}`}`,
    [
      `at ${codeSpan(address)}`,
      ...models
        .slice(0, MOST_ENTRIES)
        .flatMap(({ role, from, to, update }) => [
          `role ${codeSpan(role)}: ${modelsText(from, to)}`,
          ...(update === undefined ? [] : updateLines(update)),
        ]),
      ...moreOf(models),
      ...limited(differences, (difference) => `differs in ${sentence(difference)}`),
    ],
  );
}

export const TRAFFIC_TITLES = ['Traffic', 'Goes to', 'Models', 'Before', 'After', 'Marks'];

/** The rows of one router or route, one table row each; the first says whose they are. */
export function trafficRows(traffic: TrafficReview): (() => string)[] {
  const { rows } = traffic;
  return rows.length === 0
    ? [() => `${tableRow([trafficTitle(traffic), '', '', '', '', ''])}\n`]
    : rows.map((row, index) => () => trafficRow(index === 0 ? trafficTitle(traffic) : '', row));
}

function trafficTitle(traffic: TrafficReview): string {
  const { name, unread } = traffic;
  return `${codeSpan(name)} (${kindText(traffic)}): ${unread === undefined ? landingText(traffic) : sentence(unread)}`;
}

function trafficRow(title: string, row: TrafficRowReview): string {
  const { target, models, before, after, marks } = row;
  const stage = stageText(row);
  return `${tableRow([
    title,
    `${codeSpan(target)}${stage === '' ? '' : ` ${sentence(stage)}`}`,
    limited(models, codeSpan).join(', '),
    shareOrNone(before),
    shareOrNone(after),
    marks.join(', '),
  ])}\n`;
}

function entry(title: string, lines: readonly string[]): string {
  return [`- ${title}`, ...lines.map((line) => `  - ${line}`), ''].join('\n');
}

function limited(texts: readonly string[], write: (text: string) => string): string[] {
  return [...texts.slice(0, MOST_ENTRIES).map(write), ...moreOf(texts)];
}

function moreOf(items: readonly unknown[]): string[] {
  return items.length > MOST_ENTRIES ? [`and ${items.length - MOST_ENTRIES} more`] : [];
}
