import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { inputName } from '../contracts/input-name';
import {
  BreadthReview,
  ChangeReport,
  DeploymentReview,
  ReleaseReview,
  TrafficReview,
  UpcomingRetirement,
  UpdateReview,
} from '../review/change-report';
import { ReviewedSubject, subjectOf } from '../review/reviewed-subject';
import {
  actionText,
  breadthNames,
  daysText,
  deploymentName,
  evidenceText,
  groupedBreadths,
  inputStates,
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
  STAGE_WORDS,
  stageText,
} from './change-wording';
import { evidencePieces, rowMarks } from './evaluation-wording';
import { columnsOf, Line, padded, Paint, painted, shortName } from './terminal-text';
import { UpdateTeller, updateTeller } from './told-updates';

/** A screen has room for so many. */
const MOST_CHANGES = 15;
const MOST_ROWS = 10;
const MOST_RETIREMENTS = 5;

const WIDEST_COLUMN = 44;

const TICKS: Readonly<Record<BreadthReview['evidence'], string>> = {
  changed: '[x]',
  unchanged: '[ ]',
  'not-visible': '[?]',
};

/** What changes, for a terminal: sections of lines, those with nothing in them left out. */
export function changeSections(changes: ChangeReport): Line[][] {
  const several = changes.inputs.length > 1;
  const writing: UpdateWriting = { subject: subjectOf(changes), toldBy: updateTeller(changes, MOST_CHANGES) };
  return [
    section(
      'Plans that do not show everything',
      changes.inputs.filter(({ isComplete, isErrored }) => !isComplete || isErrored),
      (input) => [['  ', shortName(inputName(input.input)), ': ', painted(inputStates(input), 'yellow')]],
    ),
    section('Changes', changes.deployments, (deployment) => deploymentLines(deployment, writing, several)),
    section('Releases', changes.releases, (release) => releaseLines(release, writing)),
  ].filter((lines) => lines.length > 0);
}

/** Where traffic goes and what retires: it matters less than what is wrong. */
export function outlookSections({ traffic, upcoming }: ChangeReport): Line[][] {
  return [
    section('Traffic', traffic, trafficLines),
    section('Retirements', upcoming, (retirement) => [retirementLine(retirement)], MOST_RETIREMENTS),
  ].filter((lines) => lines.length > 0);
}

function section<Item>(
  title: string,
  items: readonly Item[],
  lines: (item: Item) => Line[],
  most: number = MOST_CHANGES,
): Line[] {
  if (items.length === 0) {
    return [];
  }
  const shown: Line[] = items.slice(0, most).flatMap(lines);
  return [[painted(title, 'bold')], ...shown, ...moreLine(items.length - most, '  ')];
}

function moreLine(left: number, indent: string): Line[] {
  return left > 0 ? [[andMore(left, indent)]] : [];
}

interface UpdateWriting {
  readonly subject: ReviewedSubject;
  /** Who has told all of an update already. */
  readonly toldBy: UpdateTeller;
}

function deploymentLines(deployment: DeploymentReview, writing: UpdateWriting, namesInput: boolean): Line[] {
  const { address, previousAddress, constructPath, input, update, remarks } = deployment;
  const { from, to } = modelsOf(deployment);
  const related = relatedDeployment(deployment);
  const places = [
    shortName(address),
    ...(constructPath === undefined ? [] : [`(${shortName(constructPath)})`]),
    ...(previousAddress === undefined ? [] : [`before: ${shortName(previousAddress)}`]),
    ...(namesInput ? [`in ${shortName(inputName(input))}`] : []),
  ];
  const models = modelTexts(from, to).map(shortName);
  const teller = update && writing.toldBy(update);
  return [
    [
      '  ',
      painted(shortName(deploymentName(deployment)), 'bold'),
      ...(models.length === 0 ? [] : [': ', painted(models.join(' → '), 'cyan')]),
      `, ${actionText(deployment)}`,
      ...(related === undefined ? [] : [`, ${related.word} ${shortName(related.name)}`]),
    ],
    ['    ', painted(places.join(' '), 'dim')],
    ...(update === undefined
      ? []
      : teller === undefined
        ? updateLines(update, writing)
        : [[`    ${scopeText(update)}, ${update.driver}: told at release ${shortName(teller)}`]]),
    ...(to === undefined ? [] : [[`    ${models.length > 1 ? 'new' : 'stage'}: ${lifeText(to)}`]]),
    ...remarks.map((remark): Line => ['    ', painted('! ', 'yellow'), remark]),
  ];
}

function updateLines(update: UpdateReview, { subject }: UpdateWriting): Line[] {
  const { driver, driverReason, reason } = update;
  return [
    [`    ${scopeText(update)}: ${reason}`],
    ['    ', driver === 'required' ? painted(driver, 'yellow') : driver, `: ${driverReason}`],
    ...groupedBreadths(update).map((breadths): Line => {
      const { evidence, detail } = breadths[0]!;
      return [
        '    ',
        evidence === 'changed' ? painted(TICKS[evidence], 'green') : TICKS[evidence],
        ` ${breadthNames(breadths, update)}, ${evidenceText(evidence, subject)}: ${detail}`,
      ];
    }),
  ];
}

function releaseLines(release: ReleaseReview, writing: UpdateWriting): Line[] {
  const { label, address, predecessor, models, differences } = release;
  const evidence = evidencePieces(release, shortName).join('');
  return [
    [
      '  ',
      painted(shortName(label), 'bold'),
      ` ${releaseText(release)}`,
      ...(predecessor === undefined ? [] : [`, after ${shortName(predecessor)}`]),
    ],
    ['    ', painted(shortName(address), 'dim')],
    ...models.flatMap(({ role, from, to, update }): Line[] => [
      [`    ${shortName(role)}: `, painted(modelTexts(from, to).map(shortName).join(' → '), 'cyan')],
      ...(update === undefined ? [] : updateLines(update, writing)),
    ]),
    ...(differences.length === 0 ? [] : [[`    differs in ${differences.map(shortName).join(', ')}`]]),
    ...(evidence === '' ? [] : [[`    ${evidence}`]]),
  ];
}

function trafficLines(traffic: TrafficReview): Line[] {
  const { name, rows, unread } = traffic;
  const shown = rows.slice(0, MOST_ROWS).map((row) => ({ ...row, target: shortName(row.target) }));
  const widest = Math.min(WIDEST_COLUMN, Math.max(0, ...shown.map(({ target }) => columnsOf(target))));
  return [
    [
      '  ',
      painted(shortName(name), 'bold'),
      ` (${kindText(traffic)}): `,
      unread === undefined ? landingText(traffic) : painted(unread, 'yellow'),
    ],
    ...shown.map((row): Line => {
      const { target, models, before, after } = row;
      const marks = rowMarks(traffic, row);
      const shares = `${shareOrNone(before).padStart(7)} → ${shareOrNone(after).padEnd(7)}`;
      const words = [stageText(row), models.map(shortName).join(', ')].filter((text) => text !== '');
      return [
        `    ${padded(target, widest)}  ${shares}  ${words.join('  ')}`,
        ...(marks.length === 0 ? [] : ['  ', painted(marks.join(', '), 'yellow')]),
      ];
    }),
    ...moreLine(rows.length - MOST_ROWS, '    '),
  ];
}

function retirementLine(retirement: UpcomingRetirement): Line {
  const { model, usedBy, replacement } = retirement;
  const paint: Paint = model.stage === 'retired' ? 'red' : 'yellow';
  return [
    `  ${model.retirementIsEarliest ? '≥ ' : '  '}${model.retirementDate ?? 'no date   '}  `,
    painted((model.stage === 'retired' ? STAGE_WORDS.retired : daysText(model)).padEnd(13), paint),
    `  ${shortName(modelOnSku(model))}, used by ${counted(usedBy.length, 'resource')}`,
    ...(replacement === undefined ? [] : [`; replacement: ${replacement}`]),
  ];
}
