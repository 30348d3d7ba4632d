import { BlockMemory } from './block-memory';
import { completeDeployments, completeTemplates } from './complete-templates';
import { deploymentChanges } from './deployment-changes';
import { accountIdsOf, DeploymentCoordinates } from './deployment-coordinates';
import { ConfigurationFacts, DeploymentFact } from './facts';
import { property } from './json';
import {
  addressOf,
  afterOf,
  beforeOf,
  PlanSides,
  SideResource,
  sidesOf,
  untouchedResources,
} from './plan-configuration';
import { PlanDocument, ResourceChange, StateResource } from './plan-document';
import { DeploymentDrift, PlannedAction } from './plan-facts';
import { plannedAccess } from './planned-access';
import { withDeletions } from './planned-deletions';
import { plannedIdentity } from './planned-identity';
import { SensitiveMarks } from './sensitive-marks';

/** How a plan is read. */
export interface PlanFactsReading {
  /** Name of the stack. @default the one in the synthesised configuration */
  readonly stack?: string;
  /** Whether a text is worth keeping as a literal. @default every text that is not empty */
  readonly literals?: (text: string) => boolean;
  /**
   * What cdktf synthesised for the same stack (`cdk.tf.json`): construct paths, waivers that stand in code, and
   * `ignore_changes`, none of which a plan holds. @default - none of them is known
   */
  readonly synthesised?: unknown;
}

/**
 * Reads a plan as the configuration that it leads to, in the same facts as one that was synthesised, and in `plan` what
 * stands before it and what becomes of each deployment.
 *
 * What is known only after the apply is unknown; it is named by the resource that it follows from where the plan tells. What
 * the plan marks as sensitive is unknown as well, and not in the facts.
 */
export function readPlanFacts(plan: PlanDocument, reading: PlanFactsReading = {}): ConfigurationFacts {
  const { synthesised, ...stackReading } = reading;
  const untouched = untouchedResources(plan);
  const { before: standingResources, after: planned } = sidesOf(plan, untouched);
  const marks = new SensitiveMarks(plan);
  const sides = new PlanSides(plan.configuration, planned, marks, synthesised);
  const isPartial = !plan.isComplete || plan.isErrored;
  const memory = new BlockMemory();
  const after = sides.read(planned, { ...stackReading, isPartial, memory }, property(synthesised, '//'));
  const resources = actionsOf(plan, untouched, marks);
  const forgotten = new Map(
    plan.changes
      .filter(({ action }) => action === 'forget')
      .map((change) => [addressOf(change), actionOf(change, marks)]),
  );
  const coordinates = new DeploymentCoordinates(accountIdsOf([...plan.changes, ...untouched]));
  const standing = sides.read(standingResources, { ...stackReading, memory });
  const isAdopted = ({ origin }: DeploymentFact) => resources.get(origin.address)?.importId !== undefined;
  const before = {
    ...standing,
    deployments: withoutAdopted(standing.deployments, { coordinates, forgotten, isAdopted }),
  };
  const complete = completeTemplates(plan.changes);
  const surroundings = { coordinates, resources, forgotten, complete };
  const changes = deploymentChanges(before.deployments, after.deployments, surroundings);
  return {
    ...after,
    plan: {
      terraformVersion: plan.terraformVersion,
      isComplete: plan.isComplete,
      isErrored: plan.isErrored,
      resourceCount: plan.resourceCount,
      before,
      resources,
      deployments: withDeletions(changes, [before, after], surroundings),
      drift: driftOf(plan, sides, after.deployments),
      access: plannedAccess(plan.changes, untouched, marks),
      completeDeployments: completeDeployments(plan.changes, marks),
    },
  };
}

/** What one provider lets go of and another one imports is there once. */
function withoutAdopted(
  deployments: readonly DeploymentFact[],
  {
    coordinates,
    forgotten,
    isAdopted,
  }: {
    readonly coordinates: DeploymentCoordinates;
    readonly forgotten: ReadonlyMap<string, PlannedAction>;
    readonly isAdopted: (fact: DeploymentFact) => boolean;
  },
): readonly DeploymentFact[] {
  const leaving = deployments.filter(({ origin }) => forgotten.has(origin.address));
  const left = new Set(leaving.map((fact) => coordinates.of(fact)));
  left.delete(undefined);
  return left.size === 0
    ? deployments
    : deployments.filter(
        (fact) => !isAdopted(fact) || forgotten.has(fact.origin.address) || !left.has(coordinates.of(fact)),
      );
}

/** What is let go of shares its address with what is created in its place. */
function actionsOf(
  plan: PlanDocument,
  untouched: readonly StateResource[],
  marks: SensitiveMarks,
): Map<string, PlannedAction> {
  const remaining = new Set(plan.changes.flatMap((change) => (change.action === 'forget' ? [] : [addressOf(change)])));
  const keyOf = (change: ResourceChange) => {
    const address = addressOf(change);
    return change.action === 'forget' && remaining.has(address) ? `${address} (forgotten)` : address;
  };
  const kept = untouched.map((resource): [string, PlannedAction] => [
    addressOf(resource),
    {
      address: resource.address,
      type: resource.type,
      action: 'no-op',
      replacePaths: [],
      ...plannedIdentity(resource, marks.at(resource.address)),
    },
  ]);
  return new Map([
    ...kept,
    ...plan.changes.map((change): [string, PlannedAction] => [keyOf(change), actionOf(change, marks)]),
  ]);
}

function actionOf(change: ResourceChange, marks: SensitiveMarks): PlannedAction {
  const { address, previousAddress, type, action, replaceOrder, reason, importId, deferredReason, deposed } = change;
  return {
    address,
    type,
    action,
    replacePaths: change.replacePaths,
    ...plannedIdentity(change, marks.at(address)),
    ...(previousAddress !== undefined && { previousAddress }),
    ...(replaceOrder !== undefined && { replaceOrder }),
    ...(reason !== undefined && { reason }),
    ...(importId !== undefined && { importId }),
    ...(deferredReason !== undefined && { deferredReason }),
    ...(deposed !== undefined && { deposed }),
  };
}

/** Most of what a refresh finds is spelling; what counts is what the facts of deployments say. */
function driftOf(plan: PlanDocument, sides: PlanSides, planned: readonly DeploymentFact[]): DeploymentDrift[] {
  const drifted = plan.drift.filter(({ mode, deposed }) => mode === 'managed' && deposed === undefined);
  const read = (side: readonly SideResource[]) => byAddress(sides.read(side, { literals: () => false }).deployments);
  const recorded = read(drifted.map((change) => ({ ...beforeOf(change), resource: change })));
  const found = read(drifted.filter(({ action }) => action !== 'delete').map(afterOf));
  const leftBehind = byAddress(planned);
  return drifted.flatMap(({ address }): DeploymentDrift[] => {
    const was = recorded.get(address);
    const is = found.get(address);
    const next = leftBehind.get(address);
    return was === undefined || (is !== undefined && isSameDeployment(was, is))
      ? []
      : [{ address, recorded: was, ...(is && { found: is }), ...(next && { planned: next }) }];
  });
}

function byAddress(facts: readonly DeploymentFact[]): Map<string, DeploymentFact> {
  return new Map(facts.map((fact) => [fact.origin.address, fact]));
}

function isSameDeployment(left: DeploymentFact, right: DeploymentFact): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
