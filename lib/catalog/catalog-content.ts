import { CalendarDate } from '../contracts/calendar-date';
import { agesOf } from './catalog-age';
import {
  CatalogAge,
  CatalogDocument,
  ConflictEntry,
  DateHistoryEntry,
  FamilyEntry,
  SourceEntry,
  SpellingEntry,
  StagedFacts,
} from './catalog-document';
import { CatalogSource } from './lifecycle';

/** One entry of the catalogue after all layers were put together, and where it comes from. */
export interface CatalogRecord {
  readonly facts: StagedFacts;
  /** The layer that spoke last: `bundled`, a file's path or an overlay's name. */
  readonly layer: string;
  /** Newest layer first. */
  readonly sources: readonly CatalogSource[];
  /** Day as of which the stage is true. */
  readonly statedOn: CalendarDate;
}

/** What the sources said before, and against each other. */
export interface CatalogHistory {
  readonly dateHistory: readonly DateHistoryEntry[];
  readonly conflicts: readonly ConflictEntry[];
}

/** What a catalogue knows, layers put together, of every cloud. */
export interface CatalogContent {
  readonly records: readonly CatalogRecord[];
  readonly spellings: readonly SpellingEntry[];
  readonly ages: CatalogAge[];
  readonly sources: readonly SourceEntry[];
  // Functions, because no lookup needs either: the bundled ones are read when first asked.
  readonly families: () => readonly FamilyEntry[];
  readonly history: () => CatalogHistory;
}

/** The content of one catalogue document. */
export function contentOf(document: CatalogDocument, layer: string): CatalogContent {
  const { models, spellings = [], families = [], dateHistory = [], conflicts = [] } = document;
  const origins = document.sources.map(({ name, asOf, url }): CatalogSource[] => [{ name, asOf, ...(url && { url }) }]);
  return {
    records: models.map((facts) => {
      const stated = origins[facts.source]!;
      const sources = [stated, ...(facts.furtherSources ?? []).map((source) => origins[source]!)].flat();
      return { facts, layer, sources, statedOn: stated[0]!.asOf };
    }),
    spellings,
    ages: agesOf(document),
    sources: document.sources,
    families: () => families,
    history: () => ({ dateHistory, conflicts }),
  };
}
