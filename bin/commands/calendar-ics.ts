import { createHash } from 'node:crypto';
import ical, { ICalAlarmType, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { CalendarDate, daysBetween } from '../../lib/contracts/calendar-date';
import { counted } from '../../lib/contracts/counted';
import { abridged, abridgedTo } from '../../lib/contracts/printable';
import { eventDeploymentText, eventTitle } from '../../lib/report/calendar-wording';
import { inertText } from '../../lib/report/inert-text';
import { LifecycleEvent, RetirementCalendar } from '../../lib/review/retirement-calendar';

/** How the events stand in a calendar of other people's. */
export interface IcsSettings {
  /** Shown as the calendar's name; events of calendars with other names are other events. */
  readonly name: string;
  readonly cloud: AzureCloud;
  /** Days before an event on which its reminders come. */
  readonly remindDays: readonly number[];
}

const MOST_DEPLOYMENTS = 50;
const LONGEST_URL = 300;
const SECONDS_PER_DAY = 86_400;
const UID_DIGITS = 32;

/**
 * The calendar as an iCalendar file (RFC 5545): an all-day event for each day, with reminders.
 *
 * Nothing in it comes from the clock. What a UID is made of leaves the date and the deployments out, so that a program that
 * imports the file again moves and rewrites the events that it has. Such programs take what they read for news by SEQUENCE,
 * then by DTSTAMP (RFC 5546, section 2.1.5): both are the day as of which the date is known, which grows with every newer
 * catalogue, and stays while nothing new is known, so that two runs over the same inputs write the same bytes.
 */
export function calendarIcs({ events }: RetirementCalendar, settings: IcsSettings): string {
  const calendar = ical({
    // The library writes the name as it is.
    name: settings.name.replace(/[\\;,]/g, (sign) => `\\${sign}`),
    prodId: { company: 'cdktf-azure-model-lifecycle', product: 'model-lifecycle', language: 'EN' },
  });
  for (const event of events) {
    const title = eventTitle(event);
    calendar.createEvent({
      id: uidOf(event, settings),
      sequence: daysBetween('1970-01-01', event.asOf),
      stamp: midnight(event.asOf),
      start: midnight(event.date),
      allDay: true,
      summary: plain(title),
      description: { plain: descriptionOf(event).map(plain).join('\n') },
      status: event.isEarliest ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      // Nobody is busy on that day.
      transparency: ICalEventTransparency.TRANSPARENT,
      alarms: settings.remindDays.map((days) => ({
        type: ICalAlarmType.display,
        triggerBefore: days * SECONDS_PER_DAY,
        description: plain(days === 0 ? `Today: ${title}` : `In ${counted(days, 'day')}: ${title}`),
      })),
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** Equal for one thing that happens to one model, on whatever day. */
function uidOf({ kind, scope, model }: LifecycleEvent, { name, cloud }: IcsSettings): string {
  const about = [name, cloud, kind, scope, model.format, model.name, model.version, model.sku ?? null];
  const hash = createHash('sha256').update(JSON.stringify(about).toLowerCase(), 'utf8').digest('hex');
  return `${hash.slice(0, UID_DIGITS)}@model-lifecycle`;
}

function descriptionOf(event: LifecycleEvent): string[] {
  const { deployments, replacement, sources, asOf } = event;
  const left = deployments.length - MOST_DEPLOYMENTS;
  return [
    ...(event.isEarliest
      ? [
          'The source says only that it is not before this day: it may be later, and it can be any day from this one on.',
        ]
      : []),
    `${counted(deployments.length, 'deployment')}:`,
    ...deployments.slice(0, MOST_DEPLOYMENTS).map((resource) => `- ${eventDeploymentText(resource)}`),
    ...(left > 0 ? [`- and ${left} more`] : []),
    replacement === undefined ? 'The catalogue names no replacement.' : `Move to ${replacement}.`,
    ...sources.map((source) =>
      [
        `Source: ${abridged(source.name)}, ${source.asOf}`,
        ...(source.url === undefined ? [] : [abridgedTo(LONGEST_URL, source.url)]),
      ].join(', '),
    ),
    `Known as of ${asOf}.`,
  ];
}

/** Printed into a pipeline's log, a line may start anywhere in the text, because long ones are folded. */
function plain(line: string): string {
  return inertText(line).replaceAll('::', ':\\u{3a}');
}

function midnight(day: CalendarDate): Date {
  return new Date(`${day}T00:00:00Z`);
}
