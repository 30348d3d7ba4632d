import { statSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { CalendarDate, calendarDateOf, isCalendarDate } from '../../lib/contracts/calendar-date';
import { readJsonFile } from '../../lib/contracts/json-file';
import { BuiltCatalog, catalogFromModelLists, ModelListPage, readModelListPage } from '../../lib/model-list';
import { jsonText } from '../../lib/report/json-text';
import { importReportJson, importReportText } from './catalog-import-report';
import { jsonReportNeedsFile, listNotJson, listUnreadable, outputCollides } from './errors';
import { placeOf } from './file-place';
import { catalogOf, collect } from './options';
import { writeWholeFile } from './whole-file';

/** A file with a page of Azure's list, and the region that it is said to be about. */
interface ListFile {
  readonly file: string;
  readonly region?: string;
}

interface ImportOptions {
  readonly from: readonly ListFile[];
  readonly out?: string;
  readonly listedOn?: CalendarDate;
  readonly alone: boolean;
  readonly catalog?: string;
  readonly overlay: readonly string[];
  readonly cloud: AzureCloud;
  readonly format: 'text' | 'json';
  readonly failOn: 'warning' | 'never';
}

/** `model-lifecycle catalog import`: a catalogue from what Azure lists. */
export function catalogImportCommand(): Command {
  return new Command('import')
    .description("a catalogue from Azure's own model list")
    .addOption(
      new Option('--from <[region=]file...>', 'pages of the list, as az or the API wrote them')
        .argParser((text, before: readonly ListFile[] = []) => [...before, listFile(text)])
        .makeOptionMandatory(),
    )
    .option('--out <file>', 'catalogue to write (default: standard output)')
    .option(
      '--listed-on <date>',
      'day on which Azure answered, YYYY-MM-DD (default: newest day of the files, in UTC)',
      day,
    )
    .option('--alone', 'keep nothing but what the list says', false)
    .option('--catalog <file>', 'catalogue whose facts stay where the list says nothing (default: the bundled one)')
    .option('--overlay <file>', 'overlay laid over that catalogue; repeatable, the last one on top', collect, [])
    .addOption(
      new Option('--cloud <name>', 'cloud of lists that name no region')
        .choices(['public', 'usgovernment'])
        .default('public'),
    )
    .addOption(new Option('--format <format>', 'of the report').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <weight>', 'warning: exit code 1 for conflicts, rows left out and lists cut off')
        .choices(['warning', 'never'])
        .default('never'),
    )
    .action((options: ImportOptions) => runImport(options));
}

function runImport(options: ImportOptions): void {
  const { from, out, alone, catalog, overlay, cloud, format, failOn } = options;
  if (format === 'json' && out === undefined) {
    throw jsonReportNeedsFile();
  }
  if (out !== undefined) {
    requireOtherFile(out, [...from.map(({ file }) => file), ...overlay]);
  }
  const pages = from.map(readPage);
  const listedOn = options.listedOn ?? newestDay(from);
  const base = alone ? undefined : catalogOf({ catalog, overlay, cloud }).document();
  const built = catalogFromModelLists(pages, { listedOn, cloud, ...(base !== undefined && { base }) });
  const document = jsonText(built.document);
  if (out === undefined) {
    process.stdout.write(document);
  } else {
    writeWholeFile(out, document);
  }
  const dated = { listedOn, isAssumed: options.listedOn === undefined };
  if (format === 'json') {
    process.stdout.write(jsonText(importReportJson(built, dated)));
  } else {
    process.stderr.write(importReportText(built, dated, out));
  }
  process.exitCode = failOn === 'warning' && hasWarnings(built) ? 1 : 0;
}

function hasWarnings({ conflicts, skipped, unfinished }: BuiltCatalog): boolean {
  return conflicts.length + skipped.length + unfinished.length > 0;
}

function readPage({ file, region }: ListFile): ModelListPage {
  const value = readJsonFile(file, { unreadable: listUnreadable, notJson: listNotJson });
  return readModelListPage(value, file, region);
}

/** The catalogue below may be written over: it was read whole, and `--out` takes its place. */
function requireOtherFile(out: string, inputs: readonly string[]): void {
  const same = inputs.find((input) => placeOf(input) === placeOf(out));
  if (same !== undefined) {
    throw outputCollides(out, 'an input');
  }
}

function newestDay(files: readonly ListFile[]): CalendarDate {
  const times = files.map(({ file }) => statSync(file).mtimeMs);
  return calendarDateOf(new Date(Math.max(...times)));
}

function listFile(text: string): ListFile {
  const [, region, file] = /^([A-Za-z][A-Za-z0-9 ]*)=(.+)$/s.exec(text) ?? [];
  return region === undefined ? { file: text } : { file: file!, region };
}

function day(text: string): CalendarDate {
  if (!isCalendarDate(text)) {
    throw new InvalidArgumentError("write a calendar day as YYYY-MM-DD, for instance '2026-11-21'.");
  }
  return text;
}
