import { statSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { unknownRegionHint } from '../../lib/catalog/azure-regions';
import { CalendarDate, calendarDateOf, isCalendarDate } from '../../lib/contracts/calendar-date';
import { todayBefore } from '../../lib/contracts/day-to-come';
import { readJsonFile } from '../../lib/contracts/json-file';
import { printable } from '../../lib/contracts/printable';
import { ModelListPage, pastDates, readModelListPage } from '../../lib/model-list';
import { makeCatalog, MakingOptions, requireOutputs, withMakingOptions, withOutOption } from './catalog-making';
import { listNotJson, listUnreadable } from './errors';
import { fileOfTomorrow, listOlderThanFile } from './listing-day-errors';

/** A list of the day has a few models that live beyond their dates in it, because Azure's status lags behind. */
const MOST_PAST_DATES = 5;

/** A file with a page of Azure's list, and the region that it is said to be about. */
interface ListFile {
  readonly file: string;
  readonly region?: string;
}

interface ImportOptions extends MakingOptions {
  readonly from: readonly ListFile[];
  readonly listedOn?: CalendarDate;
}

/** `model-lifecycle catalog import`: a catalogue from what Azure lists. */
export function catalogImportCommand(): Command {
  const command = new Command('import')
    .description("a catalogue from Azure's own model list")
    .addOption(
      new Option('--from <[region=]file...>', 'pages of the list, as az or the API wrote them')
        .argParser((text, before: readonly ListFile[] = []) => [...before, listFile(text)])
        .makeOptionMandatory(),
    );
  withOutOption(command).option(
    '--listed-on <date>',
    'day on which Azure answered, YYYY-MM-DD (default: newest day of the files, in UTC)',
    day,
  );
  return withMakingOptions(command, 'cloud of lists that name no region').action((options: ImportOptions) =>
    runImport(options),
  );
}

function runImport(options: ImportOptions): void {
  const { from, listedOn } = options;
  requireOutputs(
    options,
    from.map(({ file }) => file),
  );
  const pages = from.map(readPage);
  for (const hint of new Set(from.flatMap(({ region }) => (region && unknownRegionHint(region)) ?? []))) {
    process.stderr.write(`model-lifecycle: ${printable(hint)}\n`);
  }
  const day = listedOn ?? newestDay(from, pages);
  makeCatalog(pages, { listedOn: day, isAssumed: listedOn === undefined }, options);
}

function readPage({ file, region }: ListFile): ModelListPage {
  const value = readJsonFile(file, { unreadable: listUnreadable, notJson: listNotJson });
  return readModelListPage(value, file, region);
}

/** @throws if the day is still to come, or the lists themselves say that they are older */
function newestDay(files: readonly ListFile[], pages: readonly ModelListPage[]): CalendarDate {
  const times = files.map(({ file }) => statSync(file).mtimeMs);
  const newest = calendarDateOf(new Date(Math.max(...times)));
  const today = todayBefore(newest);
  if (today !== undefined) {
    throw fileOfTomorrow(newest, today);
  }
  const past = pastDates(pages, newest);
  if (past.length > MOST_PAST_DATES) {
    throw listOlderThanFile(newest, past);
  }
  return newest;
}

function listFile(text: string): ListFile {
  const [, region, file] = /^([A-Za-z][A-Za-z0-9 ]*)=(.+)$/s.exec(text) ?? [];
  return region === undefined ? { file: text } : { file: file!, region };
}

function day(text: string): CalendarDate {
  if (!isCalendarDate(text)) {
    throw new InvalidArgumentError("write a calendar day as YYYY-MM-DD, for instance '2026-11-21'.");
  }
  const today = todayBefore(text);
  if (today !== undefined) {
    throw new InvalidArgumentError(`Azure cannot have answered on that day: today is ${today} in UTC.`);
  }
  return text;
}
