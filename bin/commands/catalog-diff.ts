import { Command, Option } from 'commander';
import { CatalogRecord } from '../../lib/catalog/catalog-content';
import { catalogDifference } from '../../lib/catalog/catalog-difference';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { JudgementDate, judgementDate } from '../../lib/contracts/as-of';
import { catalogDifferenceJson } from '../../lib/report/catalog-difference-json';
import { catalogDifferenceMarkdown } from '../../lib/report/catalog-difference-markdown';
import { CatalogDifferenceReport, ComparedCatalog } from '../../lib/report/catalog-difference-report';
import { catalogDifferenceText } from '../../lib/report/catalog-difference-text';
import { CatalogEffect, catalogEffect } from '../../lib/review/catalog-effect';
import { FailOn } from '../../lib/rules/failing';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { resolveSettings } from '../../lib/rules/settings';
import { Configuration } from '../configuration/configuration';
import { settledOptions } from '../configuration/settled-options';
import { readDeploymentInput } from './deployment-inputs';
import { failOnNeedsPlan } from './errors';
import { exitCodeOf } from './exit-code';
import { FormatOutput, formatOption, writeOutputs } from './format-option';
import { requireDistinct } from './input-source';
import { JudgedInput } from './judged-input';
import { requireNamedFiles } from './named-files';
import { collect, ConfigurationOptions, days, thresholdNames, withConfigurationOptions } from './options';
import { standardError } from './reading-progress';
import { requireDistinctOutputs } from './report-outputs';
import { terminalLook } from './terminal';

const FORMATS = ['text', 'markdown', 'json'] as const;

/** Stands for the catalogue that this package ships; a file of that name is written `./bundled`. */
const BUNDLED = 'bundled';

const CLOUDS: readonly AzureCloud[] = ['public', 'usgovernment'];

/** What a configuration file gives. The two catalogues are arguments, and `failOn` fails where it is asked to. */
const CONFIGURED_KEYS: readonly (keyof Configuration)[] = ['overlays', 'cloud', 'warnDays', 'failDays'];

interface CatalogDiffOptions extends ConfigurationOptions {
  readonly plan: readonly string[];
  readonly overlay: readonly string[];
  readonly cloud: AzureCloud;
  readonly asOf?: string;
  readonly format?: readonly FormatOutput<(typeof FORMATS)[number]>[];
  readonly failOn: FailOn;
  readonly warnDays?: number;
  readonly failDays?: number;
  readonly color: boolean;
}

/** `model-lifecycle catalog diff`: what changed between two catalogues, and for a plan. */
export function catalogDiffCommand(): Command {
  const command = new Command('diff')
    .description(
      'what changed between two catalogues: dates that moved, models new and gone, and what that means for plans',
    )
    .argument('<old>', `catalogue file, or '${BUNDLED}' for the one of this package`)
    .argument('<new>', 'the same')
    .option(
      '--plan <input>',
      'plan, output of cdktf synth (cdktf.out) or state that is judged with both; repeatable',
      collect,
      [],
    )
    .option('--overlay <file>', 'overlay laid over both; repeatable, the last one on top', collect, [])
    .addOption(new Option('--cloud <name>', 'cloud that --plan is for').choices([...CLOUDS]).default('public'))
    .option('--as-of <date>', 'day to judge on, YYYY-MM-DD (default: MODEL_LIFECYCLE_AS_OF, else today in UTC)');
  return withConfigurationOptions(command)
    .option(
      '--format <format[=file]>',
      `${FORMATS.join(', ')}; to standard output or a file; repeatable (default: text)`,
      formatOption(FORMATS),
    )
    .addOption(
      new Option('--fail-on <weight>', 'end with 1 where the new catalogue brings findings of that weight for --plan')
        .choices(['error', 'warning', 'never'])
        .default('never'),
    )
    .option('--warn-days <days>', 'warn of a retirement within this many days (default: 120)', days)
    .option('--fail-days <days>', 'fail on a retirement within this many days (default: 30)', days)
    .option('--no-color', 'print no colours')
    .addHelpText('after', '\nExit codes: 0, 2 usage or input; with --fail-on also 1')
    .action(async (older: string, newer: string, _: unknown, self: Command) => {
      process.exitCode = await catalogDiff(
        older,
        newer,
        await settledOptions<CatalogDiffOptions>(self, CONFIGURED_KEYS),
      );
    });
}

async function catalogDiff(older: string, newer: string, options: CatalogDiffOptions): Promise<number> {
  const { plan, overlay, failOn } = options;
  if (plan.length === 0 && failOn !== 'never') {
    throw failOnNeedsPlan(failOn);
  }
  const outputs = options.format ?? [{ format: 'text' }];
  requireDistinct(plan);
  const files = [older, newer].filter((name) => name !== BUNDLED);
  requireDistinctOutputs(outputs, { inputs: [...files, ...overlay, ...plan] });
  const judgement = judgementDate(options.asOf, '--as-of');
  requireNamedFiles(options);
  const catalogs = { older: opened(older, options), newer: opened(newer, options) };
  const effect = plan.length === 0 ? undefined : await effectOn(plan, catalogs, judgement, options);
  const report: CatalogDifferenceReport = {
    older: comparedCatalog(older, catalogs.older),
    newer: comparedCatalog(newer, catalogs.newer),
    difference: catalogDifference(recordsOf(older, overlay), recordsOf(newer, overlay)),
    ...(effect && { effect: { ...effect, inputs: plan, asOf: judgement.asOf } }),
  };
  writeOutputs(outputs, (format, isPrinted) => {
    switch (format) {
      case 'text':
        return catalogDifferenceText(report, isPrinted ? terminalLook(options) : {});
      case 'markdown':
        return catalogDifferenceMarkdown(report);
      case 'json':
        return catalogDifferenceJson(report);
    }
  });
  return exitCodeOf(effect === undefined ? [] : worseFindings(effect), failOn, false);
}

function comparedCatalog(name: string, catalog: ModelCatalog): ComparedCatalog {
  const own = catalog.ages().filter(({ cloud }) => cloud === catalog.cloud);
  return { name, asOf: catalog.asOf, sellers: own.map(({ seller, asOf }) => ({ seller, asOf })) };
}

async function effectOn(
  sources: readonly string[],
  { older, newer }: { readonly older: ModelCatalog; readonly newer: ModelCatalog },
  judgement: JudgementDate,
  options: CatalogDiffOptions,
): Promise<CatalogEffect> {
  const { warnDays, failDays } = options;
  const settings = resolveSettings({ warnDays, failDays }, thresholdNames(options));
  // What only one of the catalogues can name is a finding that changes as well.
  const literals = mayNameModel([...older.spellings(), ...newer.spellings()]);
  const inputs: JudgedInput[] = [];
  for (const source of sources) {
    inputs.push(
      ...(await readDeploymentInput(source, { command: 'catalog diff', literals, progress: standardError() })),
    );
  }
  return catalogEffect({ inputs, older, newer, judgement, settings });
}

function worseFindings({ findings }: CatalogEffect) {
  return findings.flatMap(({ change, after }) =>
    after !== undefined && (change === 'appeared' || change === 'heavier') ? [after] : [],
  );
}

/** What a catalogue says of every cloud. */
function recordsOf(name: string, overlay: readonly string[]): CatalogRecord[] {
  return CLOUDS.flatMap((cloud) => opened(name, { overlay, cloud }).records());
}

function opened(name: string, { overlay, cloud }: Pick<CatalogDiffOptions, 'overlay' | 'cloud'>): ModelCatalog {
  return ModelCatalog.open({ ...(name !== BUNDLED && { file: name }), overlays: overlay, cloud });
}
