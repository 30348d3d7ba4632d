import { CalendarDate, daysBetween } from '../contracts/calendar-date';
import { CatalogAge, CatalogDocument, ModelSeller } from './catalog-document';

/** Azure announces the retirement of a generally available model 60 days ahead: older knowledge may miss one. */
export const STALE_AFTER_DAYS = 60;

/** How old a catalogue is on a day. */
export interface CatalogStaleness {
  /** Newest source of the seller whose models were looked at longest ago. */
  readonly asOf: CalendarDate;
  /** Days since then; negative for a day before it. */
  readonly days: number;
  /** Whether that is more than 60 days. */
  readonly stale: boolean;
}

/** The age that a document states of each cloud and seller, else the day of the newest source. */
export function agesOf({ ages = [], models, sources }: CatalogDocument): CatalogAge[] {
  const newest = new Map<string, CatalogAge>();
  for (const { cloud = 'public', seller = 'azure', source } of models) {
    const { asOf } = sources[source]!;
    const known = newest.get(`${cloud} ${seller}`);
    if (known === undefined || asOf > known.asOf) {
      newest.set(`${cloud} ${seller}`, { cloud, seller, asOf });
    }
  }
  for (const stated of ages) {
    newest.set(`${stated.cloud} ${stated.seller}`, stated);
  }
  return [...newest.values()];
}

/** The ages with one more statement: the newest of each cloud and seller counts. */
export function withAge(ages: CatalogAge[], added: CatalogAge): CatalogAge[] {
  const same = ages.find(({ cloud, seller }) => cloud === added.cloud && seller === added.seller);
  if (same !== undefined && same.asOf >= added.asOf) {
    return ages;
  }
  return [...ages.filter((age) => age !== same), added];
}

export function stalenessOf(asOf: CalendarDate, on: CalendarDate): CatalogStaleness {
  const days = daysBetween(asOf, on);
  return { asOf, days, stale: days > STALE_AFTER_DAYS };
}

/** Whose models are meant, as it is written behind the word models. */
export function soldBy(seller: ModelSeller): string {
  return seller === 'azure' ? 'sold by Azure' : 'sold by partners';
}
