import { CalendarDate, calendarDateOf, isCalendarDate } from './calendar-date';

/** Environment variable that sets the date on which everything is judged. */
export const AS_OF_VARIABLE = 'MODEL_LIFECYCLE_AS_OF';

/** The date a judgement is made for, and the clock's own date beside it. */
export interface JudgementDate {
  readonly asOf: CalendarDate;
  readonly clock: CalendarDate;
}

/**
 * The date to judge on: the explicit one, else `MODEL_LIFECYCLE_AS_OF`, else today in UTC.
 *
 * @throws if a date that was given is not a day written `YYYY-MM-DD`
 */
export function judgementDate(explicit?: string, origin = 'asOf'): JudgementDate {
  const clock = calendarDateOf(new Date());
  const fromEnvironment = process.env[AS_OF_VARIABLE];
  if (explicit !== undefined) {
    return { asOf: requireDate(explicit, origin), clock };
  }
  if (fromEnvironment !== undefined && fromEnvironment !== '') {
    return { asOf: requireDate(fromEnvironment, AS_OF_VARIABLE), clock };
  }
  return { asOf: clock, clock };
}

function requireDate(text: string, origin: string): CalendarDate {
  if (!isCalendarDate(text)) {
    throw new Error(`${origin} is '${text}'; write a calendar day as YYYY-MM-DD, for instance '2026-11-21'`);
  }
  return text;
}
