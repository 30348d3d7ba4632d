import { addDays, CalendarDate, calendarDateOf } from './calendar-date';

/** A clock that stands before this day, on which this was written, is wrong, and says nothing against a later one. */
const WRITTEN_ON: CalendarDate = '2026-11-22';

/**
 * Today in UTC where a day of a source is still to come, which none can be; `undefined` otherwise.
 * Tomorrow is allowed: clocks differ, and people east of Greenwich write their own day.
 */
export function todayBefore(day: CalendarDate): CalendarDate | undefined {
  const clock = calendarDateOf(new Date());
  const today = clock < WRITTEN_ON ? WRITTEN_ON : clock;
  return day > addDays(today, 1) ? today : undefined;
}
