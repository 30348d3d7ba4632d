import { andMore } from '../../lib/contracts/and-more';
import { CalendarDate } from '../../lib/contracts/calendar-date';
import { abridged } from '../../lib/contracts/printable';
import { PastDate } from '../../lib/model-list';

const MOST_SHOWN = 5;

/** The newest file is of a day that is still to come. */
export function fileOfTomorrow(newest: CalendarDate, today: CalendarDate): Error {
  return new Error(
    `the newest file is of ${newest}, and today is ${today} in UTC; give the day on which Azure answered with --listed-on`,
  );
}

/** What a list says of its models does not go with the day of its file. */
export function listOlderThanFile(newest: CalendarDate, past: readonly PastDate[]): Error {
  const shown = past
    .slice(0, MOST_SHOWN)
    .map(({ name, version, retirementDate }) => `${abridged(`${name}@${version}`)} ${retirementDate}`);
  return new Error(
    `the list looks older than its file, which is of ${newest}: it calls ${past.length} model versions alive that retired by their own dates in it ` +
      `(${shown.join(', ')}${andMore(past.length - MOST_SHOWN, ' ')}); give the day on which Azure answered with --listed-on`,
  );
}
