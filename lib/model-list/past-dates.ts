import { CalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { ModelListPage } from './listed-model';

/** A model version that a list calls alive, and the retirement date that the list gives it. */
export interface PastDate {
  readonly name: string;
  readonly version: string;
  readonly retirementDate: CalendarDate;
}

/**
 * Model versions that a list calls alive although their own retirement dates in it have come by a day. Azure's status lags
 * behind by days, so that a list of the day has a few of them; many say that the list is older.
 */
export function pastDates(pages: readonly ModelListPage[], on: CalendarDate): PastDate[] {
  const found = new Map<string, PastDate>();
  for (const { format, name, version, stage, inference } of pages.flatMap(({ models }) => models)) {
    if (stage !== 'retired' && inference != null && inference <= on) {
      found.set(JSON.stringify([format, name, version]), { name, version, retirementDate: inference });
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.retirementDate, b.retirementDate));
}
