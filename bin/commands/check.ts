import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { judgementDate } from '../../lib/contracts/as-of';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { readSynthesisedOutput } from '../../lib/facts/synthesised-output';
import { jsonReport } from '../../lib/report/json-report';
import { RunReport } from '../../lib/report/run-report';
import { textReport } from '../../lib/report/text-report';
import { evaluateAll } from '../../lib/rules/evaluate';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { UnknownPolicy } from '../../lib/rules/unknown-policy';
import { readWaiverFile } from '../../lib/rules/waiver-file';
import { exitCodeOf, FailOn } from './exit-code';
import { catalogOf, collect, days, KnowledgeOptions, withKnowledgeOptions } from './options';

const WRITERS: Readonly<Record<string, (report: RunReport) => string>> = { text: textReport, json: jsonReport };

interface Output {
  readonly format: string;
  readonly file?: string;
}

interface CheckOptions extends KnowledgeOptions {
  readonly format: readonly Output[];
  readonly failOn: FailOn;
  readonly unknown?: UnknownPolicy;
  readonly warnDays?: number;
  readonly failDays?: number;
  readonly severity?: Readonly<Record<string, string>>;
  readonly forbidPreviews?: boolean;
  readonly forbidModelRouter?: boolean;
  readonly waivers: readonly string[];
  readonly requireFresh?: boolean;
  readonly quiet?: boolean;
}

/** `model-lifecycle check`: the rules of the guard over synthesised stacks. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('applies the rules of the guard to synthesised stacks')
    .argument('<input...>', 'output folder of cdktf synth (cdktf.out), folder of a stack, or cdk.tf.json');
  return withKnowledgeOptions(command)
    .option('--format <format[=file]>', `text or json, to standard output or a file; repeatable`, output)
    .addOption(
      new Option('--fail-on <weight>', 'weight from which findings fail')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .addOption(
      new Option(
        '--unknown <verdict>',
        "what a value means that cannot be seen (default: each rule's own severity)",
      ).choices(['fail', 'warn', 'pass']),
    )
    .option('--warn-days <days>', 'warn of a retirement within this many days (default: 120)', days)
    .option('--fail-days <days>', 'fail on a retirement within this many days (default: 30)', days)
    .option('--severity <rule=severity>', 'severity of a rule: error, warning, note or off; repeatable', severity)
    .option('--forbid-previews', 'preview models are errors')
    .option('--forbid-model-router', 'model-router deployments are errors')
    .option('--waivers <file>', 'waiver file; repeatable', collect, [])
    .option('--require-fresh', 'end with exit code 3 if the catalogue is older than 60 days')
    .option('--quiet', 'print nothing to standard output')
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings, 2 usage or input, 3 stale catalogue under --require-fresh',
    )
    .action((inputs: string[], options: CheckOptions) => {
      process.exitCode = check(inputs, options);
    });
}

function check(inputs: readonly string[], options: CheckOptions): number {
  const judgement = judgementDate(options.asOf, '--as-of');
  const catalog = catalogOf(options);
  const literals = mayNameModel(catalog.spellings());
  const stacks = inputs.flatMap(readSynthesisedOutput);
  const { findings, summary } = evaluateAll({
    catalog,
    judgement,
    settings: {
      warnDays: options.warnDays,
      failDays: options.failDays,
      forbidPreviews: options.forbidPreviews,
      forbidModelRouter: options.forbidModelRouter,
    },
    severities: options.severity,
    unknown: options.unknown,
    waivers: options.waivers.flatMap((file) => readWaiverFile(file)),
    configurations: stacks.map(({ configuration, stack }) =>
      readStackConfiguration(configuration, { stack, literals }),
    ),
  });
  const report: RunReport = {
    asOf: judgement.asOf,
    catalog: { asOf: catalog.asOf, sources: catalog.sources().map(({ name, asOf, url }) => ({ name, asOf, url })) },
    inputs: stacks.map(({ file }) => file),
    summary,
    findings,
  };
  write(report, options.format ?? [{ format: 'text' }], options.quiet ?? false);
  return exitCodeOf(findings, options.failOn, options.requireFresh ?? false);
}

function write(report: RunReport, outputs: readonly Output[], quiet: boolean): void {
  for (const { format, file } of outputs) {
    const text = WRITERS[format]!(report);
    if (file !== undefined) {
      writeReport(file, text);
    } else if (!quiet) {
      process.stdout.write(text);
    }
  }
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(
      `the report cannot be written to '${resolve(file)}' (${code}); name a file in a folder that exists`,
    );
  }
}

function severity(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [rule, weight, ...rest] = value.split('=');
  if (!rule || !weight || rest.length > 0) {
    throw new InvalidArgumentError('write rule=severity, for instance model-preview=error.');
  }
  return { ...before, [rule]: weight };
}

function output(value: string, before: readonly Output[] = []): Output[] {
  const [format, ...rest] = value.split('=');
  if (!Object.hasOwn(WRITERS, format!)) {
    throw new InvalidArgumentError(`known formats are ${Object.keys(WRITERS).join(' and ')}.`);
  }
  return [...before, { format: format!, file: rest.length > 0 ? rest.join('=') : undefined }];
}
