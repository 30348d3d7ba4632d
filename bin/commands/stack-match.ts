import { dirname } from 'node:path';
import { isJsonObject, JsonObject } from '../../lib/contracts/json-file';
import { PlanDocument } from '../../lib/facts/plan-document';
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
 * The stack that each plan was made of: the one in whose folder the plan lies, else the one that declares most of the
 * plan's addresses. Of stacks with the same addresses, as staging and production often have, it is the one that has more
 * of the plan's values. A plan of another configuration has none.
 *
 * @throws if a plan fits several stacks alike, or no plan fits any
 */
export function matchStacks(
  { option, folder, isEarlier = false }: GivenSynthesis,
  stacks: readonly SynthesisedStack[],
  plans: readonly ReadPlan[],
): ReadonlyMap<ReadPlan, SynthesisedStack> {
  const matched = new Map<ReadPlan, SynthesisedStack>();
  const declared = new Map(stacks.map((stack) => [stack, resourcesOf(stack.configuration)]));
  for (const each of plans) {
    const beside = stacks.find(({ file }) => each.input !== '-' && folderOf(file) === folderOf(each.input));
    const best = beside === undefined ? bestOf(declared, valuesOf(each.plan)) : [beside];
    if (best.length > 1 && !isEarlier) {
      throw severalStacksMatch(option, folder, each.input, best.map(nameOf));
    }
    if (best.length === 1) {
      matched.set(each, best[0]!);
    }
  }
  const unmatched = plans.filter((each) => !matched.has(each) && valuesOf(each.plan).size > 0);
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

/** Bodies by address. */
type Resources = ReadonlyMap<string, JsonObject>;

function bestOf(declared: ReadonlyMap<SynthesisedStack, Resources>, planned: Resources): SynthesisedStack[] {
  const addresses = (resources: Resources) => [...planned.keys()].filter((address) => resources.has(address));
  const byAddresses = mostOf([...declared], ([, resources]) => addresses(resources).length);
  const byValues = mostOf(byAddresses, ([, resources]) =>
    addresses(resources).reduce(
      (count, address) => count + equalTexts(resources.get(address)!, planned.get(address)!),
      1,
    ),
  );
  return byValues.map(([stack]) => stack);
}

/** The ones with the highest count, if that is not zero. */
function mostOf<T>(all: readonly T[], countOf: (each: T) => number): T[] {
  const counted = all.map((each) => ({ each, count: countOf(each) }));
  const most = counted.reduce((highest, { count }) => Math.max(highest, count), 0);
  return counted.filter(({ count }) => count === most && most > 0).map(({ each }) => each);
}

function equalTexts(one: JsonObject, other: JsonObject): number {
  return Object.entries(one).filter(([key, value]) => typeof value === 'string' && other[key] === value).length;
}

/** The resources of a synthesised stack, by address. */
function resourcesOf(configuration: unknown): Resources {
  const resources = new Map<string, JsonObject>();
  const types = isJsonObject(configuration) && isJsonObject(configuration.resource) ? configuration.resource : {};
  for (const [type, named] of Object.entries(types)) {
    for (const [name, body] of Object.entries(isJsonObject(named) ? named : {})) {
      resources.set(`${type}.${name}`, isJsonObject(body) ? body : {});
    }
  }
  return resources;
}

/** The values of a plan's own resources after it, or before it where it destroys them; those of modules are left out. */
function valuesOf({ changes, prior }: PlanDocument): Resources {
  const values = new Map<string, JsonObject>();
  const keep = (type: string, name: string, value: unknown) =>
    values.set(`${type}.${name}`, isJsonObject(value) ? value : {});
  for (const { mode, moduleAddress, type, name, values: value } of prior) {
    if (mode === 'managed' && moduleAddress === undefined) {
      keep(type, name, value);
    }
  }
  for (const { mode, moduleAddress, type, name, before, after } of changes) {
    if (mode === 'managed' && moduleAddress === undefined) {
      keep(type, name, after ?? before);
    }
  }
  return values;
}

function nameOf({ stack, file }: SynthesisedStack): string {
  return stack ?? file;
}

function folderOf(file: string): string {
  return dirname(placeOf(file));
}
