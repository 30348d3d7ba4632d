import { Command } from 'commander';
import { settledOptions } from '../configuration/settled-options';
import { readCheckInput } from './check-inputs';
import { JudgedInput } from './judged-input';
import { finishRun, judge, startRun } from './judgement';
import { JudgementOptions, withJudgementOptions } from './judgement-options';

/** `model-lifecycle check`: the rules of the guard over synthesised stacks and states. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('applies the rules of the guard to synthesised stacks and Terraform states')
    .argument(
      '<input...>',
      'output folder of cdktf synth (cdktf.out), folder of a stack, cdk.tf.json, terraform.tfstate, or - for standard input',
    );
  return withJudgementOptions(command).action(async (inputs: string[], _: unknown, self: Command) => {
    process.exitCode = await check(inputs, await settledOptions<JudgementOptions>(self));
  });
}

async function check(inputs: readonly string[], options: JudgementOptions): Promise<number> {
  const run = startRun('check', options, inputs);
  const judged: JudgedInput[] = [];
  for (const input of inputs) {
    judged.push(...(await readCheckInput(input, run.reading)));
  }
  return finishRun(run, { judged, evaluation: judge(run, judged) });
}
