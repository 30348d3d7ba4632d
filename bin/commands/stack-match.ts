import { dirname } from 'node:path';
import { PlanDocument } from '../../lib/facts/plan-document';
import { hasOwnResources, StackMatcher } from '../../lib/facts/stack-match';
import { SynthesisedStack } from '../../lib/facts/synthesised-output';
import { noStackMatches, severalStacksMatch } from './errors';
import { placeOf } from './file-place';

/** A plan and where it was read from. */
export interface ReadPlan {
  readonly input: string;
  readonly plan: PlanDocument;
}

/** Output of cdktf synth that plans were made of, and the option that names it. */
export interface GivenSynthesis {
  readonly option: '--synth' | '--base-synth';
  readonly folder: string;
  /** True where the plans are of an earlier state of the code: only the names of stacks are taken, where they can be told. */
  readonly isEarlier?: boolean;
}

/**
 * The stack that each plan was made of: the one in whose folder the plan lies, else the one that it is likeliest to be by
 * what it holds.
 *
 * @throws if a plan fits several stacks alike, or no plan fits any
 */
export function matchStacks(
  { option, folder, isEarlier = false }: GivenSynthesis,
  stacks: readonly SynthesisedStack[],
  plans: readonly ReadPlan[],
): ReadonlyMap<ReadPlan, SynthesisedStack> {
  const matched = new Map<ReadPlan, SynthesisedStack>();
  const matcher = new StackMatcher(stacks);
  for (const each of plans) {
    const beside = stacks.find(({ file }) => each.input !== '-' && folderOf(file) === folderOf(each.input));
    const best = beside === undefined ? matcher.likeliest(each.plan) : [beside];
    if (best.length > 1 && !isEarlier) {
      throw severalStacksMatch(option, folder, each.input, best.map(nameOf));
    }
    if (best.length === 1) {
      matched.set(each, best[0]!);
    }
  }
  const unmatched = plans.filter((each) => !matched.has(each) && hasOwnResources(each.plan));
  if (matched.size === 0 && unmatched.length > 0 && !isEarlier) {
    throw noStackMatches(
      option,
      folder,
      unmatched.map(({ input }) => input),
      stacks.map(nameOf),
    );
  }
  return matched;
}

function nameOf({ stack, file }: SynthesisedStack): string {
  return stack ?? file;
}

function folderOf(file: string): string {
  return dirname(placeOf(file));
}
