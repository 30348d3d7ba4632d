import { notAPlan } from '../../lib/facts/plan-errors';
import { readPlanFacts } from '../../lib/facts/plan-facts-reader';
import { readPlanDocument } from '../../lib/facts/plan-reader';
import { recognise } from '../../lib/facts/plan-recognition';
import { readSynthesisedOutput, SynthesisedStack } from '../../lib/facts/synthesised-output';
import { synthWithoutPlan } from './errors';
import { isFolder, openInput } from './input-source';
import { InputReading, JudgedInput } from './judged-input';
import { GivenSynthesis, matchStacks, ReadPlan } from './stack-match';
import { readStack } from './stack-source';

/** Plans and synthesised stacks as they were read, in the order in which they were given. */
export interface ReviewSources {
  readonly plans: readonly ReadPlan[];
  readonly stacks: readonly SynthesisedStack[];
}

/** A plan, and the stack that it was made of where that is known. */
export interface PlanInput extends JudgedInput {
  readonly synthesised?: SynthesisedStack;
}

/** Reads plans and synthesised stacks. @throws if one is neither, or cannot be read */
export async function readReviewSources(sources: readonly string[], reading: InputReading): Promise<ReviewSources> {
  const plans: ReadPlan[] = [];
  const stacks: SynthesisedStack[] = [];
  for (const source of sources) {
    const read = isFolder(source, reading) ? readSynthesisedOutput(source) : await readFile(source, reading);
    if (Array.isArray(read)) {
      stacks.push(...read);
    } else {
      plans.push(read);
    }
  }
  return { plans, stacks };
}

/**
 * The facts of plans, each together with the stack that it was made of.
 *
 * @throws if there is a synthesis and no plan, or the two do not belong together
 */
export function planInputs(
  { plans }: ReviewSources,
  { literals }: InputReading,
  synthesis: GivenSynthesis | undefined,
): PlanInput[] {
  const isEarlier = synthesis?.isEarlier ?? false;
  if (synthesis !== undefined && plans.length === 0 && !isEarlier) {
    throw synthWithoutPlan(synthesis.option, synthesis.folder);
  }
  const matched = synthesis && matchStacks(synthesis, readSynthesisedOutput(synthesis.folder), plans);
  return plans.map((each) => {
    const stack = matched?.get(each);
    const facts = readPlanFacts(each.plan, {
      literals,
      ...(stack && { stack: stack.stack, ...(!isEarlier && { synthesised: stack.configuration }) }),
    });
    return { input: each.input, facts, ...(stack && { synthesised: stack }) };
  });
}

async function readFile(source: string, reading: InputReading): Promise<ReadPlan | SynthesisedStack[]> {
  const input = await openInput(source, reading);
  try {
    const kind = recognise(input.head);
    if (kind === 'plan') {
      const plan = await readPlanDocument(input.chunks, { source, mayNameModel: reading.literals });
      return { input: source, plan };
    }
    if (kind === 'synthesised') {
      return await readStack(input, reading);
    }
    throw notAPlan(source, kind);
  } finally {
    await input.close();
  }
}
