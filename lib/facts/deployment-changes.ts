import { accountAddress, DeploymentCoordinates } from './deployment-coordinates';
import { isOtherModel, isRenamed, Pairs } from './deployment-pairs';
import { DeploymentFact } from './facts';
import { PATCHING_TYPES } from './patching-types';
import { DeploymentChange, DeploymentOutcome, PlannedAction } from './plan-facts';

/** What is known of a plan besides its deployments. */
export interface PlannedSurroundings {
  readonly coordinates: DeploymentCoordinates;
  /** What happens to each resource, by address. */
  readonly resources: ReadonlyMap<string, PlannedAction>;
  /** Objects that Terraform lets go of, by address; another one may be created there. */
  readonly forgotten: ReadonlyMap<string, PlannedAction>;
  /** Addresses of templates that delete what they no longer list. */
  readonly complete: ReadonlySet<string>;
}

interface Side {
  readonly fact: DeploymentFact;
  /** Address of the resource once the plan is applied. */
  readonly address: string;
  readonly action?: PlannedAction;
  readonly key?: string;
}

/**
 * Every deployment before and after a plan, paired by what it is on Azure: account and name. Addresses count where that
 * leaves something open. Each deployment of either side is in exactly one of the changes.
 */
export function deploymentChanges(
  before: readonly DeploymentFact[],
  after: readonly DeploymentFact[],
  { coordinates, resources, forgotten, complete }: PlannedSurroundings,
): DeploymentChange[] {
  const moved = movesIn(resources);
  const sideOf = (fact: DeploymentFact, address: string, action = resources.get(address)): Side => ({
    fact,
    address,
    action,
    key: coordinates.of(fact),
  });
  const old = before.map((fact) => {
    const { address } = fact.origin;
    return sideOf(fact, moved.get(address) ?? address, forgotten.get(address));
  });
  const pairs = new Pairs(
    old,
    after.map((fact) => sideOf(fact, fact.origin.address)),
  )
    .by((side) => side.key && addressKey(side, side.key))
    .by(
      (from) => placeOf(from, isDestroyed(from) ? 'ends' : isLetGo(from) ? 'is let go' : undefined),
      (to) => placeOf(to, isCreated(to) ? 'ends' : isAdopted(to) ? 'is let go' : undefined),
    )
    .by((side) => (side.fact.declaredBy === 'template' ? undefined : addressKey(side)));
  return [
    ...pairs.after.map((to): DeploymentChange => {
      const from = pairs.partnerOf(to);
      return from === undefined ? { outcome: appearing(to), after: to.fact } : continued(from, to, resources);
    }),
    ...pairs.left().map((from): DeploymentChange => ({ outcome: disappearing(from, complete), before: from.fact })),
  ];
}

/** Addresses by what they were before a `moved` block. */
function movesIn(resources: ReadonlyMap<string, PlannedAction>): ReadonlyMap<string, string> {
  return new Map(
    [...resources].flatMap(([address, { previousAddress }]): [string, string][] =>
      previousAddress === undefined ? [] : [[previousAddress, address]],
    ),
  );
}

/** What is forgotten does not go on at its own address. */
function addressKey({ address, action }: Side, key = ''): string | undefined {
  return action?.action === 'forget' ? undefined : JSON.stringify([address, key]);
}

/** What ends at one address can go on at another where the two changes fit together. */
function placeOf({ key }: Side, how: string | undefined): string | undefined {
  return key === undefined || how === undefined ? undefined : `${how} ${key}`;
}

function isDestroyed({ fact, action }: Side): boolean {
  return !isPatch(fact) && (action?.action === 'delete' || action?.action === 'replace');
}

function isCreated({ fact, action }: Side): boolean {
  const isCreating = action?.action === 'create' || action?.action === 'replace';
  return !isPatch(fact) && isCreating && action.importId === undefined;
}

function isLetGo({ fact, action }: Side): boolean {
  return action?.action === 'forget' || (isPatch(fact) && action?.action === 'delete');
}

function isAdopted({ fact, action }: Side): boolean {
  return action?.importId !== undefined || (isPatch(fact) && action?.action === 'create');
}

function isPatch({ origin }: DeploymentFact): boolean {
  return PATCHING_TYPES.has(origin.type);
}

function continued(from: Side, to: Side, resources: ReadonlyMap<string, PlannedAction>): DeploymentChange {
  const outcome = outcomeOf(from, to);
  const account = accountAddress(to.fact.account);
  const ordering =
    outcome === 'replaced' ? to.action : outcome === 'recreated' && account ? resources.get(account) : undefined;
  const replaceOrder = ordering?.replaceOrder;
  return { outcome, before: from.fact, after: to.fact, ...(replaceOrder !== undefined && { replaceOrder }) };
}

function outcomeOf(from: Side, to: Side): DeploymentOutcome {
  const { action } = to;
  const isSameResource = from.action === action;
  if (!isSameResource && isDestroyed(from)) {
    return 'recreated';
  }
  if (isSameResource && isDestroyed(to)) {
    return 'replaced';
  }
  if (isOtherModel(from.fact, to.fact) || isRenamed(from.fact, to.fact)) {
    return 'changed-in-place';
  }
  if (isSameResource && action?.importId !== undefined) {
    return 'imported';
  }
  const isMoved = action?.previousAddress !== undefined && action.previousAddress !== action.address;
  return isSameResource && !isMoved ? 'kept' : 'moved';
}

function appearing({ fact, action }: Side): DeploymentOutcome {
  if (isPatch(fact)) {
    return action?.action === 'no-op' ? 'kept' : 'changed-in-place';
  }
  return action?.importId === undefined ? 'created' : 'imported';
}

/** A template that no longer lists a deployment leaves it alone, unless it is complete, or is itself destroyed. */
function disappearing(side: Side, complete: ReadonlySet<string>): DeploymentOutcome {
  const isUnlisted = side.fact.declaredBy === 'template' && side.action?.action !== 'forget';
  return isDestroyed(side) || (isUnlisted && complete.has(side.address)) ? 'destroyed' : 'forgotten';
}
