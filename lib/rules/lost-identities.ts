import { IdentityHolder } from '../facts/access-facts';
import { PlanFacts } from '../facts/plan-facts';
import { IdentityHolders } from './access-callers';
import { accountsText } from './account-names';
import { CallsBefore } from './calls-before';
import { Finding } from './finding';
import { RunAccess } from './lost-access';
import { thisPlan } from './planned-changes';
import { RuleContext, RuleDescription } from './rule';
import { findingOf, nameList, Statement, UNKNOWN } from './statement';

const FIX =
  'keep the identity until nothing calls by it any more: give the app the new identity and its role beside it, apply that, move traffic, and take this one away in a later plan';

/** Apps and gateways that stay and lose an identity whose role assignments stay. Where those go as well, they are found there. */
export function identitiesGivenUp(rule: RuleDescription, context: RuleContext, plan: PlanFacts): Finding[] {
  const holders = IdentityHolders.of(context);
  const { stack } = context.facts;
  return (plan.access?.holders ?? []).flatMap((holder) =>
    holders.givenUpBy(holder).flatMap((principal): Finding[] => {
      const message = lossOf(context, plan, holder, principal);
      const { address, type } = holder;
      return message === undefined
        ? []
        : [findingOf(rule, { origin: { address, type, ...(stack !== undefined && { stack }) } }, message)];
    }),
  );
}

function lossOf(
  context: RuleContext,
  plan: PlanFacts,
  { address, after }: IdentityHolder,
  principal: string,
): Statement | undefined {
  const targets = RunAccess.of(context).targetsHeldBy({ principal, isSeen: true });
  const lacking = IdentityHolders.of(context).lackingOf(after!, principal, targets);
  const calls = CallsBefore.of(plan);
  const possible = calls.from(address, lacking.possible);
  if (possible.answer !== 'yes') {
    return undefined;
  }
  const certain = calls.from(address, lacking.certain);
  const isCertain = certain.answer === 'yes';
  const who = nameList((isCertain ? certain : possible).texts);
  const accounts = accountsText(isCertain ? lacking.certain : lacking.possible);
  const message = `${thisPlan(plan)} takes away the identity by which ${who} may call the models of ${accounts}`;
  return isCertain
    ? {
        message: `${message}: Azure refuses its calls ${lacking.comesLater ? 'until the role of its new one takes effect' : 'from then on'}`,
        fix: FIX,
      }
    : { ...UNKNOWN, message: `${message}; whether another identity gives the same cannot be read`, fix: FIX };
}
