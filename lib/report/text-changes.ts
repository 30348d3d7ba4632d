import { printable } from '../contracts/printable';
import {
  BreadthReview,
  ChangeReport,
  DeploymentReview,
  ReleaseReview,
  TrafficReview,
  UpcomingRetirement,
  UpdateReview,
} from '../review/change-report';
import {
  actionText,
  breadthNames,
  counted,
  daysText,
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
  replacementsText,
  scopeText,
  shareOrNone,
  STAGE_WORDS,
  stageText,
} from './change-wording';
import { columnsOf, Line, padded, Paint, painted } from './terminal-text';

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
  return [
    section(
      'Plans that do not show everything',
      changes.inputs.filter(({ isComplete, isErrored }) => !isComplete || isErrored),
      (input) => [['  ', input.input, ': ', ...inputStates(input.isComplete, input.isErrored)]],
    ),
    section('Changes', changes.deployments, (deployment) => deploymentLines(deployment, several)),
    section('Releases', changes.releases, (release) => releaseLines(release)),
    section('Traffic', changes.traffic, trafficLines),
    section('Retirements ahead', changes.upcoming, (retirement) => [retirementLine(retirement)], MOST_RETIREMENTS),
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
  return left > 0 ? [[`${indent}and ${left} more`]] : [];
}

function inputStates(isComplete: boolean, isErrored: boolean): Line {
  const states = [
    ...(isErrored ? ['planning failed half-way'] : []),
    ...(isComplete ? [] : ['the plan leaves changes to a later run']),
  ];
  return [painted(states.join(', '), 'yellow')];
}

function deploymentLines(deployment: DeploymentReview, namesInput: boolean): Line[] {
  const { address, previousAddress, constructPath, input, update, remarks } = deployment;
  const { from, to } = modelsOf(deployment);
  const related = relatedDeployment(deployment);
  const places = [
    address,
    ...(constructPath === undefined ? [] : [`(${constructPath})`]),
    ...(previousAddress === undefined ? [] : [`before: ${previousAddress}`]),
    ...(namesInput ? [`in ${input}`] : []),
  ];
  const models = modelTexts(from, to);
  return [
    [
      '  ',
      painted(deploymentName(deployment), 'bold'),
      ...(models.length === 0 ? [] : [': ', painted(models.join(' → '), 'cyan')]),
      `, ${actionText(deployment)}`,
      ...(related === undefined ? [] : [`, ${related.word} ${related.name}`]),
    ],
    ['    ', painted(places.join(' '), 'dim')],
    ...(update === undefined ? [] : updateLines(update)),
    ...(to === undefined ? [] : [[`    ${from === undefined ? '' : 'new: '}${lifeText(to)}`]]),
    ...remarks.map((remark): Line => ['    ', painted('! ', 'yellow'), remark]),
  ];
}

function updateLines(update: UpdateReview): Line[] {
  const { driver, driverReason, reason } = update;
  return [
    [`    ${scopeText(update)}: ${reason}`],
    ['    ', driver === 'required' ? painted(driver, 'yellow') : driver, `: ${driverReason}`],
    ...groupedBreadths(update).map((breadths): Line => {
      const { evidence, detail } = breadths[0]!;
      return [
        '    ',
        evidence === 'changed' ? painted(TICKS[evidence], 'green') : TICKS[evidence],
        ` ${breadthNames(breadths)}, ${EVIDENCE_WORDS[evidence]}: ${detail}`,
      ];
    }),
  ];
}

function releaseLines(release: ReleaseReview): Line[] {
  const { label, address, predecessor, models, differences } = release;
  return [
    [
      '  ',
      painted(label, 'bold'),
      ` ${releaseText(release)}`,
      ...(predecessor === undefined ? [] : [`, after ${predecessor}`]),
    ],
    ['    ', painted(address, 'dim')],
    ...models.flatMap(({ role, from, to, update }): Line[] => [
      [`    ${role}: `, painted(modelTexts(from, to).join(' → '), 'cyan')],
      ...(update === undefined ? [] : updateLines(update)),
    ]),
    ...(differences.length === 0 ? [] : [[`    differs in ${differences.join(', ')}`]]),
  ];
}

function trafficLines(traffic: TrafficReview): Line[] {
  const { name, rows, unread } = traffic;
  const shown = rows.slice(0, MOST_ROWS);
  const widest = Math.min(WIDEST_COLUMN, Math.max(0, ...shown.map(({ target }) => columnsOf(printable(target)))));
  return [
    [
      '  ',
      painted(name, 'bold'),
      ` (${kindText(traffic)}): `,
      unread === undefined ? landingText(traffic) : painted(unread, 'yellow'),
    ],
    ...shown.map((row): Line => {
      const { target, models, before, after, marks } = row;
      const shares = `${shareOrNone(before).padStart(7)} → ${shareOrNone(after).padEnd(7)}`;
      const words = [stageText(row), models.join(', ')].filter((text) => text !== '');
      return [
        `    ${padded(target, widest)}  ${shares}  ${words.join('  ')}`,
        ...(marks.length === 0 ? [] : ['  ', painted(marks.join(', '), 'yellow')]),
      ];
    }),
    ...moreLine(rows.length - MOST_ROWS, '    '),
  ];
}

function retirementLine(retirement: UpcomingRetirement): Line {
  const { model, usedBy } = retirement;
  const replacements = replacementsText(retirement);
  const paint: Paint = model.stage === 'retired' ? 'red' : 'yellow';
  return [
    `  ${model.retirementIsEarliest ? '≥ ' : '  '}${model.retirementDate ?? 'no date   '}  `,
    painted((model.stage === 'retired' ? STAGE_WORDS.retired : daysText(model)).padEnd(13), paint),
    `  ${modelOnSku(model)}, used by ${counted(usedBy.length, 'deployment')}`,
    ...(replacements === '' ? [] : [`; replacement: ${replacements}`]),
  ];
}
