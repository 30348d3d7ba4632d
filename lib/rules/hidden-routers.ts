import { PlanFacts } from '../facts/plan-facts';
import { Finding } from './finding';
import { actionOn, thisPlan } from './planned-changes';
import { RuleContext, RuleDescription } from './rule';
import { findingOf, UNKNOWN } from './statement';

/** What nobody can read before the plan or after it, and may send users somewhere, where the plan changes it. */
export function hiddenRouterFindings(rule: RuleDescription, { facts }: RuleContext, plan: PlanFacts): Finding[] {
  const routers = new Set((plan.before.traffic?.routers ?? []).map(({ origin }) => origin.address));
  const seen = new Set<string>();
  return (plan.before.traffic?.hidden ?? []).flatMap((policy) => {
    const planned = actionOn(plan, policy.origin);
    const verb = planned && VERBS[planned.action];
    if (verb === undefined || routers.has(policy.origin.address) || seen.has(policy.origin.address)) {
      return [];
    }
    seen.add(policy.origin.address);
    const after = facts.traffic?.hidden?.find(({ origin }) => origin.address === planned!.address);
    return [
      findingOf(rule, after ?? policy, {
        ...UNKNOWN,
        message: `${thisPlan(plan)} ${verb} this policy, whose contents cannot be read, where backends lead to models or releases: whether it is a router, and how many users move, is not known`,
        fix: 'keep what is sensitive out of the policy, in a named value of its own, so that the rest of it can be read',
        subject: 'hidden',
      }),
    ];
  });
}

const VERBS: Readonly<Partial<Record<string, string>>> = {
  update: 'changes',
  replace: 'replaces',
  delete: 'destroys',
};
