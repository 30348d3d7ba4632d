import { abridged } from '../contracts/printable';
import { CompleteDeployment } from '../facts/complete-templates';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { accountIdOf } from './ended-containers';
import { Finding } from './finding';
import { onceARun, plansOf } from './once-a-run';
import { thisPlan } from './planned-changes';
import { RuleContext, RuleDescription } from './rule';
import { findingOf, nameList, UNKNOWN } from './statement';

const ACCOUNT =
  /^\/subscriptions\/(?<subscription>[^/]+)\/resourcegroups\/(?<group>[^/]+)\/.*\/accounts\/(?<account>[^/]+)$/;

interface Sweep {
  readonly plan: PlanFacts;
  readonly deployed: CompleteDeployment;
}

const sweepsOf = onceARun((context): readonly Sweep[] =>
  plansOf(context).flatMap((plan) => (plan.completeDeployments ?? []).map((deployed): Sweep => ({ plan, deployed }))),
);

/** How a plan of the run deletes the account of a deployment with a template in mode `Complete`, where that is certain. */
export function sweptWith(context: RuleContext, plan: PlanFacts, change: DeploymentChange): string | undefined {
  const found = sweepsAround(context, plan, change).find((sweep) => isCertain(sweep, plan));
  return found === undefined
    ? undefined
    : `${found.plan === plan ? thisPlan(plan) : 'another plan of this run'} deletes its account with ${abridged(found.deployed.address)}, a template in mode Complete that does not declare it`;
}

/** What may be deleted so, one finding for each template. */
export function mayBeSwept(
  rule: RuleDescription,
  context: RuleContext,
  plan: PlanFacts,
  changes: readonly DeploymentChange[],
): Finding[] {
  const byTemplate = new Map<CompleteDeployment, string[]>();
  for (const change of changes) {
    const sweeps = sweepsAround(context, plan, change);
    const first = sweeps.some((sweep) => isCertain(sweep, plan)) ? undefined : sweeps[0];
    if (first !== undefined) {
      const names = byTemplate.get(first.deployed) ?? [];
      byTemplate.set(first.deployed, names);
      names.push(abridged((change.after ?? change.before)!.origin.address));
    }
  }
  const { stack } = context.facts;
  return [...byTemplate].map(([deployed, names]) => {
    const { address, type } = deployed;
    const origin = { address, type, ...(stack !== undefined && { stack }) };
    const what = names.length === 1 ? `deployment ${names[0]!}` : `${names.length} deployments (${nameList(names)})`;
    const message = `${doubtOf(deployed)}, and Azure deletes the accounts of the group that it does not declare: that may end ${what}`;
    const fix = 'deploy the template in mode Incremental, or declare in it all that is in the resource group';
    return findingOf(rule, { origin }, { ...UNKNOWN, message, fix });
  });
}

function doubtOf({ isCertain: isComplete, group, mayDeclareMore }: CompleteDeployment): string {
  if (!isComplete) {
    return 'this template is deployed, whether in mode Complete cannot be read';
  }
  const doubts = [
    ...(group === undefined || !mayDeclareMore ? ['into which resource group'] : []),
    ...(mayDeclareMore ? ['which accounts it declares'] : []),
  ];
  return `this template is deployed in mode Complete; ${doubts.join(' and ')} cannot be read`;
}

/** Groups of one name are in many subscriptions; those of one plan are mostly in one. */
function isCertain({ plan, deployed }: Sweep, reviewed: PlanFacts): boolean {
  const { group, subscription, mayDeclareMore } = deployed;
  const isPlaced = group !== undefined && (subscription !== undefined || plan === reviewed);
  return deployed.isCertain && isPlaced && !mayDeclareMore;
}

function sweepsAround(context: RuleContext, plan: PlanFacts, { before, after }: DeploymentChange): readonly Sweep[] {
  const sweeps = sweepsOf(context);
  const id = sweeps.length === 0 ? undefined : accountIdOf(plan, (before ?? after)!);
  const place = id === undefined ? undefined : ACCOUNT.exec(id)?.groups;
  return place === undefined
    ? []
    : sweeps.filter(
        ({ plan: sweeping, deployed: { group, subscription, accounts } }) =>
          (group === undefined ? sweeping === plan : group === place.group) &&
          (subscription === undefined || subscription === place.subscription) &&
          !accounts.includes(place.account!),
      );
}
