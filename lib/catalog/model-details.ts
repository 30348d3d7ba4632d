import { CalendarDate } from '../contracts/calendar-date';
import { CatalogContent, CatalogRecord } from './catalog-content';
import { ConflictEntry } from './catalog-document';
import { versionsOf } from './catalog-index';
import { CatalogSource } from './lifecycle';
import { sameText } from './model-key';

/** What is known of one model version besides the answer to a lookup. */
export interface ModelDetails {
  readonly record: CatalogRecord;
  /** What sources said of its retirement over time, oldest first. */
  readonly dateHistory: readonly DatedStatement[];
  /** Where sources disagree, and what was kept; one sentence each. */
  readonly conflicts: readonly string[];
}

/** One statement of a retirement date. */
export interface DatedStatement {
  readonly asOf: CalendarDate;
  readonly retirement: CalendarDate;
  readonly notBefore: boolean;
  /** The SKU that it is about, where it is not about the model as a whole. */
  readonly sku?: string;
  readonly source: CatalogSource;
}

/** The entry with what the sources said before, and against each other. */
export function detailsOf(record: CatalogRecord, { sources, history }: CatalogContent): ModelDetails {
  const sourceOf = (position: number): CatalogSource => {
    const { name, asOf, url } = sources[position]!;
    return { name, asOf, ...(url && { url }) };
  };
  const { facts } = record;
  if (facts.cloud === 'usgovernment') {
    // Both were collected for the public cloud only.
    return { record, dateHistory: [], conflicts: [] };
  }
  const { dateHistory, conflicts } = history();
  const isAboutIt = ({ format, name, version }: { format: string; name: string; version: string }) =>
    sameText(format, facts.format) &&
    sameText(name, facts.name) &&
    versionsOf(facts).some((written) => sameText(written, version));
  return {
    record,
    dateHistory: dateHistory
      .filter(isAboutIt)
      .flatMap((entry) => entry.history.map((statement) => ({ ...statement, source: sourceOf(statement.source) }))),
    conflicts: conflicts.filter(isAboutIt).map((conflict) => sentence(conflict, sourceOf)),
  };
}

function sentence(
  { field, kept, other, reason }: ConflictEntry,
  sourceOf: (position: number) => CatalogSource,
): string {
  const others = other.map(({ value, source }) => `${value ?? 'none'} (${sourceOf(source).name})`);
  const against = others.length === 0 ? '' : ` against ${others.join(', ')}`;
  return `${field}: kept ${kept.value ?? 'none'} (${sourceOf(kept.source).name})${against}: ${reason}`;
}
