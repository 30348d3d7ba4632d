import { NO_RETIREMENT_DATE } from '../catalog/catalog-document';
import { LifecycleStage } from '../catalog/lifecycle';
import { isCalendarDate } from '../contracts/calendar-date';
import { quoted } from '../contracts/printable';
import { StatedDate } from './listed-model';

/**
 * The API's words are the documentation's, shifted by one stage.
 *
 * @see https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirements
 */
const STAGES: ReadonlyMap<string, LifecycleStage> = new Map([
  ['stable', 'generally-available'],
  ['generallyavailable', 'generally-available'],
  ['preview', 'preview'],
  ['legacy', 'legacy'],
  ['deprecating', 'deprecated'],
  ['deprecated', 'retired'],
]);

/** Nothing before this day is a date of a model on Azure: the first were listed in 2021. */
const EARLIEST = '2020-01-01';

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?(?:Z|[+-]00:00))?$/;
const REGION = /^[a-z][a-z0-9-]{1,62}$/;

/** What a field of a row is wrong with; the row is skipped. */
export class RowProblem extends Error {}

/** The stage that an API's `lifecycleStatus` means. @throws for a word that the API was never seen to use */
export function stageOf(status: unknown, field: string): LifecycleStage {
  const stage = typeof status === 'string' ? STAGES.get(status.toLowerCase()) : undefined;
  if (stage === undefined) {
    throw new RowProblem(
      `${field} is ${quoted(status)}; known are Stable, GenerallyAvailable, Preview, Legacy, Deprecating and Deprecated`,
    );
  }
  return stage;
}

/** The day that a list gives. @throws for what is no day, or none that a model on Azure can have */
export function dateOf(value: unknown, field: string): StatedDate | undefined {
  if (value === undefined || value === null) {
    return value as undefined | null;
  }
  const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
  if (!isCalendarDate(day)) {
    throw new RowProblem(`${field} is ${quoted(value)}; expected is midnight of a day in UTC`);
  }
  if (day < EARLIEST || day > NO_RETIREMENT_DATE) {
    throw new RowProblem(
      `${field} is ${day}; no model on Azure has a date before ${EARLIEST} or after ${NO_RETIREMENT_DATE}`,
    );
  }
  return day === NO_RETIREMENT_DATE ? null : day;
}

/** A region as this package writes it, or `undefined` for what is no region. */
export function regionOf(location: string): string | undefined {
  const region = location.toLowerCase().replace(/ /g, '');
  return REGION.test(region) ? region : undefined;
}
