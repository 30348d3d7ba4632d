import { PlanFacts } from '../facts/plan-facts';
import { AccessCallers, IdentityHolders } from './access-callers';
import { accountsText } from './account-names';
import { Finding } from './finding';
import { LostAccess, RunAccess } from './lost-access';
import { identitiesGivenUp } from './lost-identities';
import { thisPlan } from './planned-changes';
import { Rule, RuleContext } from './rule';
import { findingOf, nameList, Statement, UNKNOWN } from './statement';

const FIX =
  'keep the assignment until nothing calls by it any more: assign the role that takes its place, apply that, move traffic, and destroy this one in a later plan';

/**
 * The role assignment by which something calls models goes, and the something stays. Refusals follow without any change
 * of a deployment; what is assigned anew takes up to ten minutes to take effect
 * (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting).
 */
export const accessRemovedWhileLive: Rule = {
  id: 'access-removed-while-live',
  summary:
    'A plan takes away the role or the identity by which a release, an orchestrator or a gateway that stays calls models, and no other gives it the same.',
  why:
    'Azure answers every call with 401 or 403 from then on, although the account, its deployments and the caller are all there. ' +
    'Where the assignment is destroyed before it is created again, or given to a new identity only by this plan, that lasts until the new one takes effect, up to ten minutes. ' +
    'Judged are built-in roles that call models, on a deployment that stands in their scope after the plan, and not what people may call.',
  fix: 'Assign the new role beside the old one, move traffic, and destroy the old one in a later plan.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'Nothing in the run tells who has the identity, or whether who has it calls models; another assignment or identity may give the same, and its holder, role, scope or condition cannot be read; no account of the deployments can be read.',
  check(context) {
    const { plan } = context.facts;
    return plan?.access === undefined
      ? []
      : [...takenAway(context, plan), ...identitiesGivenUp(accessRemovedWhileLive, context, plan)];
  },
};

function takenAway(context: RuleContext, plan: PlanFacts): Finding[] {
  const holders = IdentityHolders.of(context);
  const { stack } = context.facts;
  return RunAccess.of(context)
    .lostIn(
      plan,
      (principal) => holders.isSeen(principal),
      (principal) => holders.isKnown(principal),
    )
    .flatMap((lost) => {
      const callers = holders.callersOf(lost);
      const { address, type } = lost.change;
      const origin = { address, type, ...(stack !== undefined && { stack }) };
      return callers.isOver ? [] : [findingOf(accessRemovedWhileLive, { origin }, statementOf(plan, lost, callers))];
    });
}

function statementOf(
  plan: PlanFacts,
  { change, accounts, comesBack, mayRemain, isPlaceUnread }: LostAccess,
  { certain, possible, comesLater }: AccessCallers,
): Statement {
  const what = `the models of ${accountsText(accounts)}`;
  const isAgain = change.action === 'replace' && comesBack;
  const how =
    change.action === 'delete'
      ? 'destroys'
      : isAgain
        ? 'destroys, and creates again only then,'
        : 'replaces by one that does not give the same';
  const end = isAgain || comesLater ? 'until the new one takes effect' : 'from then on';
  const who = certain.length > 0 ? nameList(certain) : possible.length > 0 ? nameList(possible) : 'its holder';
  const message = `${thisPlan(plan)} ${how} the role assignment by which ${who} may call ${what}`;
  if (isPlaceUnread) {
    return { ...UNKNOWN, message: `${message}; whether a deployment is there cannot be read`, fix: FIX };
  }
  if (mayRemain) {
    return { ...UNKNOWN, message: `${message}; whether another assignment gives the same cannot be read`, fix: FIX };
  }
  return certain.length > 0
    ? { message: `${message}: Azure refuses its calls ${end}`, fix: FIX }
    : {
        ...UNKNOWN,
        message: `${message}, and nothing tells whether calls still depend on it`,
        fix: `make sure that nothing calls by it; otherwise ${FIX}`,
      };
}
