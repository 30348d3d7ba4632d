import {
  CATALOG_SCHEMA_VERSION,
  CatalogDocument,
  ModelEntry,
  SourceEntry,
  StagedFacts,
} from '../catalog/catalog-document';
import { documentConflicts } from './document-conflicts';
import { ListConflict } from './list-conflict';
import { LIST_KIND } from './list-source';
import { SourceTable } from './source-table';

/** What is known of one listed model version after the list and the catalogue below it were put together. */
export interface SettledModel {
  readonly facts: StagedFacts;
  /** The entry below, which this one replaces unless it is for every version. */
  readonly entry?: ModelEntry;
  /** The sources of the facts, that of the stage first. */
  readonly sources: readonly SourceEntry[];
  readonly conflicts: readonly ListConflict[];
}

export function documentWith(
  settled: readonly SettledModel[],
  conflicts: readonly ListConflict[],
  below: CatalogDocument,
  base: CatalogDocument | undefined,
): CatalogDocument {
  const table = new SourceTable();
  base?.sources.filter(({ kind }) => kind !== LIST_KIND).forEach((source) => table.position(source));
  const place = (position: number) => table.position(below.sources[position]!);
  const entries = new Map(settled.map((model) => [model.entry, model] as const));
  const taken = new Map<ModelEntry, string[]>();
  for (const { entry, facts } of settled) {
    if (entry?.version === null) {
      taken.set(entry, [...(taken.get(entry) ?? []), facts.version!.toLowerCase()]);
    }
  }
  const madeOf = ({ facts, sources }: SettledModel): ModelEntry => {
    const [source, ...further] = [...new Set(sources.map((each) => table.position(each)))];
    return { ...facts, source: source!, ...(further.length > 0 && { furtherSources: further }) };
  };
  const kept = (base?.models ?? []).map((entry): ModelEntry => {
    const model = entry.version === null ? undefined : entries.get(entry);
    return model === undefined ? untouched(entry, place, taken.get(entry) ?? []) : madeOf(model);
  });
  const isAdded = ({ entry }: SettledModel) => base === undefined || entry === undefined || entry.version === null;
  const models = [...kept, ...settled.filter(isAdded).map(madeOf)];
  const dateHistory = base?.dateHistory?.map((entry) => ({
    ...entry,
    history: entry.history.map((statement) => ({ ...statement, source: place(statement.source) })),
  }));
  return {
    schemaVersion: CATALOG_SCHEMA_VERSION,
    models,
    spellings: below.spellings ?? [],
    families: below.families ?? [],
    ...(dateHistory !== undefined && { dateHistory }),
    conflicts: documentConflicts(conflicts, base, below, table),
    // Last, because all of the above adds to it.
    sources: table.entries,
  };
}

/** An entry that no row is about, without the versions that now have entries of their own. */
function untouched(entry: ModelEntry, place: (position: number) => number, taken: readonly string[]): ModelEntry {
  const { source, furtherSources } = entry;
  const fields = Object.entries(entry).flatMap(([field, value]): [string, unknown][] => {
    const left =
      field === 'versions' ? (value as string[]).filter((each) => !taken.includes(each.toLowerCase())) : value;
    return Array.isArray(left) && left.length === 0 && field === 'versions' ? [] : [[field, left]];
  });
  return {
    ...(Object.fromEntries(fields) as unknown as ModelEntry),
    source: place(source),
    ...(furtherSources !== undefined && { furtherSources: furtherSources.map(place) }),
  };
}
