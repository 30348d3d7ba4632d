import { CatalogDocument, ModelEntry } from '../catalog/catalog-document';
import { AzureCloud } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { ConflictSubject } from './list-conflict';
import { SkippedRow } from './listed-model';

/** What a row was found to be about. */
interface Listed {
  readonly cloud: AzureCloud;
  readonly known: { readonly format: string };
  readonly entry?: ModelEntry;
}

/** Models of the listed publishers that a catalogue says are alive, and that no row is about. */
export function leftTheList(
  groups: readonly Listed[],
  skipped: readonly SkippedRow[],
  { models }: CatalogDocument,
  on: CalendarDate,
): ConflictSubject[] {
  const clouds = new Set(groups.map(({ cloud }) => cloud));
  const formats = new Set(groups.map(({ known }) => known.format));
  const listed = new Set(groups.map(({ entry }) => entry));
  // A row that could not be read is a row all the same.
  const unread = new Set(skipped.map(({ name }) => name?.toLowerCase()));
  return models
    .filter(
      (entry) =>
        entry.version !== null &&
        clouds.has(entry.cloud ?? 'public') &&
        formats.has(entry.format) &&
        !listed.has(entry) &&
        !unread.has(`${entry.name}@${entry.version}`.toLowerCase()) &&
        entry.stage !== 'retired' &&
        entry.inferredStage === undefined &&
        (entry.retirementDate === undefined || entry.retirementDate > on),
    )
    .map(({ cloud, format, name, version }) => ({
      ...(cloud === 'usgovernment' && { cloud }),
      format,
      name,
      version: version!,
    }));
}
