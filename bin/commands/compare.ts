import { Command, Option } from 'commander';
import { classifyUpdate, UpdateClassification, UpdateSubject } from '../../lib/catalog';
import { judgementDate } from '../../lib/contracts/as-of';
import { jsonText } from '../../lib/report/json-text';
import { KNOWLEDGE_KEYS, settledOptions } from '../configuration/settled-options';
import { compareRemarks } from './compare-remarks';
import { modelArgument } from './model-argument';
import { requireNamedFiles } from './named-files';
import {
  catalogOf,
  ConfigurationOptions,
  KnowledgeOptions,
  withConfigurationOptions,
  withKnowledgeOptions,
} from './options';

interface CompareOptions extends KnowledgeOptions, ConfigurationOptions {
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
  return withConfigurationOptions(withKnowledgeOptions(command))
    .option('--from-hosting <option>', 'how the old model is hosted, for instance managed-online-endpoint')
    .option('--to-hosting <option>', 'how the new model is hosted, for instance self-hosted')
    .option('--domain <domain>', 'domain that the new model is trained for')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (from: string, to: string, _: unknown, self: Command) => {
      const options = await settledOptions<CompareOptions>(self, KNOWLEDGE_KEYS);
      requireNamedFiles(options);
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
      for (const hint of compareRemarks(older, newer, catalog, asOf)) {
        process.stderr.write(`model-lifecycle: ${hint}\n`);
      }
    });
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
