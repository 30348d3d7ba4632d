import { ConfigurationFacts, DeploymentFact, ResourceOrigin } from '../facts/facts';
import { PATCHING_TYPES } from '../facts/patching-types';
import { DeploymentChange, PlanFacts, PlannedAction } from '../facts/plan-facts';
import { declarationOf, sharesCoordinates } from './coordinates';
import { modelChange } from './model-change';
import { labelOf } from './release-text';
import { RuleContext } from './rule';

/**
 * How a plan brings a model version to a deployment: `created`, where none was; `recreated`, after destroying the one
 * that was; `changed`, in place.
 */
export type Arrival = 'created' | 'recreated' | 'changed';

/** How messages call what is reviewed. */
export function thisPlan({ isForetold = false }: PlanFacts): 'this plan' | 'this change' {
  return isForetold ? 'this change' : 'this plan';
}

const changesByPlan = new WeakMap<PlanFacts, ReadonlyMap<string, DeploymentChange>>();

/** What the plan does to a deployment that stands after it; `undefined` without a plan. */
export function changeOf({ facts: { plan } }: RuleContext, fact: DeploymentFact): DeploymentChange | undefined {
  if (plan === undefined) {
    return undefined;
  }
  const known = changesByPlan.get(plan) ?? changesAfter(plan);
  changesByPlan.set(plan, known);
  return known.get(declarationOf(fact));
}

/** How the plan brings its model to a deployment; `undefined` where it has it already, or there is no plan. */
export function arrivalOf(context: RuleContext, fact: DeploymentFact): Arrival | undefined {
  const change = changeOf(context, fact);
  switch (change?.outcome) {
    case 'created':
      return PATCHING_TYPES.has(fact.origin.type) ? 'changed' : 'created';
    case 'replaced':
    case 'recreated':
      return 'recreated';
    case 'changed-in-place':
    case 'imported':
      if (change.before === undefined && PATCHING_TYPES.has(fact.origin.type)) {
        return 'changed';
      }
      return change.before !== undefined && modelChange(change.before, fact).changed.length > 0 ? 'changed' : undefined;
    default:
      return undefined;
  }
}

/** Whether a deployment with the same account and name stands before and after, in whichever way it gets there. */
export function keepsCoordinates({ outcome, before, after }: DeploymentChange): boolean {
  return before !== undefined && after !== undefined && (outcome === 'recreated' || sharesCoordinates(before, after));
}

const movesByPlan = new WeakMap<PlanFacts, ReadonlyMap<string, PlannedAction>>();

/** What happens to what stands at an address before the plan, wherever it has moved. */
export function actionOn(plan: PlanFacts, { address }: Pick<ResourceOrigin, 'address'>): PlannedAction | undefined {
  const known = movesByPlan.get(plan) ?? movesOf(plan);
  movesByPlan.set(plan, known);
  return known.get(address) ?? actionAt(plan, { address });
}

/** What happens to what stands at an address after the plan. */
export function actionAt(plan: PlanFacts, { address }: Pick<ResourceOrigin, 'address'>): PlannedAction | undefined {
  return plan.resources.get(address);
}

/** Whether the plan does anything to what stands at an address after it. */
export function isChangedAt(plan: PlanFacts, origin: Pick<ResourceOrigin, 'address'>): boolean {
  const action = actionAt(plan, origin)?.action;
  return action !== undefined && action !== 'no-op' && action !== 'read';
}

const appsByFacts = new WeakMap<ConfigurationFacts, ReadonlySet<string>>();

/**
 * What happens to the app of a release that stood before. A comparison of two configurations lists no actions on apps:
 * there, one ends whose address and label are both gone.
 */
export function actionOnApp(
  { facts }: RuleContext,
  { origin, label }: { readonly origin: Pick<ResourceOrigin, 'address'>; readonly label?: string },
): Pick<PlannedAction, 'action' | 'replaceOrder'> | undefined {
  const planned = actionOn(facts.plan!, origin);
  if (planned !== undefined || label === undefined) {
    return planned;
  }
  const apps = appsByFacts.get(facts) ?? appsOf(facts);
  appsByFacts.set(facts, apps);
  return apps.has(`at ${origin.address}`) || apps.has(`label ${label}`) ? undefined : { action: 'delete' };
}

function appsOf({ releases }: ConfigurationFacts): ReadonlySet<string> {
  return new Set(
    (releases?.orchestrators ?? []).flatMap((one) => [`at ${one.origin.address}`, `label ${labelOf(one) ?? ''}`]),
  );
}

function movesOf(plan: PlanFacts): ReadonlyMap<string, PlannedAction> {
  const moves = new Map<string, PlannedAction>();
  for (const action of plan.resources.values()) {
    if (action.previousAddress !== undefined) {
      moves.set(action.previousAddress, action);
    }
  }
  return moves;
}

function changesAfter({ deployments }: PlanFacts): ReadonlyMap<string, DeploymentChange> {
  return new Map(deployments.flatMap((change) => (change.after ? [[declarationOf(change.after), change]] : [])));
}
