import { CatalogDocument, ConflictEntry, ConflictingStatement } from '../catalog/catalog-document';
import { ListConflict, Statement } from './list-conflict';
import { listSource } from './list-source';
import { SourceTable } from './source-table';

/** The conflicts of a list as a catalogue keeps them, behind those that were known before. */
export function documentConflicts(
  conflicts: readonly ListConflict[],
  base: CatalogDocument | undefined,
  below: CatalogDocument,
  table: SourceTable,
): ConflictEntry[] {
  const known = new Map(below.sources.map((source) => [sourceKey(source.name, source.asOf), source]));
  const place = ({ value, source, asOf, region }: Statement): ConflictingStatement => {
    const from = known.get(sourceKey(source, asOf)) ?? { ...listSource(region), asOf };
    return { value, source: table.position(from) };
  };
  const before = (base?.conflicts ?? []).map(({ kept, other, ...conflict }): ConflictEntry => {
    const again = ({ value, source }: ConflictingStatement) => ({
      value,
      source: table.position(below.sources[source]!),
    });
    return { ...conflict, kept: again(kept), other: other.map(again) };
  });
  const found = conflicts
    // A catalogue's conflicts are about the public cloud.
    .filter(({ cloud }) => cloud === undefined)
    .map(({ format, name, version, field, kept, other, reason }): ConflictEntry => {
      return { format, name, version, field, kept: place(kept), other: other.map(place), reason };
    });
  // What a list says again on another day is no new conflict; what the lists of two regions say is one of its own.
  const keyOf = ({ format, name, version, field, kept, other }: ConflictEntry): string => {
    const statements = [kept, ...other];
    const regions = statements.map(({ source }) => table.entries[source]!.region);
    const isBetweenRegions = !regions.includes(undefined) && new Set(regions).size > 1;
    const values = statements.map(({ value }) => value);
    return JSON.stringify([format, name, version, field, ...values, ...(isBetweenRegions ? regions : [])]);
  };
  const all = new Map([...before, ...found].map((conflict) => [keyOf(conflict), conflict]));
  return [...all.values()];
}

function sourceKey(name: string, asOf: string): string {
  return JSON.stringify([name, asOf]);
}
