import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { ChangeReport, TrafficReview, UpcomingRetirement } from '../review/change-report';
import { daysText, kindText, landingText, modelOnSku, shareOrNone, STAGE_WORDS, stageText } from './change-wording';
import { rowMarks } from './evaluation-wording';
import { badge, bar, code, joined, prose, section, STAGE_TONES, table } from './html-parts';
import { Html, html, HtmlValue } from './html-template';

const WARNING_MARKS: ReadonlySet<string> = new Set([
  'destroyed',
  'retired',
  'retiring',
  'no evidence',
  'evidence removed',
  'evidence of another release',
  'evidence unknown',
]);

/** Two years fill the bar of a model's days. */
const FULL_BAR_DAYS = 730;

const MOST_USERS = 5;

/** Where traffic goes and what retires. */
export function outlookSections({ traffic, upcoming }: ChangeReport): HtmlValue[] {
  return [
    section('Traffic', traffic.map(trafficTable)),
    section('Retirements', upcoming.length === 0 ? [] : [retirementTable(upcoming)]),
  ];
}

function trafficTable(traffic: TrafficReview): Html {
  const { name, rows, unread, address } = traffic;
  const introduction = html`<h3>${code(name)}</h3>
    <p>${kindText(traffic)}: ${unread === undefined ? landingText(traffic) : prose(unread)}</p>
    <p class="quiet">${code(address)}</p>`;
  return table(
    'Traffic before and after',
    introduction,
    ['Goes to', 'Before', 'After', 'Models', 'Marks'],
    rows.map((row) => [
      html`${code(row.target)} ${stageText(row)}`,
      shareCell(row.before),
      shareCell(row.after),
      joined(row.models.map(code), ', '),
      html`<div class="badges">
        ${rowMarks(traffic, row).map((mark) => badge(WARNING_MARKS.has(mark) ? 'look' : 'plain', mark))}
      </div>`,
    ]),
  );
}

function shareCell(share: number | undefined): Html {
  return html`${shareOrNone(share)}${bar(share ?? 0)}`;
}

function retirementTable(upcoming: readonly UpcomingRetirement[]): Html {
  return table(
    'Retirement dates',
    html`<p>
      Models that are declared afterwards, whether Azure still serves and creates them or not, soonest first; two years
      fill a bar.
    </p>`,
    ['Model', 'Retires', 'Days left', 'Stage', 'Used by', 'Replacement'],
    upcoming.map((retirement) => {
      const { model, usedBy, replacement } = retirement;
      const { retirementDate, retirementIsEarliest, daysLeft, stage } = model;
      return [
        code(modelOnSku(model)),
        retirementDate === undefined
          ? 'no date known'
          : `${retirementIsEarliest ? 'not before ' : ''}${retirementDate}`,
        daysLeft === undefined ? undefined : html`${daysText(model)}${bar(daysLeft / FULL_BAR_DAYS)}`,
        stage === undefined ? undefined : badge(STAGE_TONES[stage], STAGE_WORDS[stage]),
        html`${counted(usedBy.length, 'resource')}:
        ${joined(usedBy.slice(0, MOST_USERS).map(code), ', ')}${andMore(usedBy.length - MOST_USERS, ' ')}`,
        replacement === undefined ? undefined : prose(replacement),
      ];
    }),
  );
}
