import { Attribute, unknown } from './attribute';
import { DeploymentCoordinates } from './deployment-coordinates';
import { ConfigurationFacts, DeletionFact, DeploymentFact } from './facts';
import { DeploymentChange, DeploymentOutcome, PlannedAction } from './plan-facts';

/** Outcomes after which the deployment that was there before is still there. */
const LIVES_ON: ReadonlySet<DeploymentOutcome> = new Set([
  'kept',
  'moved',
  'imported',
  'forgotten',
  'changed-in-place',
]);

/**
 * The changes with what requests delete when the plan is applied. A deployment that the plan declares nowhere is there
 * as well: nothing but its coordinates is known of it.
 */
export function withDeletions(
  changes: readonly DeploymentChange[],
  sides: readonly ConfigurationFacts[],
  { coordinates, resources }: { coordinates: DeploymentCoordinates; resources: ReadonlyMap<string, PlannedAction> },
): readonly DeploymentChange[] {
  const [before, after] = sides.map(({ deletions = [] }) => deletions);
  const sent = [
    ...before!.filter((fact) => fact.isAtDestroy && doesAny(resources, fact, 'delete', 'replace')),
    ...after!.filter((fact) => !fact.isAtDestroy && doesAny(resources, fact, 'create', 'update', 'replace')),
  ];
  return sent.reduce((known, deletion) => {
    const isMeant = (change: DeploymentChange) => isDeleted(change.before ?? change.after!, deletion, coordinates);
    if (!known.some(isMeant)) {
      return deletion.deployment.state === 'absent' ? known : [...known, undeclared(deletion)];
    }
    return known.map((change) => {
      const standing = LIVES_ON.has(change.outcome) ? (change.before ?? change.after) : undefined;
      return standing && isMeant(change) ? { outcome: 'destroyed', before: standing } : change;
    });
  }, changes);
}

function doesAny(
  resources: ReadonlyMap<string, PlannedAction>,
  { origin }: DeletionFact,
  ...actions: readonly PlannedAction['action'][]
): boolean {
  const action = resources.get(origin.address)?.action;
  return action !== undefined && actions.includes(action);
}

function isDeleted(fact: DeploymentFact, deletion: DeletionFact, coordinates: DeploymentCoordinates): boolean {
  const deployment = deletion.deployment.state === 'absent' ? fact.deployment : deletion.deployment;
  const key = coordinates.of({ ...fact, account: deletion.account, deployment });
  return key !== undefined && key === coordinates.of(fact);
}

function undeclared({ origin, account, deployment }: DeletionFact): DeploymentChange {
  const nothing: Attribute = unknown('declared elsewhere');
  const before: DeploymentFact = {
    origin,
    declaredBy: 'azapi',
    account,
    deployment,
    format: nothing,
    model: nothing,
    version: nothing,
    sku: nothing,
    capacity: unknown('declared elsewhere'),
    versionUpgradeOption: nothing,
  };
  return { outcome: 'destroyed', before };
}
