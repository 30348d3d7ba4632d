import { LifecycleAnswer, LifecycleLookup, LifecycleStage, Replacement } from '../../lib/catalog/lifecycle';
import { CalendarDate, daysBetween } from '../../lib/contracts/calendar-date';
import { LifecycleKnowledge } from '../../lib/rules/rule';

/** One model version that a test says the catalogue knows. */
export interface KnownVersion {
  /** @default 'OpenAI' */
  readonly format?: string;
  readonly name: string;
  readonly version: string;
  /** Stage before any date takes effect. @default 'generally-available' */
  readonly stage?: LifecycleStage;
  /** First day on which the version is retired. */
  readonly retirementDate?: CalendarDate;
  readonly deprecationDate?: CalendarDate;
  /** Retirement dates of SKUs that differ from `retirementDate`. */
  readonly skuDates?: Readonly<Record<string, CalendarDate>>;
  /** SKUs that are listed; left out, the fake lists none and every SKU is `unknown`. */
  readonly skus?: readonly string[];
  readonly replacements?: readonly Replacement[];
  /** Further ways in which the name is written. */
  readonly spellings?: readonly string[];
}

const NO_DATE = '2099-12-31';

/** Knowledge of exactly the versions given; a version is retired from its retirement date on, and alive the day before. */
export function fakeKnowledge(
  versions: readonly KnownVersion[],
  asOf: CalendarDate = '2026-11-21',
): LifecycleKnowledge {
  return {
    asOf,
    lookup(query, on): LifecycleLookup {
      const named = versions.filter(
        (known) =>
          (query.format === undefined || same(query.format, formatOf(known))) &&
          [known.name, ...(known.spellings ?? [])].some((spelling) => same(spelling, query.name)),
      );
      if (named.length === 0) {
        return { kind: 'unknown-model', nearest: [] };
      }
      const found = named.find((known) => same(known.version, query.version));
      return found
        ? { kind: 'known', answer: answerFor(found, query.sku, on, asOf) }
        : {
            kind: 'unknown-version',
            format: formatOf(named[0]!),
            name: named[0]!.name,
            versions: named.map((known) => known.version),
          };
    },
    spellings() {
      const names = new Set(versions.map((known) => `${formatOf(known)}\n${known.name}`));
      return [...names].flatMap((key) => {
        const [format, name] = key.split('\n') as [string, string];
        const same = versions.filter((known) => formatOf(known) === format && known.name === name);
        const spellings = new Set(
          [name, ...same.flatMap((known) => known.spellings ?? [])].map((s) => s.toLowerCase()),
        );
        return [...spellings].map((spelling) => ({
          spelling,
          format,
          name,
          versions: same.map((known) => known.version),
        }));
      });
    },
  };
}

function answerFor(
  known: KnownVersion,
  sku: string | undefined,
  on: CalendarDate,
  asOf: CalendarDate,
): LifecycleAnswer {
  const date = (sku === undefined ? undefined : known.skuDates?.[sku]) ?? known.retirementDate;
  const retirementDate = date === NO_DATE ? undefined : date;
  return {
    format: formatOf(known),
    name: known.name,
    version: known.version,
    stage: stageOn(known, retirementDate, on),
    retirementDate,
    daysLeft: retirementDate === undefined ? undefined : daysBetween(on, retirementDate),
    deprecationDate: known.deprecationDate,
    replacements: known.replacements ?? [],
    skuListed: known.skus === undefined ? 'unknown' : known.skus.includes(sku ?? '') ? 'listed' : 'unlisted',
    skus: known.skus ?? [],
    confidence: 'stated',
    sources: [{ name: 'test', asOf }],
    asOf,
    layer: 'bundled',
  };
}

function stageOn(known: KnownVersion, retirementDate: CalendarDate | undefined, on: CalendarDate): LifecycleStage {
  if (known.stage === 'retired' || (retirementDate !== undefined && on >= retirementDate)) {
    return 'retired';
  }
  return known.deprecationDate !== undefined && on >= known.deprecationDate
    ? 'deprecated'
    : (known.stage ?? 'generally-available');
}

function formatOf(known: KnownVersion): string {
  return known.format ?? 'OpenAI';
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
