import { ConfigurationFacts } from '../facts/facts';
import { PlanFacts } from '../facts/plan-facts';
import { RuleContext } from './rule';

/** What is made of everything that is judged in a run, made once however many rules and configurations ask for it. */
export function onceARun<Made>(make: (context: RuleContext) => Made): (context: RuleContext) => Made {
  const made = new WeakMap<readonly ConfigurationFacts[] | ConfigurationFacts, Made>();
  return (context) => {
    const run = context.configurations ?? context.facts;
    const known = made.get(run);
    const result = known ?? make(context);
    if (known === undefined) {
      made.set(run, result);
    }
    return result;
  };
}

/** Plans of everything that is judged in the run. */
export function plansOf({ configurations, facts }: RuleContext): PlanFacts[] {
  return (configurations ?? [facts]).flatMap(({ plan }) => plan ?? []);
}
