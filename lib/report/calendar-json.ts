import { addDays } from '../contracts/calendar-date';
import { EventDeployment, LifecycleEvent, RetirementCalendar } from '../review/retirement-calendar';
import { jsonText } from './json-text';

const CALENDAR_SCHEMA_VERSION = 1;

/** The calendar for programs, as described by `calendar.schema.json`. */
export function calendarJson(calendar: RetirementCalendar, remindDays: readonly number[]): string {
  const { asOf, catalogAsOf, events, undated, deploymentCount } = calendar;
  return jsonText({
    schemaVersion: CALENDAR_SCHEMA_VERSION,
    asOf,
    catalog: { asOf: catalogAsOf },
    deploymentCount,
    events: events.map((event) => eventDocument(event, remindDays)),
    undated: undated.map(({ resource, model: { format, name, version, sku }, reason }) => ({
      resource: resourceDocument(resource),
      model: { format, name, version, sku },
      reason,
    })),
  });
}

function eventDocument({ deployments, ...event }: LifecycleEvent, remindDays: readonly number[]) {
  return {
    ...event,
    reminders: remindDays.map((days) => addDays(event.date, -days)).sort(),
    deployments: deployments.map(resourceDocument),
  };
}

/** Azure's word for what an account is known by is its id. */
function resourceDocument({ account, ...rest }: EventDeployment) {
  return { ...rest, accountId: account };
}
