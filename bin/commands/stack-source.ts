import { isJsonObject } from '../../lib/contracts/json-file';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { readSynthesisedOutput, SynthesisedStack } from '../../lib/facts/synthesised-output';
import { notCode } from './errors';
import { OpenInput, readJson } from './input-source';
import { InputReading, JudgedInput } from './judged-input';

/** What a configuration in JSON has at its top: https://developer.hashicorp.com/terraform/language/syntax/json */
const BLOCKS = ['resource', 'data', 'module', 'terraform', 'provider', 'variable', 'locals', 'output'];

/** The stack that a file holds, or a pipe, which can be read only once. @throws if it holds something else */
export async function readStack(input: OpenInput, { command }: InputReading): Promise<SynthesisedStack[]> {
  if (!input.isPipe) {
    return readSynthesisedOutput(input.source);
  }
  const configuration = await readJson(input);
  if (!isJsonObject(configuration) || !BLOCKS.some((block) => block in configuration)) {
    throw notCode(input.source, command);
  }
  return [{ file: input.source, configuration }];
}

/** The facts of synthesised stacks as they stand. */
export function standingInputs(stacks: readonly SynthesisedStack[], { literals }: InputReading): JudgedInput[] {
  return stacks.map(({ file, configuration, stack }) => ({
    input: file,
    facts: readStackConfiguration(configuration, { stack, literals }),
  }));
}
