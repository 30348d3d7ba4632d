import { Command, Option } from 'commander';
import { classifyUpdate, ModelCatalog, UpdateClassification, UpdateSubject } from '../../lib/catalog';
import { placementOf } from '../../lib/catalog/placement';
import { judgementDate } from '../../lib/contracts/as-of';
import { CalendarDate } from '../../lib/contracts/calendar-date';
import { jsonText } from '../../lib/report/json-text';
import { modelArgument } from './model-argument';
import { catalogOf, KnowledgeOptions, withKnowledgeOptions } from './options';
import { unknownModel } from './unknown-model';

interface CompareOptions extends KnowledgeOptions {
  readonly fromHosting?: string;
  readonly toHosting?: string;
  readonly domain?: string;
  readonly format: 'text' | 'json';
}

/** Version of the JSON's format, described by `compare.schema.json`. */
const COMPARE_SCHEMA_VERSION = 1;

const BREADTHS: ReadonlyArray<readonly [keyof UpdateClassification['breadths'], string]> = [
  ['model', 'model'],
  ['modelConfig', 'model config'],
  ['prompt', 'prompt'],
  ['orchestrationLogic', 'orchestration logic'],
  ['groundingData', 'grounding data'],
];

/** `model-lifecycle compare`: what kind of change it is to go from one model to another. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('scope of the update from one model to another, and what else has to change with it')
    .argument('<from>', 'name[@version]')
    .argument('<to>', 'name[@version]');
  return withKnowledgeOptions(command)
    .option('--from-hosting <option>', 'how the old model is hosted, for instance managed-online-endpoint')
    .option('--to-hosting <option>', 'how the new model is hosted, for instance self-hosted')
    .option('--domain <domain>', 'domain that the new model is trained for')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((from: string, to: string, options: CompareOptions) => {
      const older: UpdateSubject = { ...modelArgument(from), hosting: options.fromHosting };
      const newer: UpdateSubject = { ...modelArgument(to), hosting: options.toHosting, domain: options.domain };
      const catalog = catalogOf(options);
      const { asOf } = judgementDate(options.asOf, '--as-of');
      const result = classifyUpdate(older, newer, catalog);
      process.stdout.write(
        options.format === 'json'
          ? jsonText({ schemaVersion: COMPARE_SCHEMA_VERSION, from: older, to: newer, ...result })
          : text(from, to, result),
      );
      for (const hint of new Set([older, newer].flatMap((subject) => spellingHint(subject, catalog, asOf)))) {
        process.stderr.write(`model-lifecycle: ${hint}\n`);
      }
    });
}

/** A name that nobody knows is classified all the same, so a slip of the pen would pass for a model of its own. */
function spellingHint(subject: UpdateSubject, catalog: ModelCatalog, asOf: CalendarDate): string[] {
  const { family, record } = placementOf(subject, catalog);
  // No version is spelled so: what counts is whether the name is known.
  const lookup = catalog.lookup({ name: subject.name, version: '?' }, asOf);
  return family === undefined && record === undefined && lookup.kind === 'unknown-model'
    ? [unknownModel(subject.name, lookup.nearest).message]
    : [];
}

function text(from: string, to: string, result: UpdateClassification): string {
  const lines = [
    `${from} -> ${to}: ${result.scope} (${result.direction})`,
    `  ${result.reason}`,
    ...(result.unknown === undefined ? [] : [`  unknown: ${result.unknown}`]),
    '',
    ...BREADTHS.map(([key, name]) => `  ${name.padEnd(20)} ${result.breadths[key]}`),
    ...(result.retraining === undefined ? [] : [`  ${'fine-tuning'.padEnd(20)} ${result.retraining}`]),
  ];
  return `${lines.join('\n')}\n`;
}
