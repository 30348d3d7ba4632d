import { Command, InvalidArgumentError, Option } from 'commander';
import { COMMENT_ID_ADVICE, isCommentId } from '../../lib/report/comment-id';
import { FORMATS } from '../../lib/report/writers';
import { FailOn } from '../../lib/rules/failing';
import { UnknownPolicy } from '../../lib/rules/unknown-policy';
import {
  collect,
  ConfigurationOptions,
  days,
  KnowledgeOptions,
  withConfigurationOptions,
  withKnowledgeOptions,
} from './options';
import { Output, parseOutput } from './output';

/** Options of every command that judges: what it judges with, what fails, and what becomes of the report. */
export interface JudgementOptions extends KnowledgeOptions, ConfigurationOptions {
  readonly format?: readonly Output[];
  readonly commentId?: string;
  readonly failOn: FailOn;
  readonly unknown?: UnknownPolicy;
  readonly warnDays?: number;
  readonly failDays?: number;
  readonly severity?: Readonly<Record<string, string>>;
  readonly forbidPreviews?: boolean;
  readonly forbidModelRouter?: boolean;
  readonly waivers: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly requireFresh?: boolean;
  readonly quiet?: boolean;
  /** False under `--no-color`. */
  readonly color: boolean;
}

/** Adds the options of every command that judges. `unknown` is the default of `--unknown`; each rule's own severity without it. */
export function withJudgementOptions(command: Command, unknown?: UnknownPolicy): Command {
  const unknownOption = new Option(
    '--unknown <verdict>',
    `what a value means that cannot be seen${unknown === undefined ? " (default: each rule's own severity)" : ''}`,
  ).choices(['fail', 'warn', 'pass']);
  const judging = withKnowledgeOptions(command)
    .option(
      '--format <format[=file]>',
      `${FORMATS.join(', ')}; to standard output or a file; repeatable (default: text)`,
      (text: string, before: readonly Output[] = []) => [...before, parseOutput(text)],
    )
    .option('--comment-id <id>', 'tells the Markdown comment of this run from those of others', commentId)
    .addOption(
      new Option('--fail-on <weight>', 'weight from which findings fail')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .addOption(unknown === undefined ? unknownOption : unknownOption.default(unknown))
    .option('--warn-days <days>', 'warn of a retirement within this many days (default: 120)', days)
    .option('--fail-days <days>', 'fail on a retirement within this many days (default: 30)', days)
    .option('--severity <rule=severity>', 'severity of a rule: error, warning, note or off; repeatable', severity)
    .option('--forbid-previews', 'preview models are errors')
    .option('--forbid-model-router', 'model-router deployments are errors')
    .option('--waivers <file>', 'waiver file; repeatable', collect, [])
    .option('--baseline <file>', 'findings that are known: reported apart, and they do not fail')
    .option('--write-baseline <file>', 'write the findings of this run as the new baseline')
    .option('--require-fresh', 'end with exit code 3 if the catalogue is older than 60 days');
  return withConfigurationOptions(judging)
    .addOption(new Option('--no-forbid-previews').hideHelp())
    .addOption(new Option('--no-forbid-model-router').hideHelp())
    .addOption(new Option('--no-require-fresh').hideHelp())
    .option('--quiet', 'print nothing to standard output, and no progress')
    .option('--no-color', 'print no colours')
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings, 2 usage or input, 3 stale catalogue under --require-fresh',
    );
}

function commentId(value: string): string {
  if (!isCommentId(value)) {
    throw new InvalidArgumentError(`${COMMENT_ID_ADVICE}.`);
  }
  return value;
}

/** The severities of rules: `rule=severity`, given several times. */
export function severity(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [rule, weight, ...rest] = value.split('=');
  if (!rule || !weight || rest.length > 0) {
    throw new InvalidArgumentError('write rule=severity, for instance model-preview=error.');
  }
  return { ...before, [rule]: weight };
}

/** Adds the options of commands that list deployments, and weigh what they find of them. */
export function withWeighingOptions(command: Command): Command {
  const weighing = command
    .addOption(
      new Option('--fail-on <weight>', 'weight from which findings fail')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .addOption(
      new Option('--unknown <verdict>', 'what a deployment means of which something cannot be told')
        .choices(['fail', 'warn', 'pass'])
        .default('warn'),
    )
    .option('--warn-days <days>', 'warn of a retirement within this many days (default: 120)', days)
    .option('--fail-days <days>', 'fail on a retirement within this many days (default: 30)', days)
    .option('--severity <rule=severity>', 'severity of a rule: error, warning, note or off; repeatable', severity)
    .option('--waivers <file>', 'waiver file; repeatable', collect, [])
    .option('--require-fresh', 'end with exit code 3 if the catalogue is older than 60 days');
  return withConfigurationOptions(weighing)
    .addOption(new Option('--no-require-fresh').hideHelp())
    .option('--quiet', 'print nothing to standard output, and no progress')
    .option('--no-color', 'print no colours');
}
