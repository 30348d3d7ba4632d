import { CatalogContent, CatalogRecord } from './catalog-content';
import { CATALOG_SCHEMA_VERSION, CatalogDocument, ModelEntry, SourceEntry } from './catalog-document';
import { CatalogSource } from './lifecycle';

/** What all layers say together, as one document. */
export function documentOf(content: CatalogContent): CatalogDocument {
  const { dateHistory, conflicts } = content.history();
  const positions = new Map(content.sources.map((source, position) => [sourceKey(source), position]));
  return {
    schemaVersion: CATALOG_SCHEMA_VERSION,
    // Not to be had from the entries: an overlay's day is the source day of some of them, and covers no seller by that.
    ages: content.ages,
    sources: content.sources,
    models: content.records.map((record) => entryOf(record, positions)),
    spellings: content.spellings,
    families: content.families(),
    dateHistory,
    conflicts,
  };
}

function entryOf({ facts, sources, statedOn }: CatalogRecord, positions: ReadonlyMap<string, number>): ModelEntry {
  const [stated, ...further] = [
    // The entry's first source is the one whose day its stage is judged by.
    ...sources.filter(({ asOf }) => asOf === statedOn),
    ...sources.filter(({ asOf }) => asOf !== statedOn),
  ].map((source) => positions.get(sourceKey(source))!);
  return { ...facts, source: stated!, ...(further.length > 0 && { furtherSources: further }) };
}

function sourceKey({ name, asOf, url }: SourceEntry | CatalogSource): string {
  return JSON.stringify([name, asOf, url]);
}
