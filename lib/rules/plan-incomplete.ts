import { abridged } from '../contracts/printable';
import { PlanFacts } from '../facts/plan-facts';
import { Rule } from './rule';
import { findingOf, nameList, Statement } from './statement';

/** A plan that does not say all that will happen. */
export const planIncomplete: Rule = {
  id: 'plan-incomplete',
  summary: 'A plan failed half-way, was limited to some resources, or leaves changes to a later run.',
  why: 'What is not in the plan has not been reviewed: a retired model or a route without a deployment in it passes unseen.',
  fix: 'Plan without `-target`, correct what stopped the plan, and review the plan of each further run.',
  severity: 'warning',
  unknownWhen: 'Never.',
  waiverLimit: 14,
  check({ facts: { plan, stack } }) {
    const origin = { address: stack ?? 'plan', type: 'plan', ...(stack !== undefined && { stack }) };
    return plan === undefined ? [] : gaps(plan).map((gap) => findingOf(planIncomplete, { origin }, gap));
  },
};

function gaps(plan: PlanFacts): Statement[] {
  if (plan.isErrored) {
    return [
      {
        message: 'planning failed half-way: what would have come after that has not been reviewed',
        fix: 'correct what terraform plan reports, and review the plan again',
        subject: 'errored',
      },
    ];
  }
  const deferred = [...plan.resources.values()].filter(({ deferredReason }) => deferredReason !== undefined);
  if (deferred.length > 0) {
    const named = nameList(
      deferred.map(({ address, deferredReason }) => `${abridged(address)} (${abridged(deferredReason!)})`),
    );
    return [
      {
        message: `the plan leaves ${named} to a later run: what happens to ${deferred.length === 1 ? 'it' : 'them'} has not been reviewed`,
        fix: 'review the plan of the run that follows as well',
        subject: 'deferred',
      },
    ];
  }
  return plan.isComplete
    ? []
    : [
        {
          message:
            'the plan does not cover everything (-target, or changes that wait for a later run): what it leaves out has not been reviewed, and most texts of resources that it leaves alone have not been searched for names of models',
          fix: 'plan without -target, or review the plan of the run that follows as well',
          subject: 'incomplete',
        },
      ];
}
