import { daysBetween } from '../contracts/calendar-date';
import { counted } from '../contracts/counted';
import { LifecycleEvent, RetirementCalendar, UndatedDeployment } from '../review/retirement-calendar';
import { eventDeploymentText, eventTitle, UNDATED_WORDS } from './calendar-wording';
import { modelOnSku } from './change-wording';
import { withoutLogCommands } from './inert-text';
import { Line, painted, Paint, TerminalLayout, terminalText } from './terminal-text';

/** Azure names a replacement of a generally available model that many days ahead, not earlier. */
const SOON_DAYS = 120;

/** The calendar by month, for a terminal or a log. */
export function calendarText(calendar: RetirementCalendar, layout: TerminalLayout = {}): string {
  const { asOf, catalogAsOf, events, undated, deploymentCount } = calendar;
  const head = `${counted(events.length, 'event')} for ${counted(deploymentCount, 'deployment')}, seen on ${asOf}; catalogue of ${catalogAsOf}`;
  const lines: Line[] = [[painted(head, 'bold')]];
  let month = '';
  for (const event of events) {
    if (!event.date.startsWith(month) || month === '') {
      month = event.date.slice(0, 7);
      lines.push([''], [painted(month, 'bold')]);
    }
    lines.push(...eventLines(event, asOf));
  }
  if (undated.length > 0) {
    lines.push([''], [painted('On no day', 'bold')], ...undated.map(undatedLine));
  }
  return withoutLogCommands(terminalText(lines, layout));
}

function eventLines(event: LifecycleEvent, asOf: string): Line[] {
  const left = daysBetween(asOf, event.date);
  const when = left > 0 ? `in ${counted(left, 'day')}` : left === 0 ? 'today' : `${counted(-left, 'day')} ago`;
  const paint: Paint = left <= 0 ? 'red' : left <= SOON_DAYS ? 'yellow' : 'green';
  return [
    [`  ${event.date.slice(8)}  `, painted(eventTitle(event), paint), ` (${when})`],
    ...event.deployments.map((resource): Line => [`      ${eventDeploymentText(resource)}`]),
    ...(event.replacement === undefined ? [] : [[painted(`      move to ${event.replacement}`, 'dim')]]),
  ];
}

function undatedLine({ resource, model, reason }: UndatedDeployment): Line {
  return [`  ${modelOnSku(model)}: ${UNDATED_WORDS[reason]}; ${eventDeploymentText(resource)}`];
}
