import { Command, InvalidArgumentError, Option } from 'commander';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { ModelCatalog } from '../../lib/catalog/model-catalog';

/** Options that choose the knowledge and the day. */
export interface KnowledgeOptions {
  readonly catalog?: string;
  readonly overlay: readonly string[];
  readonly cloud: AzureCloud;
  readonly asOf?: string;
}

/** Adds the options that choose the knowledge and the day. */
export function withKnowledgeOptions(command: Command): Command {
  return command
    .option('--catalog <file>', 'catalogue to use instead of the bundled one')
    .option('--overlay <file>', 'overlay laid over the catalogue; repeatable, the last one on top', collect, [])
    .addOption(
      new Option('--cloud <name>', 'cloud whose dates apply').choices(['public', 'usgovernment']).default('public'),
    )
    .option('--as-of <date>', 'day to judge on, YYYY-MM-DD (default: MODEL_LIFECYCLE_AS_OF, else today in UTC)');
}

/** Options of every command that reads a configuration file. */
export interface ConfigurationOptions {
  /** A file; `false` under `--no-config`. */
  readonly config?: string | false;
  /** The configuration file that was read, if any. */
  readonly configuration?: string;
  /** Keys of that file that weigh in what the command does, the command line not taking their place. @default - none */
  readonly configured?: readonly string[];
}

/** Adds the options that choose the configuration file. */
export function withConfigurationOptions(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'configuration file (default: model-lifecycle.config.yaml, .yml or .json, if there is one)',
    )
    .option('--no-config', 'use no configuration file');
}

/** What messages call the thresholds: the keys of a configuration file where it gives them, else the options. */
export function thresholdNames({ configured = [] }: ConfigurationOptions) {
  return {
    warnDays: configured.includes('warnDays') ? 'warnDays' : '--warn-days',
    failDays: configured.includes('failDays') ? 'failDays' : '--fail-days',
  };
}

/** The catalogue that the options choose. */
export function catalogOf({ catalog, overlay, cloud }: KnowledgeOptions): ModelCatalog {
  return ModelCatalog.open({ file: catalog, overlays: overlay, cloud });
}

/** Gathers the values of a repeatable option. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** A whole number of days. */
export function days(text: string): number {
  if (!/^\d{1,5}$/.test(text)) {
    throw new InvalidArgumentError('give a whole number of days, zero or more.');
  }
  return Number(text);
}
