import { Command, Option } from 'commander';
import { classifyUpdate, UpdateClassification, UpdateSubject } from '../../lib/catalog';
import { modelArgument } from './model-argument';
import { catalogOf, KnowledgeOptions, withKnowledgeOptions } from './options';

interface CompareOptions extends KnowledgeOptions {
  readonly fromHosting?: string;
  readonly toHosting?: string;
  readonly domain?: string;
  readonly format: 'text' | 'json';
}

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
      const result = classifyUpdate(older, newer, catalogOf(options));
      process.stdout.write(
        options.format === 'json' ? `${JSON.stringify(result, undefined, 2)}\n` : text(from, to, result),
      );
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
