import { compareConfigurations } from './compared-configurations';
import { ConfigurationFacts } from './facts';

/** What was read of one synthesised stack, and from where. */
export interface ReadStack {
  /** File, `-` for standard input. */
  readonly input: string;
  readonly facts: ConfigurationFacts;
}

/**
 * Synthesised stacks compared with what stands before them, by name; one stack with one other whatever they are called.
 * A stack that was not there before creates all that it declares.
 */
export function compareStacks(after: readonly ReadStack[], before: readonly ReadStack[]): ReadStack[] {
  const [only] = after.length === 1 && before.length === 1 ? before : [];
  return after.map(({ input, facts }) => {
    const earlier = only ?? before.find((each) => each.facts.stack === facts.stack);
    return { input, facts: compareConfigurations(earlier?.facts ?? nothing(facts.stack), facts) };
  });
}

/** Stacks that were there and are not any more; without them in the code, nothing happens to what they deployed. */
export function stacksLeftOut(after: readonly ReadStack[], before: readonly ReadStack[]): string[] {
  if (after.length === 1 && before.length === 1) {
    return [];
  }
  const known = new Set(after.map(({ facts }) => facts.stack));
  return before.filter(({ facts }) => !known.has(facts.stack)).map(({ facts, input }) => facts.stack ?? input);
}

function nothing(stack: string | undefined): ConfigurationFacts {
  return { ...(stack !== undefined && { stack }), deployments: [], literals: [], opaque: [], waivers: [] };
}
