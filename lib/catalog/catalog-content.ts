import { CalendarDate } from '../contracts/calendar-date';
import { CatalogAge, agesOf } from './catalog-age';
import {
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

/** What a catalogue knows, layers put together, of every cloud. */
export interface CatalogContent {
  readonly records: readonly CatalogRecord[];
  readonly spellings: readonly SpellingEntry[];
  readonly families: readonly FamilyEntry[];
  readonly ages: CatalogAge[];
  readonly sources: readonly SourceEntry[];
  readonly dateHistory: readonly DateHistoryEntry[];
  readonly conflicts: readonly ConflictEntry[];
}

/** The content of one catalogue document. */
export function contentOf(document: CatalogDocument, layer: string): CatalogContent {
  const sources = document.sources.map(({ name, asOf, url }): CatalogSource => ({ name, asOf, ...(url && { url }) }));
  return {
    records: document.models.map((facts) => {
      const source = sources[facts.source]!;
      return { facts, layer, sources: [source], statedOn: source.asOf };
    }),
    spellings: document.spellings ?? [],
    families: document.families ?? [],
    ages: agesOf(document),
    sources: document.sources,
    dateHistory: document.dateHistory ?? [],
    conflicts: document.conflicts ?? [],
  };
}
