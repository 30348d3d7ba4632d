import { notAPlan } from '../../lib/facts/plan-errors';
import { recognise } from '../../lib/facts/plan-recognition';
import { readStateFacts } from '../../lib/facts/state-configuration';
import { readSynthesisedOutput } from '../../lib/facts/synthesised-output';
import { emptyPipe, notCode, planForReview } from './errors';
import { isFolder, OpenInput, openInput, readJson } from './input-source';
import { InputReading, JudgedInput } from './judged-input';
import { readStack, standingInputs } from './stack-source';

/** The facts of a synthesis or of a state. @throws if the source is neither, or cannot be read */
export async function readCheckInput(source: string, reading: InputReading): Promise<JudgedInput[]> {
  if (isFolder(source, reading)) {
    return standingInputs(readSynthesisedOutput(source), reading);
  }
  const input = await openInput(source, reading);
  try {
    return await readOpenCheckInput(input, reading);
  } finally {
    await input.close();
  }
}

/** The same of a file or a pipe that is open; whoever opened it closes it. */
export async function readOpenCheckInput(input: OpenInput, reading: InputReading): Promise<JudgedInput[]> {
  const { literals } = reading;
  const { source } = input;
  const kind = recognise(input.head);
  switch (kind) {
    case 'plan':
      throw planForReview(source);
    case 'state':
    case 'state-file':
      return [{ input: source, facts: readStateFacts(await readJson(input), { literals, source }) }];
    case 'binary-plan':
    case 'encrypted':
    case 'plan-log':
    case 'text-plan':
    case 'wrapped':
      throw notAPlan(source, kind);
    case 'synthesised':
      return standingInputs(await readStack(input, reading), reading);
    default:
      if (input.isPipe) {
        throw kind === 'empty' ? emptyPipe(source, reading.command) : notCode(source, reading.command);
      }
      return standingInputs(readSynthesisedOutput(source), reading);
  }
}
