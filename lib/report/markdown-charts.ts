import { isCalendarDate } from '../contracts/calendar-date';
import { mermaidLabel, mermaidText } from '../contracts/mermaid-text';
import { abridgedTo } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { TrafficReview, TrafficRowReview, UpcomingRetirement } from '../review/change-report';
import { kindText, modelOnSku, stageText } from './change-wording';
import { rowMarks } from './evaluation-wording';

/** A drawing of more than this is no help to anybody. */
const MOST_TRAFFIC = 4;
const MOST_ROWS = 8;
const MOST_RETIREMENTS = 12;
const LONGEST_LABEL = 60;

/** Where the traffic goes, before and after, as a Mermaid flowchart in its fence; `undefined` where nothing moves. */
export function trafficChart(traffic: readonly TrafficReview[]): string | undefined {
  const moving = traffic.filter(({ moved, rows }) => moved > 0 && rows.length > 0).slice(0, MOST_TRAFFIC);
  if (moving.length === 0) {
    return undefined;
  }
  return fenced([
    'flowchart LR',
    '  accTitle: Traffic before and after',
    ...moving.flatMap((review, place) => [
      `  s${place}([${mermaidLabel([shortened(review.name), kindText(review)])}])`,
      ...review.rows.slice(0, MOST_ROWS).flatMap((row, index) => rowLines(review, row, place, index)),
    ]),
  ]);
}

function rowLines(traffic: TrafficReview, row: TrafficRowReview, place: number, index: number): string[] {
  const { target, models, before = 0, after = 0 } = row;
  const marks = rowMarks(traffic, row);
  const label = [target, models.join(', '), [stageText(row), ...marks].filter((word) => word !== '').join(', ')];
  const arrow = after === 0 ? '-.->' : after > before ? '==>' : '-->';
  const shares = before === after ? shareText(after) : `${shareText(before)} → ${shareText(after)}`;
  return [
    `  s${place} ${arrow}|${mermaidLabel([shares])}| t${place}_${index}[${mermaidLabel(label.filter((text) => text !== '').map(shortened))}]`,
  ];
}

/** How long the models have left, as a Mermaid Gantt chart in its fence; `undefined` where no date lies ahead. */
export function retirementChart(upcoming: readonly UpcomingRetirement[], asOf: string): string | undefined {
  const ahead = upcoming
    .filter(({ model }) => isCalendarDate(model.retirementDate) && model.retirementDate > asOf)
    .slice(0, MOST_RETIREMENTS);
  if (ahead.length === 0) {
    return undefined;
  }
  const chart = fenced([
    'gantt',
    '  accTitle: Days left until models retire',
    '  dateFormat YYYY-MM-DD',
    '  axisFormat %Y-%m',
    '  todayMarker off',
    ...ahead.map(({ model }) => {
      const weight = model.stage === 'deprecated' ? 'crit, ' : '';
      // The dot keeps a name like `section x` or `click` from being one of Mermaid's words, which begin a line.
      return `  · ${mermaidText(shortened(modelOnSku(model)))} :${weight}${asOf}, ${model.retirementDate}`;
    }),
  ]);
  return ahead.some(({ model }) => model.stage === 'deprecated')
    ? `Red bars are Deprecated models.\n\n${chart}`
    : chart;
}

function shortened(text: string): string {
  return abridgedTo(LONGEST_LABEL, text);
}

/** Nothing inside can close it: Mermaid text has no backtick and no line break. */
function fenced(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```', ''].join('\n');
}
