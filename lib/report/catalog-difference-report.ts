import { CatalogDifference } from '../catalog/catalog-difference';
import { ModelSeller } from '../catalog/catalog-document';
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
  /** Day as of which it knows the cloud that was asked for: that of the seller looked at longest ago. */
  readonly asOf: CalendarDate;
  /** Day as of which it knows the models of each seller in that cloud. */
  readonly sellers: readonly { readonly seller: ModelSeller; readonly asOf: CalendarDate }[];
}
