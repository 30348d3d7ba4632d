import { CatalogRecord } from '../catalog/catalog-content';
import { versionsOf } from '../catalog/catalog-index';
import { LifecycleQuery } from '../catalog/lifecycle';
import { ModelCatalog } from '../catalog/model-catalog';
import { modelKey, sameText } from '../catalog/model-key';
import { CalendarDate } from '../contracts/calendar-date';

/** A model version, or every version of a name, and the day from which the catalogue says that it is retired. */
export interface RetirementDay {
  readonly format: string;
  readonly name: string;
  /** Absent where the facts hold for the name: then for every version but `exceptVersions`. */
  readonly version?: string;
  readonly exceptVersions: readonly string[];
  /** First day on which a lookup without a SKU says retired; absent where no day is known. */
  readonly day?: CalendarDate;
  /** SKUs whose first day differs from `day`. */
  readonly skuDays: readonly SkuRetirementDay[];
}

export interface SkuRetirementDay {
  readonly sku: string;
  /** Absent where the SKU has no retirement date. */
  readonly day?: CalendarDate;
}

/** A version that no list has: a lookup of it is answered by the facts that hold for every version of a name. */
const NO_LISTED_VERSION = '*';

/**
 * Every entry of the catalogue that retires, in its order, as its own lookup tells: days up to the catalogue's own stand for
 * "retired already". Asking the lookup keeps this in step with every quirk of stages and dates.
 */
export function retirementDays(catalog: ModelCatalog): readonly RetirementDay[] {
  const days = known.get(catalog) ?? everyRetirementDay(catalog);
  known.set(catalog, days);
  return days;
}

/** A stack is resolved several times in one synthesis. */
const known = new WeakMap<ModelCatalog, readonly RetirementDay[]>();

function everyRetirementDay(catalog: ModelCatalog): readonly RetirementDay[] {
  const records = catalog.records();
  return records
    .flatMap((record) => retirementDaysOf(catalog, record, records))
    .filter(({ day, skuDays }) => day !== undefined || skuDays.length > 0);
}

/** A version has a day under each of its spellings: a deployment may carry any of them. */
function retirementDaysOf(
  catalog: ModelCatalog,
  record: CatalogRecord,
  records: readonly CatalogRecord[],
): RetirementDay[] {
  const { format, name, version } = record.facts;
  const query = { format, name, version: version ?? NO_LISTED_VERSION };
  const day = firstRetiredDay(catalog, query, record);
  if (version === null) {
    return [{ format, name, exceptVersions: versionsOfOthers(record, records), day, skuDays: [] }];
  }
  const skuDays = datedSkus(catalog, query, record)
    .map((sku): SkuRetirementDay => ({ sku, day: firstRetiredDay(catalog, { ...query, sku }, record) }))
    .filter((own) => own.day !== day);
  return versionsOf(record.facts).map((spelling) => ({
    format,
    name,
    version: spelling,
    exceptVersions: [],
    day,
    skuDays,
  }));
}

/** Nothing comes back from retirement, and it begins on a day that some fact states. */
function firstRetiredDay(
  catalog: ModelCatalog,
  query: LifecycleQuery,
  { facts, statedOn }: CatalogRecord,
): CalendarDate | undefined {
  const { retirementDate, retirementNotBefore } = facts;
  const lookup = catalog.lookup(query, catalog.asOf);
  const stated = [
    retirementDate,
    retirementNotBefore,
    statedOn,
    lookup.kind === 'known' ? lookup.answer.retirementDate : undefined,
  ];
  const days = stated.filter((day) => day !== undefined && day > catalog.asOf) as CalendarDate[];
  return [catalog.asOf, ...days.sort()].find((day) => {
    const answered = catalog.lookup(query, day);
    return answered.kind === 'known' && answered.answer.stage === 'retired';
  });
}

/** The SKUs with dates of their own; those of a fine-tuned model are its base model's. */
function datedSkus(catalog: ModelCatalog, query: LifecycleQuery, { facts }: CatalogRecord): readonly string[] {
  const lookup = catalog.lookup(query, catalog.asOf);
  const inherited = facts.fineTunedFrom !== undefined && lookup.kind === 'known' ? lookup.answer.skus : [];
  return [...new Set([...Object.keys(facts.skuRetirementDates ?? {}), ...inherited])];
}

function versionsOfOthers(record: CatalogRecord, records: readonly CatalogRecord[]): readonly string[] {
  const key = modelKey(record.facts.format, record.facts.name);
  const versions = records
    .filter((other) => other !== record && modelKey(other.facts.format, other.facts.name) === key)
    .flatMap((other) => versionsOf(other.facts));
  return versions.filter((version, index) => versions.findIndex((first) => sameText(first, version)) === index);
}
