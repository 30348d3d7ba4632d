import { CalendarDate, daysBetween } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { NO_RETIREMENT_DATE, SkuDates, StagedFacts } from './catalog-document';

/** What a date of a model version is the day of. */
export type DatedFact =
  | 'legacy'
  | 'deprecation'
  | 'announced-deprecation'
  | 'auto-upgrade'
  | 'retirement'
  | 'fine-tune-training-retirement'
  | 'fine-tune-retirement';

/**
 * Where a date went. `new` and `removed`: one side has none. `confirmed`: the day is the same and was "not before" it;
 * `loosened`: the other way round.
 */
export type DateDirection = 'earlier' | 'later' | 'new' | 'removed' | 'confirmed' | 'loosened';

/** A date that two catalogues state differently. */
export interface DateChange {
  readonly field: DatedFact;
  /** The SKU that the date is for, where it has one of its own. */
  readonly sku?: string;
  readonly from?: StatedDate;
  readonly to?: StatedDate;
  readonly direction: DateDirection;
  /** Days from the old date to the new one, negative where it comes earlier. */
  readonly days?: number;
}

/** A day as a source states it. */
export interface StatedDate {
  readonly date: CalendarDate;
  /** The source says only that it is not before this day. */
  readonly isEarliest?: boolean;
}

/** Every date that two statements of one model version do not share. */
export function dateChanges(older: StagedFacts, newer: StagedFacts): DateChange[] {
  const single: readonly (readonly [DatedFact, (facts: StagedFacts) => StatedDate | undefined])[] = [
    ['legacy', ({ legacyDate }) => stated(legacyDate)],
    ['deprecation', ({ deprecationDate }) => stated(deprecationDate)],
    ['announced-deprecation', ({ announcedDeprecationDate }) => stated(announcedDeprecationDate)],
    ['auto-upgrade', ({ autoUpgrade }) => stated(autoUpgrade?.startDate)],
    ['retirement', retirementOf],
    ['fine-tune-training-retirement', ({ fineTune }) => stated(fineTune?.trainingRetirementDate)],
    ['fine-tune-retirement', ({ fineTune }) => stated(fineTune?.deploymentRetirementDate)],
  ];
  return [
    ...single.flatMap(([field, read]) => changeOf({ field }, read(older), read(newer))),
    ...skuChanges('retirement', baseSchedule(older), baseSchedule(newer)),
    ...skuChanges('fine-tune-retirement', fineTuneSchedule(older), fineTuneSchedule(newer)),
  ];
}

/** The retirement of a model as a whole, if there is a date. */
export function statedRetirement(facts: StagedFacts): Partial<StatedDate> {
  return retirementOf(facts) ?? {};
}

function retirementOf({ retirementDate, retirementNotBefore }: StagedFacts): StatedDate | undefined {
  if (retirementDate !== undefined || retirementNotBefore === undefined) {
    return stated(retirementDate);
  }
  return { date: retirementNotBefore, isEarliest: true };
}

function stated(date: CalendarDate | undefined): StatedDate | undefined {
  return date === undefined || date === NO_RETIREMENT_DATE ? undefined : { date };
}

/** Dates by SKU, and the date of every other SKU. */
interface SkuSchedule {
  readonly dates?: SkuDates;
  readonly others?: StatedDate;
}

function baseSchedule(facts: StagedFacts): SkuSchedule {
  return { dates: facts.skuRetirementDates, others: retirementOf(facts) };
}

function fineTuneSchedule({ fineTune }: StagedFacts): SkuSchedule {
  return { dates: fineTune?.skuRetirementDates, others: stated(fineTune?.deploymentRetirementDate) };
}

/** A SKU without a date of its own has the model's: stating that one for it too changes nothing. */
function skuChanges(field: DatedFact, older: SkuSchedule, newer: SkuSchedule): DateChange[] {
  const [before, after] = [bySku(older.dates), bySku(newer.dates)];
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((key) => {
    const [from, to] = [before.get(key), after.get(key)];
    return changeOf(
      { field, sku: (to ?? from)!.sku },
      from === undefined ? older.others : stated(from.date),
      to === undefined ? newer.others : stated(to.date),
    );
  });
}

function bySku(dates: SkuDates = {}): Map<string, { readonly sku: string; readonly date: CalendarDate }> {
  return new Map(Object.entries(dates).map(([sku, date]) => [sku.toLowerCase(), { sku, date }]));
}

function changeOf(
  about: Pick<DateChange, 'field' | 'sku'>,
  from: StatedDate | undefined,
  to: StatedDate | undefined,
): DateChange[] {
  if (from === undefined || to === undefined) {
    const change =
      from === undefined ? to && { to, direction: 'new' as const } : { from, direction: 'removed' as const };
    return change === undefined ? [] : [{ ...about, ...change }];
  }
  const days = daysBetween(from.date, to.date);
  if (days !== 0) {
    return [{ ...about, from, to, direction: days < 0 ? 'earlier' : 'later', days }];
  }
  const [wasEarliest, isEarliest] = [from.isEarliest === true, to.isEarliest === true];
  return wasEarliest === isEarliest ? [] : [{ ...about, from, to, direction: isEarliest ? 'loosened' : 'confirmed' }];
}
