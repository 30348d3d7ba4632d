import { Command } from 'commander';
import { printable } from '../../lib/contracts/printable';
import { compareStacks, stacksLeftOut } from '../../lib/facts/compared-stacks';
import { changeReport } from '../../lib/review/change-report-builder';
import { settledOptions } from '../configuration/settled-options';
import { JudgedInput } from './judged-input';
import { finishRun, judge, Run, standingFindings, startRun } from './judgement';
import { JudgementOptions, withJudgementOptions } from './judgement-options';
import { collect } from './options';
import { planInputs, readReviewSources } from './review-inputs';
import { GivenSynthesis } from './stack-match';
import { standingInputs } from './stack-source';
import { SynthesisGap, synthesisGaps } from './synthesis-coverage';

interface ReviewOptions extends JudgementOptions {
  readonly base: readonly string[];
  readonly synth?: string;
  readonly baseSynth?: string;
}

/** `model-lifecycle review`: what plans, or differences between syntheses, change about models. */
export function reviewCommand(): Command {
  const command = new Command('review')
    .showHelpAfterError("(for instance 'model-lifecycle review plan.json'; model-lifecycle review --help says more)")
    .description('reviews what Terraform plans change about models')
    .argument(
      '<input...>',
      "plan as 'terraform show -json' writes it, '-' for standard input, or output of cdktf synth (cdktf.out)",
    )
    .option(
      '--base <file>',
      'plan or output of cdktf synth that stands before: its findings are carried over, and synthesised stacks are compared with it; repeatable',
      collect,
      [],
    )
    .option('--synth <folder>', 'output of cdktf synth that the plans were made of: construct paths, waivers in code')
    .option(
      '--base-synth <folder>',
      'the same for the plans of --base: what a waiver in code covered there needs one here as well',
    );
  return withJudgementOptions(command, 'warn').action(async (inputs: string[], _: unknown, self: Command) => {
    process.exitCode = await review(inputs, await settledOptions<ReviewOptions>(self));
  });
}

async function review(inputs: readonly string[], options: ReviewOptions): Promise<number> {
  const run = startRun('review', options, inputs, options.base);
  const { catalog, knowledge, judgement, settings } = run;
  const { judged, base, gaps } = await readInputs(inputs, options, run);
  const evaluation = judge(run, judged, standingFindings(run, base));
  const changes = changeReport({ inputs: judged, catalog, knowledge, asOf: judgement.asOf, settings });
  return finishRun(run, {
    judged,
    evaluation,
    changes,
    isCompared: base.length > 0,
    deviations: gaps.map(({ short }) => short),
  });
}

/** What is judged, what stands before it, and where a synthesis fits a plan badly. */
interface ReviewedInputs {
  readonly judged: readonly JudgedInput[];
  readonly base: readonly JudgedInput[];
  readonly gaps: readonly SynthesisGap[];
}

async function readInputs(
  inputs: readonly string[],
  { base: bases, synth, baseSynth, quiet }: ReviewOptions,
  { reading }: Run,
): Promise<ReviewedInputs> {
  const given = await readReviewSources(inputs, reading);
  const before = await readReviewSources(bases, reading);
  const now = synthesis('--synth', synth);
  const earlierCode = synthesis('--base-synth', baseSynth) ?? (now && { ...now, isEarlier: true });
  const plans = planInputs(given, reading, now);
  const plansBefore = planInputs(before, reading, earlierCode);
  const stacks = standingInputs(given.stacks, reading);
  const earlier = standingInputs(before.stacks, reading);
  const gone = stacks.length === 0 ? [] : stacksLeftOut(stacks, earlier);
  if (gone.length > 0 && !quiet) {
    process.stderr.write(
      `model-lifecycle: not in the code any more: ${gone.map((stack) => printable(stack)).join(', ')}; what these stacks deployed stays until 'cdktf destroy'\n`,
    );
  }
  const gaps = [
    ...(now === undefined ? [] : synthesisGaps(now, plans)),
    ...(baseSynth === undefined ? [] : synthesisGaps(earlierCode!, plansBefore)),
  ];
  for (const { full } of quiet ? [] : gaps) {
    process.stderr.write(`model-lifecycle: ${full}\n`);
  }
  return {
    gaps,
    judged: [...plans, ...(earlier.length === 0 ? stacks : compareStacks(stacks, earlier))],
    base: [...plansBefore, ...earlier],
  };
}

function synthesis(option: GivenSynthesis['option'], folder: string | undefined): GivenSynthesis | undefined {
  return folder === undefined ? undefined : { option, folder };
}
