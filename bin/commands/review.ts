import { Command } from 'commander';
import { printable } from '../../lib/contracts/printable';
import { changeReport } from '../../lib/review/change-report-builder';
import { settledOptions } from '../configuration/settled-options';
import { JudgedInput } from './judged-input';
import { finishRun, judge, Run, standingFindings, startRun } from './judgement';
import { JudgementOptions, withJudgementOptions } from './judgement-options';
import { collect } from './options';
import { comparedInputs, planInputs, readReviewSources, stacksLeftOut } from './review-inputs';
import { standingInputs } from './stack-source';

interface ReviewOptions extends JudgementOptions {
  readonly base: readonly string[];
  readonly synth?: string;
}

/** `model-lifecycle review`: what plans, or differences between syntheses, change about models. */
export function reviewCommand(): Command {
  const command = new Command('review')
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
    .option('--synth <folder>', 'output of cdktf synth that the plans were made of: construct paths, waivers in code');
  return withJudgementOptions(command, 'warn').action(async (inputs: string[], _: unknown, self: Command) => {
    process.exitCode = await review(inputs, await settledOptions<ReviewOptions>(self));
  });
}

async function review(inputs: readonly string[], options: ReviewOptions): Promise<number> {
  const run = startRun('review', options, [...inputs, ...options.base]);
  const { catalog, judgement, settings } = run;
  const { judged, base } = await readInputs(inputs, options, run);
  const evaluation = judge(run, judged, standingFindings(run, base));
  const changes = changeReport({ inputs: judged, catalog, asOf: judgement.asOf, settings });
  return finishRun(run, { judged, evaluation, changes });
}

/** What is judged, and what stands before it. */
async function readInputs(
  inputs: readonly string[],
  { base: bases, synth, quiet }: ReviewOptions,
  { reading }: Run,
): Promise<{ readonly judged: readonly JudgedInput[]; readonly base: readonly JudgedInput[] }> {
  const given = await readReviewSources(inputs, reading);
  const before = await readReviewSources(bases, reading);
  const plans = planInputs(given, reading, synth);
  const stacks = standingInputs(given.stacks, reading);
  const earlier = standingInputs(before.stacks, reading);
  const gone = stacks.length === 0 ? [] : stacksLeftOut(stacks, earlier);
  if (gone.length > 0 && !quiet) {
    process.stderr.write(
      `model-lifecycle: not in the code any more: ${gone.map((stack) => printable(stack)).join(', ')}; what these stacks deployed stays until 'cdktf destroy'\n`,
    );
  }
  return {
    judged: [...plans, ...(earlier.length === 0 ? stacks : comparedInputs(stacks, earlier))],
    base: [...planInputs(before, reading), ...earlier],
  };
}
