import { Command } from 'commander';
import { judgementDate } from '../../lib/contracts/as-of';
import { outdatedJson } from '../../lib/report/outdated-json';
import { outdatedMarkdown } from '../../lib/report/outdated-markdown';
import { outdatedText } from '../../lib/report/outdated-text';
import { outdatedRows } from '../../lib/review/outdated-rows';
import { isStale } from '../../lib/rules/failing';
import { resolveSettings } from '../../lib/rules/settings';
import { requireSeverities } from '../../lib/rules/severities';
import { readWaiverFile } from '../../lib/rules/waiver-file';
import { Configuration } from '../configuration/configuration';
import { settledOptions } from '../configuration/settled-options';
import { DEPLOYMENT_INPUTS, NO_LITERALS, readDeploymentInput } from './deployment-inputs';
import { deviationsOf } from './deviations';
import { exitCodeOf } from './exit-code';
import { FormatOutput, formatOption, writeOutputs } from './format-option';
import { requireDistinct } from './input-source';
import { JudgedInput } from './judged-input';
import { JudgementOptions, withWeighingOptions } from './judgement-options';
import { requireNamedFiles } from './named-files';
import { catalogOf, thresholdNames, withKnowledgeOptions } from './options';
import { standardError } from './reading-progress';
import { requireDistinctOutputs } from './report-outputs';
import { terminalLook } from './terminal';

const FORMATS = ['text', 'markdown', 'json'] as const;
type OutdatedFormat = (typeof FORMATS)[number];

/** What a configuration file gives. Its formats are those of reports, and there is no baseline of a table. */
const CONFIGURED_KEYS: readonly (keyof Configuration)[] = [
  'catalog',
  'overlays',
  'cloud',
  'warnDays',
  'failDays',
  'failOn',
  'unknown',
  'severities',
  'waivers',
  'requireFresh',
];

interface OutdatedOptions extends Omit<JudgementOptions, 'format'> {
  readonly format?: readonly FormatOutput<OutdatedFormat>[];
  readonly all?: boolean;
}

/** `model-lifecycle outdated`: which deployments run models that end, and what to move to. */
export function outdatedCommand(): Command {
  const command = new Command('outdated')
    .description('table of deployments whose model is retired, ends, or has a newer version, and what to move to')
    .argument('<input...>', DEPLOYMENT_INPUTS);
  const judging = withKnowledgeOptions(command)
    .option(
      '--format <format[=file]>',
      `${FORMATS.join(', ')}; to standard output or a file; repeatable (default: text)`,
      formatOption(FORMATS),
    )
    .option('--all', 'list deployments of current models as well');
  return withWeighingOptions(judging)
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings, 2 usage or input, 3 stale catalogue under --require-fresh',
    )
    .action(async (inputs: string[], _: unknown, self: Command) => {
      process.exitCode = await outdated(inputs, await settledOptions<OutdatedOptions>(self, CONFIGURED_KEYS));
    });
}

async function outdated(sources: readonly string[], options: OutdatedOptions): Promise<number> {
  const outputs = options.format ?? [{ format: 'text' }];
  requireDistinct(sources);
  requireDistinctOutputs(outputs, { inputs: sources });
  const judgement = judgementDate(options.asOf, '--as-of');
  const { warnDays, failDays, severity: severities = {}, unknown, all, failOn, requireFresh = false, quiet } = options;
  const settings = resolveSettings({ warnDays, failDays }, thresholdNames(options));
  requireSeverities(severities, '--severity');
  requireNamedFiles(options);
  const catalog = catalogOf(options);
  const waivers = options.waivers.flatMap((file) => readWaiverFile(file));
  const reading = { command: 'outdated', literals: NO_LITERALS, ...(!quiet && { progress: standardError() }) };
  const inputs: JudgedInput[] = [];
  for (const source of sources) {
    inputs.push(...(await readDeploymentInput(source, reading)));
  }
  const found = outdatedRows({ inputs, catalog, judgement, settings, severities, waivers, unknown, all });
  const report = { ...found, deviations: deviationsOf(options) };
  const shown = quiet ? outputs.filter(({ file }) => file !== undefined) : outputs;
  writeOutputs(shown, (format, isPrinted) => {
    switch (format) {
      case 'text':
        return outdatedText(report, isPrinted ? terminalLook(options) : {});
      case 'markdown':
        return outdatedMarkdown(report);
      case 'json':
        return outdatedJson(report);
    }
  });
  for (const { message, fix } of requireFresh && !quiet ? report.findings.filter(isStale) : []) {
    process.stderr.write(`model-lifecycle: ${message}; ${fix}\n`);
  }
  return exitCodeOf(report.findings, failOn, requireFresh);
}
