import { isJsonObject, JsonObject } from '../contracts/json-file';
import { PlanDocument } from './plan-document';
import { SynthesisedStack } from './synthesised-output';

/** Bodies by address. */
type Resources = ReadonlyMap<string, JsonObject>;

/** Tells of which synthesised stack a plan was made, by what plan and stack hold. */
export class StackMatcher {
  private readonly declared: readonly (readonly [SynthesisedStack, Resources])[];

  constructor(stacks: readonly SynthesisedStack[]) {
    this.declared = stacks.map((stack) => [stack, resourcesOf(stack.configuration)]);
  }

  /**
   * The stack that declares most of the plan's addresses. Of stacks with the same addresses, as staging and production often
   * have, it is the one that has more of the plan's values; several where they fit alike. A plan of another configuration
   * has none.
   */
  likeliest(plan: PlanDocument): SynthesisedStack[] {
    const planned = valuesOf(plan);
    const addresses = (resources: Resources) => [...planned.keys()].filter((address) => resources.has(address));
    const byAddresses = mostOf(this.declared, ([, resources]) => addresses(resources).length);
    const byValues = mostOf(byAddresses, ([, resources]) =>
      addresses(resources).reduce(
        (count, address) => count + equalTexts(resources.get(address)!, planned.get(address)!),
        1,
      ),
    );
    return byValues.map(([stack]) => stack);
  }
}

/** Whether a plan has resources of its own, outside of modules, by which a stack could be found. */
export function hasOwnResources(plan: PlanDocument): boolean {
  return valuesOf(plan).size > 0;
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
