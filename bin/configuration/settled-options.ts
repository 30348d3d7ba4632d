import { Command } from 'commander';
import { JudgementOptions } from '../commands/judgement-options';
import { ConfigurationOptions } from '../commands/options';
import { Configuration } from './configuration';
import { findConfiguration, readConfiguration } from './configuration-file';

/** The option that each key of the file stands for, under commander's name. */
const OPTION_OF: Readonly<Record<keyof Configuration, keyof JudgementOptions>> = {
  catalog: 'catalog',
  overlays: 'overlay',
  cloud: 'cloud',
  warnDays: 'warnDays',
  failDays: 'failDays',
  failOn: 'failOn',
  unknown: 'unknown',
  severities: 'severity',
  forbidPreviews: 'forbidPreviews',
  forbidModelRouter: 'forbidModelRouter',
  waivers: 'waivers',
  baseline: 'baseline',
  requireFresh: 'requireFresh',
  formats: 'format',
  commentId: 'commentId',
};

/** Keys that say where a report goes, and nothing of what is in it. */
const OF_REPORTS: ReadonlySet<keyof Configuration> = new Set<keyof Configuration>(['formats', 'commentId']);

/** Keys that say what is known of models, for commands that judge nothing. */
export const KNOWLEDGE_KEYS: readonly (keyof Configuration)[] = ['catalog', 'overlays', 'cloud'];

const ALL_KEYS = Object.keys(OPTION_OF) as (keyof Configuration)[];

/**
 * The options of a command as the command line and then the configuration file give them. Lists of the command line take
 * the place of the file's; severities are laid over each other rule by rule.
 *
 * @param keys what the command takes of the file; all of it is checked
 * @throws if there is a configuration file and it cannot be used
 */
export async function settledOptions<T extends ConfigurationOptions>(
  command: Command,
  keys: readonly (keyof Configuration)[] = ALL_KEYS,
): Promise<T> {
  const { config, severity } = command.opts<T & Pick<JudgementOptions, 'severity'>>();
  const file = config === false ? undefined : (config ?? findConfiguration());
  if (file !== undefined) {
    const configuration = await readConfiguration(file);
    const configured: (keyof Configuration)[] = [];
    for (const key of keys) {
      const option = OPTION_OF[key];
      if (configuration[key] !== undefined && command.getOptionValueSource(option) !== 'cli') {
        command.setOptionValueWithSource(option, configuration[key], 'config');
        if (!OF_REPORTS.has(key)) {
          configured.push(key);
        }
      }
    }
    command.setOptionValueWithSource('configuration', file, 'config');
    command.setOptionValueWithSource('configured', configured, 'config');
    if (keys.includes('severities')) {
      command.setOptionValueWithSource('severity', { ...configuration.severities, ...severity }, 'config');
    }
  }
  return command.opts<T>();
}
