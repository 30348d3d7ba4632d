import { Command, InvalidArgumentError, Option } from 'commander';
import { judgementDate } from '../../lib/contracts/as-of';
import { printable } from '../../lib/contracts/printable';
import { calendarJson } from '../../lib/report/calendar-json';
import { calendarMermaid, ChartSections } from '../../lib/report/calendar-mermaid';
import { calendarText } from '../../lib/report/calendar-text';
import { retirementCalendar } from '../../lib/review/retirement-calendar';
import { evaluateAll } from '../../lib/rules/evaluate';
import { FailOn, fails } from '../../lib/rules/failing';
import { Finding } from '../../lib/rules/finding';
import { resolveSettings } from '../../lib/rules/settings';
import { Configuration } from '../configuration/configuration';
import { settledOptions } from '../configuration/settled-options';
import { DEPLOYMENT_INPUTS, NO_LITERALS, readDeploymentInput } from './deployment-inputs';
import { exitCodeOf } from './exit-code';
import { FormatOutput, formatOption, writeOutputs } from './format-option';
import { requireDistinct } from './input-source';
import { JudgedInput } from './judged-input';
import { requireNamedFiles } from './named-files';
import {
  catalogOf,
  ConfigurationOptions,
  days,
  KnowledgeOptions,
  thresholdNames,
  withConfigurationOptions,
  withKnowledgeOptions,
} from './options';
import { standardError } from './reading-progress';
import { requireDistinctOutputs } from './report-outputs';
import { terminalLook } from './terminal';

const FORMATS = ['text', 'ics', 'mermaid', 'json'] as const;
type CalendarFormat = (typeof FORMATS)[number];

/** What `--fail-on` asks: the rules that judge by the dates that a calendar shows. */
const DATED_RULES: ReadonlySet<string> = new Set(['model-retired', 'model-retiring', 'model-deprecated']);

const DEFAULT_REMINDERS = [120, 60, 30];

/** Two years: no source says more, and a calendar program shows each reminder. */
const LONGEST_REMINDER = 730;
const MOST_REMINDERS = 10;

/** What a configuration file gives. Its `failOn` is left alone: a calendar fails where it is asked to. */
const CONFIGURED_KEYS: readonly (keyof Configuration)[] = ['catalog', 'overlays', 'cloud', 'warnDays', 'failDays'];

interface CalendarOptions extends KnowledgeOptions, ConfigurationOptions {
  readonly format?: readonly FormatOutput<CalendarFormat>[];
  readonly deprecations?: boolean;
  /** False under `--no-remind`. */
  readonly remind: readonly number[] | false;
  readonly name: string;
  readonly section: ChartSections;
  readonly failOn?: FailOn;
  readonly warnDays?: number;
  readonly failDays?: number;
  readonly color: boolean;
}

/** `model-lifecycle calendar`: when the models of deployments retire. */
export function calendarCommand(): Command {
  const command = new Command('calendar')
    .description('calendar of the days on which the models of deployments retire')
    .argument('<input...>', DEPLOYMENT_INPUTS);
  return withConfigurationOptions(withKnowledgeOptions(command))
    .option(
      '--format <format[=file]>',
      `${FORMATS.join(', ')}; to standard output or a file; repeatable (default: text)`,
      formatOption(FORMATS),
    )
    .option('--deprecations', 'the days as well from which models are Deprecated')
    .option(
      '--remind <days>',
      'days before an event on which ics reminds of it, with commas',
      reminders,
      DEFAULT_REMINDERS,
    )
    .option('--no-remind', 'no reminders')
    .option(
      '--name <name>',
      'name of the ics calendar; events of another name are other events',
      'Azure model retirements',
    )
    .addOption(
      new Option('--section <what>', 'sections of the mermaid chart').choices(['account', 'stack']).default('account'),
    )
    .addOption(
      new Option(
        '--fail-on <weight>',
        'end with 1 where model-retired, model-retiring or model-deprecated finds something',
      ).choices(['error', 'warning', 'never']),
    )
    .option('--warn-days <days>', 'for --fail-on: a retirement within this many days is a warning (default: 120)', days)
    .option('--fail-days <days>', 'for --fail-on: a retirement within this many days is an error (default: 30)', days)
    .option('--no-color', 'print no colours')
    .addHelpText('after', '\nExit codes: 0, 2 usage or input; with --fail-on also 1')
    .action(async (inputs: string[], _: unknown, self: Command) => {
      process.exitCode = await calendar(inputs, await settledOptions<CalendarOptions>(self, CONFIGURED_KEYS));
    });
}

async function calendar(sources: readonly string[], options: CalendarOptions): Promise<number> {
  const outputs = options.format ?? [{ format: 'text' }];
  requireDistinct(sources);
  requireDistinctOutputs(outputs, { inputs: sources });
  const { asOf } = judgementDate(options.asOf, '--as-of');
  const { warnDays, failDays } = options;
  const settings = resolveSettings({ warnDays, failDays }, thresholdNames(options));
  requireNamedFiles(options);
  const catalog = catalogOf(options);
  const inputs: JudgedInput[] = [];
  for (const source of sources) {
    inputs.push(
      ...(await readDeploymentInput(source, { command: 'calendar', literals: NO_LITERALS, progress: standardError() })),
    );
  }
  const found = retirementCalendar({ inputs, catalog, asOf, deprecations: options.deprecations });
  const { name, cloud, remind } = options;
  const remindDays = remind === false ? [] : remind;
  writeOutputs(outputs, (format, isPrinted) => {
    switch (format) {
      case 'text':
        return calendarText(found, isPrinted ? terminalLook(options) : {});
      case 'ics':
        return icsWriter()(found, { name: printable(name), cloud, remindDays });
      case 'mermaid':
        return calendarMermaid(found, options.section);
      case 'json':
        return calendarJson(found, remindDays);
    }
  });
  const { failOn } = options;
  if (failOn === undefined) {
    return 0;
  }
  const { findings } = evaluateAll({
    catalog,
    judgement: judgementDate(options.asOf, '--as-of'),
    settings,
    configurations: inputs.map(({ facts }) => facts),
  });
  return failed(
    findings.filter(({ rule }) => DATED_RULES.has(rule)),
    failOn,
  );
}

/** Loaded when it is asked for: only this format needs the library. */
function icsWriter(): (...given: Parameters<typeof import('./calendar-ics').calendarIcs>) => string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see bin/program.ts
  return (require('./calendar-ics') as typeof import('./calendar-ics')).calendarIcs;
}

/** A calendar shows no rules: what makes it fail is said on standard error. */
function failed(findings: readonly Finding[], failOn: FailOn): number {
  for (const { severity, rule, resource, message } of findings.filter((finding) => fails(finding, failOn))) {
    process.stderr.write(
      `model-lifecycle: ${severity} ${rule}: ${printable(resource.address)}: ${printable(message)}\n`,
    );
  }
  return exitCodeOf(findings, failOn, false);
}

function reminders(text: string): number[] {
  const given = text.split(',').map((each) => each.trim());
  const known = given.filter((each) => /^\d{1,3}$/.test(each)).map(Number);
  if (known.length < given.length || known.length > MOST_REMINDERS || known.some((each) => each > LONGEST_REMINDER)) {
    throw new InvalidArgumentError(
      `give up to ${MOST_REMINDERS} whole numbers of days with commas between them, each from 0 to ${LONGEST_REMINDER}, for instance 120,60,30.`,
    );
  }
  return [...new Set(known)].sort((left, right) => right - left);
}
