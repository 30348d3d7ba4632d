const PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_PER_DAY = 86_400_000;

/** A day in UTC, written `YYYY-MM-DD`; such strings order by time when compared as text. */
export type CalendarDate = string;

/** Whether the text is a day that exists, written `YYYY-MM-DD` (`2026-02-30` is not). */
export function isCalendarDate(text: unknown): text is CalendarDate {
  if (typeof text !== 'string' || !PATTERN.test(text)) {
    return false;
  }
  // A day past the month's end is read as one of the next month; one that cannot be read has no number at all.
  return new Date(`${text}T00:00:00Z`).getUTCDate() === Number(text.slice(-2));
}

/** The day of an instant, in UTC: Azure's lifecycle stages change at 00:00 UTC. */
export function calendarDateOf(instant: Date): CalendarDate {
  return instant.toISOString().slice(0, 10);
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MILLISECONDS_PER_DAY);
}

/** The date a number of days after another (before it, when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return calendarDateOf(new Date(Date.parse(`${date}T00:00:00Z`) + days * MILLISECONDS_PER_DAY));
}
