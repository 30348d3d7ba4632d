import { andMore } from '../../lib/contracts/and-more';
import { CalendarDate } from '../../lib/contracts/calendar-date';
import { counted } from '../../lib/contracts/counted';
import { abridged, printable } from '../../lib/contracts/printable';
import { BuiltCatalog, CONFLICT_CLASSES, ConflictSubject, ListConflict, Statement } from '../../lib/model-list';
import { coverageText } from './coverage-text';

/** The version of the report that this release writes. */
const REPORT_SCHEMA_VERSION = 1;

const MOST_LINES = 20;

/** The day of a list, and whether it was only taken from the files. */
export interface ListingDay {
  readonly listedOn: CalendarDate;
  readonly isAssumed: boolean;
}

/** How much Azure answered about a region. */
export interface RegionCount {
  readonly region: string;
  readonly pages: number;
  readonly rows: number;
}

/**
 * What an import found, for programs: `catalog-import.schema.json` describes it.
 *
 * @param answers where Azure was asked and no files were read
 */
export function importReportJson(built: BuiltCatalog, { listedOn }: ListingDay, answers?: readonly RegionCount[]) {
  const { conflicts, skipped, unfinished, counts, regions, leftTheList, sellers, emptyRegions } = built;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    listedOn,
    ...(answers !== undefined && { answers }),
    counts,
    regions,
    conflictsByClass: Object.fromEntries(
      CONFLICT_CLASSES.map((name) => [name, conflicts.filter((conflict) => conflict.class === name).length]),
    ),
    conflicts,
    skipped,
    unfinished,
    emptyRegions,
    leftTheList,
    sellers,
  };
}

/** What an import found, for people. */
export function importReportText(
  built: BuiltCatalog,
  { listedOn, isAssumed }: ListingDay,
  out?: string,
  answers: readonly RegionCount[] = [],
): string {
  const { conflicts, skipped, unfinished, counts, regions, leftTheList, sellers, emptyRegions } = built;
  const where = regions.length === 0 ? 'region not known' : andSoOn(regions, 5);
  const lines = [
    `model-lifecycle: ${counted(counts.models, 'model version')} from ${counted(counts.rows, 'row')} on ${counted(counts.pages, 'page')} (${where})` +
      `${out === undefined ? '' : `, written to ${printable(out)}`}`,
    `  listed on ${listedOn}${isAssumed ? ', the newest day of the files; give --listed-on if Azure answered on another day' : ''}`,
    ...answers.map((answer) => `  ${regionCountText(answer)}`),
    ...unfinished.map(
      ({ source, pages }) =>
        `  ${printable(source)}: page ${pages} of a list whose rest is missing; follow its nextLink and give all pages`,
    ),
    ...emptyRegions.map(
      (region) =>
        `  ${region}: not one row, which would say that everything is gone; look whether Azure offers models there`,
    ),
    ...sellers.flatMap(coverageText),
    ...section(
      skipped,
      'row left out',
      'rows left out',
      ({ source, index, name, problem }) =>
        `${printable(source)} row ${index}${name === undefined ? '' : ` (${abridged(name)})`}: ${printable(problem)}`,
    ),
    ...CONFLICT_CLASSES.flatMap((name) =>
      section(
        conflicts.filter((conflict) => conflict.class === name),
        `conflict ${name}`,
        `conflicts ${name}`,
        conflictText,
      ),
    ),
    ...section(
      leftTheList,
      'model version that the catalogue knows is not listed, which alone proves nothing',
      'model versions that the catalogue knows are not listed, which alone proves nothing',
      subjectText,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function regionCountText({ region, pages, rows }: RegionCount): string {
  return `${region}: ${counted(rows, 'row')} on ${counted(pages, 'page')}`;
}

function section<T>(items: readonly T[], one: string, many: string, text: (item: T) => string): string[] {
  if (items.length === 0) {
    return [];
  }
  const rest = andMore(items.length - MOST_LINES, '    ');
  return [
    `  ${counted(items.length, one, many)}`,
    ...items.slice(0, MOST_LINES).map((item) => `    ${text(item)}`),
    ...(rest === '' ? [] : [`${rest}; --format json lists all`]),
  ];
}

function conflictText(conflict: ListConflict): string {
  const { field, kept, other, reason } = conflict;
  return `${subjectText(conflict)} ${field}: kept ${statementText(kept)} against ${other.map(statementText).join(', ')}; ${reason}`;
}

function subjectText({ cloud, name, version }: ConflictSubject): string {
  return `${name}@${version}${cloud === undefined ? '' : ' (Azure Government)'}`;
}

function statementText({ value, source, region }: Statement): string {
  return `${value ?? 'none'} (${region ?? source})`;
}

function andSoOn(names: readonly string[], most: number): string {
  return `${names.slice(0, most).join(', ')}${andMore(names.length - most, ' ')}`;
}
