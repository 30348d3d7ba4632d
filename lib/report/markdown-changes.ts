import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { inputName } from '../contracts/input-name';
import {
  DeploymentReview,
  ReleaseReview,
  ReviewedModel,
  TrafficReview,
  TrafficRowReview,
  UpdateReview,
} from '../review/change-report';
import { ReviewedSubject } from '../review/reviewed-subject';
import { accountText } from './account-text';
import {
  actionText,
  BREADTH_WORDS,
  breadthNames,
  deploymentName,
  evidenceText,
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
  TICKS,
} from './change-wording';
import { evidencePieces, rowMarks } from './evaluation-wording';
import { codeSpan, sentence, tableRow } from './markdown-text';
import { UpdateTeller } from './told-updates';

const MOST_ENTRIES = 6;

export const CHANGE_TITLES = ['Deployment', 'Model', 'What happens', 'Scope', 'Driver', 'Also changes'];

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
    update === undefined ? '' : alsoChanges(update),
  ])}\n`;
}

function modelsText(from: ReviewedModel | undefined, to: ReviewedModel | undefined): string {
  return modelTexts(from, to).map(codeSpan).join(' → ');
}

function driverText({ driver }: UpdateReview): string {
  return driver === 'required' ? '**required**' : driver;
}

/** `prompt; 3 breadths not visible`: what the plan changes besides the model, and of how much it shows nothing. */
function alsoChanges({ breadths }: UpdateReview): string {
  const others = breadths.filter(({ breadth }) => breadth !== 'model');
  const changed = others.filter(({ evidence }) => evidence === 'changed').map(({ breadth }) => BREADTH_WORDS[breadth]);
  const unseen = others.filter(({ evidence }) => evidence === 'not-visible').length;
  return [
    changed.length === 0 ? 'nothing' : changed.join(', '),
    ...(unseen === 0 ? [] : [`${counted(unseen, 'breadth')} not visible`]),
  ].join('; ');
}

/** How updates are told in detail. */
export interface UpdateWriting {
  readonly subject: ReviewedSubject;
  /** Who has told all of an update already. */
  readonly toldBy: UpdateTeller;
}

/** All that is known of one deployment's change, as an entry of a list. */
export function deploymentDetail(deployment: DeploymentReview, writing: UpdateWriting): string {
  const { address, previousAddress, constructPath, account, input, update, remarks } = deployment;
  const { from, to } = modelsOf(deployment);
  const related = relatedDeployment(deployment);
  const teller = update && writing.toldBy(update);
  return entry(
    [
      `**${codeSpan(deploymentName(deployment))}** ${actionText(deployment)}`,
      ...(related === undefined ? [] : [`, ${related.word} ${codeSpan(related.name)}`]),
    ].join(''),
    [
      `at ${codeSpan(address)}${constructPath === undefined ? '' : `, construct ${codeSpan(constructPath)}`}, in ${codeSpan(inputName(input))}`,
      ...(previousAddress === undefined ? [] : [`before at ${codeSpan(previousAddress)}`]),
      ...(account === undefined ? [] : [`account ${codeSpan(accountText(account))}`]),
      ...lifeLines(from, to),
      ...(update === undefined
        ? []
        : teller === undefined
          ? updateLines(update, writing)
          : [`${scopeText(update)}, ${driverText(update)}: told at release ${codeSpan(teller)}`]),
      ...limited(remarks, (remark) => `⚠ ${sentence(remark)}`),
    ],
  );
}

function lifeLines(from: ReviewedModel | undefined, to: ReviewedModel | undefined): string[] {
  const line = (word: string, model: ReviewedModel) =>
    `${word} ${codeSpan(modelOnSku(model))}: ${sentence(lifeText(model))}`;
  if (from !== undefined && to !== undefined && modelOnSku(from) === modelOnSku(to)) {
    return [line('model', to)];
  }
  return [...(from === undefined ? [] : [line('from', from)]), ...(to === undefined ? [] : [line('to', to)])];
}

function updateLines(update: UpdateReview, { subject }: UpdateWriting): string[] {
  return [
    `${scopeText(update)}: ${sentence(update.reason)}`,
    `${driverText(update)}: ${sentence(update.driverReason)}`,
    ...groupedBreadths(update).map((breadths) => {
      const { evidence, detail } = breadths[0]!;
      return `${TICKS[evidence]} ${breadthNames(breadths, update)}, ${evidenceText(evidence, subject)}: ${sentence(detail)}`;
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

export function releaseDetail(release: ReleaseReview, writing: UpdateWriting): string {
  const { label, address, predecessor, models, differences } = release;
  const evidence = evidencePieces(release, codeSpan).join('');
  return entry(
    `release **${codeSpan(label)}** ${releaseText(release)}${predecessor === undefined ? '' : `, after ${codeSpan(predecessor)}`}`,
    [
      `at ${codeSpan(address)}`,
      ...models
        .slice(0, MOST_ENTRIES)
        .flatMap(({ role, from, to, update }) => [
          `role ${codeSpan(role)}: ${modelsText(from, to)}`,
          ...(update === undefined ? [] : updateLines(update, writing)),
        ]),
      ...moreOf(models),
      ...limited(differences, (difference) => `differs in ${sentence(difference)}`),
      ...(evidence === '' ? [] : [evidence]),
    ],
  );
}

export const TRAFFIC_TITLES = ['Traffic', 'Goes to', 'Models', 'Before', 'After', 'Marks'];

/** What happens to the traffic of one router or route as a whole. */
export function trafficLine(traffic: TrafficReview): string {
  const { name, unread } = traffic;
  return `- ${codeSpan(name)} (${kindText(traffic)}): ${unread === undefined ? landingText(traffic) : sentence(unread)}\n`;
}

/** The rows of one router or route, one table row each; the first says whose they are. */
export function trafficRows(traffic: TrafficReview): (() => string)[] {
  return traffic.rows.map((row, index) => () => trafficRow(index === 0 ? codeSpan(traffic.name) : '', traffic, row));
}

function trafficRow(title: string, traffic: TrafficReview, row: TrafficRowReview): string {
  const { target, models, before, after } = row;
  const stage = stageText(row);
  return `${tableRow([
    title,
    `${codeSpan(target)}${stage === '' ? '' : ` ${sentence(stage)}`}`,
    limited(models, codeSpan).join(', '),
    shareOrNone(before),
    shareOrNone(after),
    rowMarks(traffic, row).join(', '),
  ])}\n`;
}

function entry(title: string, lines: readonly string[]): string {
  return [`- ${title}`, ...lines.map((line) => `  - ${line}`), ''].join('\n');
}

function limited(texts: readonly string[], write: (text: string) => string): string[] {
  return [...texts.slice(0, MOST_ENTRIES).map(write), ...moreOf(texts)];
}

function moreOf(items: readonly unknown[]): string[] {
  return items.length > MOST_ENTRIES ? [andMore(items.length - MOST_ENTRIES)] : [];
}
