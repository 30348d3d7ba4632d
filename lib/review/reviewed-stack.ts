import { ModelCatalog } from '../catalog/model-catalog';
import { CalendarDate } from '../contracts/calendar-date';
import { ConfigurationFacts } from '../facts/facts';
import { PlanFacts } from '../facts/plan-facts';
import { cachedKnowledge } from '../rules/cached-knowledge';
import { deploymentNamesOf } from '../rules/evaluate';
import { LifecycleKnowledge, RuleContext, RuleSettings } from '../rules/rule';

/** What a report of changes is made from. */
export interface ReviewRequest {
  readonly inputs: readonly { readonly input: string; readonly facts: ConfigurationFacts }[];
  readonly catalog: ModelCatalog;
  /** The catalogue as others of the same run ask it, so that nothing is judged twice. @default - it is asked on its own */
  readonly knowledge?: LifecycleKnowledge;
  readonly asOf: CalendarDate;
  readonly settings: RuleSettings;
}

/** One input with what stands before and after it, ready to be judged. */
export interface ReviewedStack {
  readonly input: string;
  /** How remarks call it. */
  readonly name: string;
  readonly after: RuleContext;
  /** Both are absent where the input is no plan. */
  readonly before?: RuleContext;
  readonly plan?: PlanFacts;
}

/** The inputs of a request; what several of them ask the catalogue is asked once. */
export function reviewedStacks({ inputs, catalog, knowledge, asOf, settings }: ReviewRequest): ReviewedStack[] {
  const cached = cachedKnowledge(knowledge ?? catalog);
  const namesBefore = namesOf(inputs.flatMap(({ facts }) => facts.plan?.before ?? []));
  const namesAfter = namesOf(inputs.map(({ facts }) => facts));
  const contextOf = (facts: ConfigurationFacts, names: ReadonlySet<string>): RuleContext => ({
    facts,
    catalog: cached,
    asOf,
    settings,
    isDeployed: (name) => names.has(name),
  });
  return inputs.map(({ input, facts }) => ({
    input,
    name: facts.stack ?? input,
    after: contextOf(facts, namesAfter),
    ...(facts.plan && { before: contextOf(facts.plan.before, namesBefore), plan: facts.plan }),
  }));
}

/** What the address was before a `moved` block. */
export function addressBefore({ plan }: ReviewedStack, address: string): string {
  return plan?.resources.get(address)?.previousAddress ?? address;
}

/** A resource of one of several inputs. */
export function placeKey({ input }: Pick<ReviewedStack, 'input'>, address: string): string {
  return JSON.stringify([input, address]);
}

function namesOf(configurations: readonly ConfigurationFacts[]): ReadonlySet<string> {
  return new Set(configurations.flatMap(deploymentNamesOf));
}
