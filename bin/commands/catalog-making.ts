import { Command, Option } from 'commander';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { BuiltCatalog, catalogFromModelLists, ModelListPage } from '../../lib/model-list';
import { jsonText } from '../../lib/report/json-text';
import { importReportJson, importReportText, ListingDay, RegionCount } from './catalog-import-report';
import { jsonReportNeedsFile, outputCollides } from './errors';
import { placeOf } from './file-place';
import { catalogOf, collect } from './options';
import { writeWholeFile } from './whole-file';

/** Options of every command that makes a catalogue. */
export interface MakingOptions {
  readonly out?: string;
  readonly alone: boolean;
  readonly catalog?: string;
  readonly overlay: readonly string[];
  readonly cloud: AzureCloud;
  readonly format: 'text' | 'json';
  readonly failOn: 'warning' | 'never';
}

/** Adds the option that names the catalogue to write. */
export function withOutOption(command: Command): Command {
  return command.option('--out <file>', 'catalogue to write (default: standard output)');
}

/** Adds the options that say what a catalogue is laid over, and how it is reported. */
export function withMakingOptions(command: Command, cloud: string): Command {
  return command
    .option('--alone', 'keep nothing but what the list says', false)
    .option('--catalog <file>', 'catalogue whose facts stay where the list says nothing (default: the bundled one)')
    .option('--overlay <file>', 'overlay laid over that catalogue; repeatable, the last one on top', collect, [])
    .addOption(new Option('--cloud <name>', cloud).choices(['public', 'usgovernment']).default('public'))
    .addOption(new Option('--format <format>', 'of the report').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <weight>', 'warning: exit code 1 for conflicts, rows left out and lists cut off')
        .choices(['warning', 'never'])
        .default('never'),
    );
}

/**
 * @param inputs files that are read besides the catalogue below, which may be written over: it is read whole
 * @throws if the outputs get into each other's way, or into that of an input
 */
export function requireOutputs({ out, overlay, format }: MakingOptions, inputs: readonly string[] = []): void {
  if (format === 'json' && out === undefined) {
    throw jsonReportNeedsFile();
  }
  if (out !== undefined && [...inputs, ...overlay].some((input) => placeOf(input) === placeOf(out))) {
    throw outputCollides(out, 'an input');
  }
}

/** Makes the catalogue, writes it whole or not at all, and reports; what comes of it is in `process.exitCode`. */
export function makeCatalog(
  pages: readonly ModelListPage[],
  day: ListingDay,
  { out, alone, catalog, overlay, cloud, format, failOn }: MakingOptions,
  regions?: readonly RegionCount[],
): void {
  const base = alone ? undefined : catalogOf({ catalog, overlay, cloud }).document();
  const built = catalogFromModelLists(pages, { listedOn: day.listedOn, cloud, ...(base !== undefined && { base }) });
  const document = jsonText(built.document);
  if (out === undefined) {
    process.stdout.write(document);
  } else {
    writeWholeFile(out, document);
  }
  if (format === 'json') {
    process.stdout.write(jsonText(importReportJson(built, day, regions)));
  } else {
    process.stderr.write(importReportText(built, day, out, regions));
  }
  process.exitCode = failOn === 'warning' && hasWarnings(built) ? 1 : 0;
}

function hasWarnings({ conflicts, skipped, unfinished, emptyRegions }: BuiltCatalog): boolean {
  return conflicts.length + skipped.length + unfinished.length + emptyRegions.length > 0;
}
