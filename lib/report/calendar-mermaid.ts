import { counted } from '../contracts/counted';
import { mermaidText } from '../contracts/mermaid-text';
import { abridgedTo } from '../contracts/printable';
import { compareText } from '../contracts/text-order';
import { EventDeployment, LifecycleEvent, RetirementCalendar } from '../review/retirement-calendar';
import { eventAccountText, eventModelText } from './calendar-wording';

/** What a chart has a section for. */
export type ChartSections = 'account' | 'stack';

/** Mermaid draws nothing from 50,000 characters on (https://mermaid.js.org/config/schema-docs/config.html#maxtextsize). */
const MOST_CHARACTERS = 45_000;
const LONGEST_LABEL = 80;

/**
 * The days as a Mermaid Gantt chart in its fence, for Markdown: a milestone each, in the section of each account or stack
 * that has a deployment of the model. Days that have passed are `done`, those that may move are `active`, all others `crit`.
 */
export function calendarMermaid(calendar: RetirementCalendar, sections: ChartSections = 'account'): string {
  const rows = [...rowsBySection(calendar, sections)].sort(([left], [right]) => compareText(left, right));
  if (rows.length === 0) {
    return `No day is known on which a model of ${counted(calendar.deploymentCount, 'deployment')} retires.\n`;
  }
  const lines = [
    'gantt',
    '  accTitle: Days on which models retire',
    '  dateFormat YYYY-MM-DD',
    '  axisFormat %Y-%m',
    '  todayMarker off',
  ];
  let length = 0;
  let left = 0;
  for (const [section, events] of rows) {
    const written = events.map((event) => milestone(event, calendar.asOf));
    const fitting = written.filter((line) => (length += line.length) <= MOST_CHARACTERS);
    left += written.length - fitting.length;
    if (fitting.length > 0) {
      lines.push(`  section ${mermaidText(shortened(section))}`, ...fitting);
    }
  }
  const more = left === 0 ? [] : ['', `${counted(left, 'day')} more, for which the chart has no room.`];
  return ['```mermaid', ...lines, '```', ...more, ''].join('\n');
}

function rowsBySection({ events }: RetirementCalendar, sections: ChartSections): Map<string, LifecycleEvent[]> {
  const rows = new Map<string, LifecycleEvent[]>();
  for (const event of events) {
    for (const section of new Set(event.deployments.map((resource) => sectionOf(resource, sections)))) {
      rows.set(section, [...(rows.get(section) ?? []), event]);
    }
  }
  return rows;
}

function sectionOf(resource: EventDeployment, sections: ChartSections): string {
  return sections === 'stack' ? (resource.stack ?? 'no stack') : (eventAccountText(resource) ?? 'account not known');
}

function milestone(event: LifecycleEvent, asOf: string): string {
  const tag = event.date <= asOf ? 'done' : event.isEarliest ? 'active' : 'crit';
  const remark = event.kind === 'deprecation' ? ', Deprecated' : event.isEarliest ? ', not before' : '';
  // The dot keeps a name like `section x` or `click` from being one of Mermaid's words, which begin a line.
  return `  · ${mermaidText(shortened(eventModelText(event)) + remark)} :milestone, ${tag}, ${event.date}, 0d`;
}

function shortened(text: string): string {
  return abridgedTo(LONGEST_LABEL, text);
}
