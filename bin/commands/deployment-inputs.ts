import { readPlanFacts } from '../../lib/facts/plan-facts-reader';
import { readPlanDocument } from '../../lib/facts/plan-reader';
import { recognise } from '../../lib/facts/plan-recognition';
import { readSynthesisedOutput } from '../../lib/facts/synthesised-output';
import { readOpenCheckInput } from './check-inputs';
import { isFolder, openInput } from './input-source';
import { InputReading, JudgedInput } from './judged-input';
import { standingInputs } from './stack-source';

/** What can be given as an input, in the words of the help. */
export const DEPLOYMENT_INPUTS =
  "plan as 'terraform show -json' writes it, output of cdktf synth (cdktf.out), cdk.tf.json, Terraform state, or - for standard input";

/** Texts that name models are no deployments: where only these are asked for, none is looked at. */
export const NO_LITERALS = (): boolean => false;

/**
 * The facts of what stands once the input is applied: a plan as `terraform show -json` writes it, a synthesis or a state.
 *
 * @throws if the source is none of them, or cannot be read
 */
export async function readDeploymentInput(source: string, reading: InputReading): Promise<JudgedInput[]> {
  const { literals } = reading;
  if (isFolder(source, reading)) {
    return standingInputs(readSynthesisedOutput(source), reading);
  }
  const input = await openInput(source, reading);
  try {
    if (recognise(input.head) !== 'plan') {
      return await readOpenCheckInput(input, reading);
    }
    const plan = await readPlanDocument(input.chunks, { source, mayNameModel: literals });
    return [{ input: source, facts: readPlanFacts(plan, { literals }) }];
  } finally {
    await input.close();
  }
}
