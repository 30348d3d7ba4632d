import { CatalogDifference } from '../catalog/catalog-difference';
import { CalendarDate } from '../contracts/calendar-date';
import { CatalogEffect } from '../review/catalog-effect';

/** What changed between two catalogues, and what that means for inputs that were given. */
export interface CatalogDifferenceReport {
  readonly older: ComparedCatalog;
  readonly newer: ComparedCatalog;
  readonly difference: CatalogDifference;
  /** @default - no inputs were given */
  readonly effect?: CatalogEffect & {
    readonly inputs: readonly string[];
    /** Day that was judged on. */
    readonly asOf: CalendarDate;
  };
}

/** One of the two catalogues. */
export interface ComparedCatalog {
  /** File, or `bundled`. */
  readonly name: string;
  /** Day as of which it knows the cloud that was asked for. */
  readonly asOf: CalendarDate;
}
