import { agesOf, withAge } from '../catalog/catalog-age';
import { CatalogAge, CatalogDocument, ModelEntry, ModelSeller, StagedFacts } from '../catalog/catalog-document';
import { AzureCloud } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { SourcedRow } from './merged-model';
import { UnfinishedList } from './page-chains';

/** Of the models that are known to be alive a list must have this part, for the others to count as looked at too. */
const LEAST_PART = 1 / 2;

/** How many of a seller's models that are known a list has, and what that makes of the age of what is known of the seller. */
export interface SellerCoverage {
  readonly cloud: AzureCloud;
  readonly seller: ModelSeller;
  /** Model versions that the catalogue below says are alive on the day of the list; none where there is no such catalogue. */
  readonly known: number;
  /** How many of them are in lists that have an end. */
  readonly listed: number;
  /** Day as of which the seller's models are known from now on. */
  readonly asOf: CalendarDate;
  /** Why the list does not make that day its own; absent where it may. */
  readonly uncovered?: 'unfinished' | 'too-few';
}

/** What a list is compared with. */
export interface CoverageRequest {
  /** The models of the list: what is known of each, and the rows that are about it. */
  readonly groups: readonly {
    readonly cloud: AzureCloud;
    readonly entry?: ModelEntry;
    readonly facts: StagedFacts;
    readonly rows: readonly SourcedRow[];
  }[];
  readonly unfinished: readonly UnfinishedList[];
  readonly below: CatalogDocument;
  readonly listedOn: CalendarDate;
  /** Whether the catalogue holds what the list says and nothing else: a model that is not listed is unknown to it, not old. */
  readonly isAlone: boolean;
}

/**
 * The sellers of the listed clouds. A list that was cut off, or has a handful of rows, tells nothing of the models that are
 * not on it: what is known of them stays as old as it was.
 */
export function sellerCoverage({ groups, unfinished, below, listedOn, isAlone }: CoverageRequest): SellerCoverage[] {
  const clouds = new Set(groups.map(({ cloud }) => cloud));
  const cutOff = new Set(unfinished.map(({ region }) => region));
  const whole = groups.filter(({ rows }) => rows.some(({ row }) => !cutOff.has(row.region)));
  const entries = new Set(whole.map(({ entry }) => entry));
  return agesOf(below)
    .filter((age) => (isAlone ? groups.some(({ facts }) => isOf(age, facts)) : clouds.has(age.cloud)))
    .map((age): SellerCoverage => {
      const { cloud, seller, asOf } = age;
      const alive = isAlone ? [] : below.models.filter((entry) => isOf(age, entry) && isAlive(entry, listedOn));
      const listed = alive.filter((entry) => entries.has(entry)).length;
      const isWhole = isAlone ? unfinished.length === 0 : whole.some((group) => group.cloud === cloud);
      const isCovered = isWhole && listed >= alive.length * LEAST_PART;
      const before = isAlone && asOf > listedOn ? listedOn : asOf;
      return {
        cloud,
        seller,
        known: alive.length,
        listed,
        asOf: isCovered && listedOn > before ? listedOn : before,
        ...(!isCovered && { uncovered: unfinished.length > 0 ? 'unfinished' : 'too-few' }),
      };
    });
}

/** The ages of a catalogue that a list was laid over, or of the list alone. */
export function agesAfter(coverage: readonly SellerCoverage[], base: CatalogDocument | undefined): CatalogAge[] {
  const before = base === undefined ? [] : agesOf(base);
  return coverage.map(({ cloud, seller, asOf }) => ({ cloud, seller, asOf })).reduce(withAge, before);
}

function isOf({ cloud, seller }: CatalogAge, facts: StagedFacts): boolean {
  return (facts.cloud ?? 'public') === cloud && (facts.seller ?? 'azure') === seller;
}

function isAlive({ version, stage, inferredStage, retirementDate }: ModelEntry, on: CalendarDate): boolean {
  return (
    version !== null &&
    stage !== 'retired' &&
    inferredStage === undefined &&
    (retirementDate === undefined || retirementDate > on)
  );
}
