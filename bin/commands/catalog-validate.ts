import { Command, Option } from 'commander';
import { CatalogDocument, catalogProblems, ModelCatalog, OverlayDocument, overlayProblems } from '../../lib/catalog';
import { unknownSkuHint } from '../../lib/catalog/known-skus';
import { counted } from '../../lib/contracts/counted';
import { isJsonObject, readJsonFile } from '../../lib/contracts/json-file';
import { printable } from '../../lib/contracts/printable';
import { jsonText } from '../../lib/report/json-text';
import { catalogNotJson, catalogUnreadable } from './errors';
import { collect } from './options';

interface ValidateOptions {
  readonly catalog?: string;
  readonly overlay: readonly string[];
  readonly format: 'text' | 'json';
}

/** `model-lifecycle catalog validate`: what is wrong with a catalogue or an overlay. */
export function catalogValidateCommand(): Command {
  return new Command('validate')
    .description('what is wrong with a catalogue file or an overlay; exit code 1 if anything is')
    .argument('<file>', 'catalogue or overlay')
    .option('--catalog <file>', 'catalogue that an overlay is laid over (default: the bundled one)')
    .option('--overlay <file>', 'overlay that lies below it; repeatable, the last one on top', collect, [])
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((file: string, options: ValidateOptions) => validate(file, options));
}

function validate(file: string, { catalog, overlay, format }: ValidateOptions): void {
  const value = readJsonFile(file, { unreadable: catalogUnreadable, notJson: catalogNotJson });
  // Only a catalogue has sources, and only an overlay has a day of its own.
  const kind = isJsonObject(value) && 'asOf' in value && !('sources' in value) ? 'overlay' : 'catalogue';
  const below = ModelCatalog.open({ file: catalog, overlays: overlay });
  const problems = kind === 'overlay' ? problemsOver(below, value) : catalogProblems(value);
  const notes = problems.length === 0 ? skuNotes(value as CatalogDocument | OverlayDocument, below) : [];
  process.exitCode = problems.length === 0 ? 0 : 1;
  if (format === 'json') {
    process.stdout.write(jsonText({ schemaVersion: 1, file, kind, problems, notes }));
    return;
  }
  const verdict = problems.length === 0 ? 'can be used' : counted(problems.length, 'problem');
  const lines = [
    `${kind} ${file}: ${verdict}`,
    ...problems.map((problem) => `  ${problem}`),
    ...notes.map((note) => `  note: ${note}`),
  ];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}

/** What is wrong with an overlay by itself, else with laying it over the catalogue. */
function problemsOver(below: ModelCatalog, value: unknown): string[] {
  const problems = overlayProblems(value);
  return problems.length > 0 ? problems : below.overlayProblems(value as OverlayDocument);
}

/** Azure may have new SKUs, so that one that nobody knows is no problem; most often it is mistyped all the same. */
function skuNotes({ models = [] }: CatalogDocument | OverlayDocument, catalog: ModelCatalog): string[] {
  return models.flatMap(({ name, version, skus = [], skuRetirementDates = {}, regions = {}, fineTune }, index) => {
    const tables = [skuRetirementDates, regions, fineTune?.skuRetirementDates ?? {}];
    const named = new Set([...skus, ...tables.flatMap((table) => Object.keys(table))]);
    const hints = [...named].flatMap((sku) => unknownSkuHint(sku, catalog) ?? []);
    return hints.map((hint) => `models[${index}] (${name}@${version ?? '*'}): ${hint}`);
  });
}
