import { compareText } from '../contracts/text-order';
import { DeploymentFact } from '../facts/facts';
import { DeploymentDrift } from '../facts/plan-facts';
import { actionCause } from './action-cause';
import { BreadthEvidence } from './breadth-evidence';
import { DeploymentReview, UpdateReview } from './change-report';
import { coordinatesIn } from './deployment-place';
import { Predecessor, Predecessors } from './deployment-predecessors';
import { isRemarkable, remarksOn } from './deployment-remarks';
import { Successors, successorsOf } from './deployment-succession';
import { JudgedChange, previousAddress } from './joined-changes';
import { JudgedModel, modelText } from './judged-model';
import { ModelUpdates } from './model-update';
import { ReleaseIndex } from './release-index';
import { ReviewedRelease } from './release-review';
import { ReviewedStack } from './reviewed-stack';
import { takenBackIn } from './taken-back';

/** What the review of deployments is made from. */
export interface DeploymentReviewing {
  readonly stacks: readonly ReviewedStack[];
  readonly changes: readonly JudgedChange[];
  readonly releases: readonly ReviewedRelease[];
  readonly after: ReleaseIndex;
  readonly updates: ModelUpdates;
  readonly evidence: BreadthEvidence;
}

/** Every deployment that is not just kept, the ones whose model changes first. */
export function reviewedDeployments(reviewing: DeploymentReviewing): DeploymentReview[] {
  const { stacks, changes, releases, after, updates } = reviewing;
  const successors = successorsOf(changes, updates);
  const predecessors = new Predecessors(changes, successors, releases, after);
  const drifts = new Map(stacks.map((stack) => [stack, driftsOf(stack)]));
  const takenBack = new Map(stacks.flatMap((stack) => [...takenBackIn(stack)]));
  return changes
    .filter((change) => isRemarkable(change, driftOf(drifts, change)))
    .map((change) => review(reviewing, change, { successors, predecessors, takenBack, drift: driftOf(drifts, change) }))
    .sort(
      (left, right) =>
        rank(left) - rank(right) ||
        compareText(left.account ?? '', right.account ?? '') ||
        compareText(left.deployment ?? '', right.deployment ?? '') ||
        compareText(left.address, right.address) ||
        compareText(left.input, right.input) ||
        compareText(left.outcome, right.outcome),
    );
}

interface Relations {
  readonly successors: Successors;
  readonly predecessors: Predecessors;
  readonly takenBack: ReadonlyMap<DeploymentFact, string>;
  readonly drift?: DeploymentDrift;
}

function review(reviewing: DeploymentReviewing, change: JudgedChange, relations: Relations): DeploymentReview {
  const { stack, before, after, from, to, outcome } = change;
  const fact = (after ?? before)!;
  const { origin } = fact;
  const successor = relations.successors.get(change)?.after;
  const predecessor = relations.predecessors.of(change);
  const previous = previousAddress(change);
  const update = updateOf(reviewing, change, predecessor, relations);
  return {
    input: stack.input,
    address: origin.address,
    ...(previous !== undefined && { previousAddress: previous }),
    ...(origin.constructPath !== undefined && { constructPath: origin.constructPath }),
    ...coordinatesIn(fact),
    outcome: successor === undefined ? outcome : 'superseded',
    ...actionCause(change),
    ...(from && { from: from.model }),
    ...(to && { to: to.model }),
    ...(successor && { successor: placeOf(successor) }),
    ...(predecessor && { predecessor: predecessorReview(predecessor) }),
    ...(update && { update }),
    remarks: [...(predecessor ? [relationRemark(predecessor)] : []), ...remarksOn(change, relations.drift)],
  };
}

function updateOf(
  { updates, evidence }: DeploymentReviewing,
  { stack, after, from, to }: JudgedChange,
  predecessor: Predecessor | undefined,
  { takenBack }: Relations,
): UpdateReview | undefined {
  const old: JudgedModel | undefined = from ?? predecessor?.model;
  if (old === undefined || to === undefined || after === undefined) {
    return undefined;
  }
  const seen = () => evidence.ofDeployment(old, to, { stack, fact: after });
  return updates.review(old, to, seen, takenBack.get(after));
}

function predecessorReview({ change, model, isKept }: Predecessor): NonNullable<DeploymentReview['predecessor']> {
  return { ...placeOf((change.after ?? change.before)!), model: model.model, isKept };
}

function placeOf(fact: DeploymentFact): NonNullable<DeploymentReview['successor']> {
  const { deployment } = coordinatesIn(fact);
  return { address: fact.origin.address, ...(deployment !== undefined && { deployment }) };
}

function relationRemark({ model, remark }: Predecessor): string {
  return `${remark}: ${modelText(model.model)}`;
}

function driftsOf({ plan }: ReviewedStack): ReadonlyMap<string, DeploymentDrift> {
  return new Map((plan?.drift ?? []).map((drift) => [drift.address, drift]));
}

function driftOf(
  drifts: ReadonlyMap<ReviewedStack, ReadonlyMap<string, DeploymentDrift>>,
  { stack, before, after }: JudgedChange,
): DeploymentDrift | undefined {
  const ofStack = drifts.get(stack);
  return [before, after].map((fact) => fact && ofStack?.get(fact.origin.address)).find((drift) => drift !== undefined);
}

/** Changes of models, then what comes and goes, then what only looks different. */
function rank({ update, outcome }: DeploymentReview): number {
  if (update !== undefined) {
    return 0;
  }
  if (outcome === 'kept' || outcome === 'moved') {
    return outcome === 'moved' ? 4 : 5;
  }
  return outcome === 'created' ? 2 : outcome === 'imported' || outcome === 'forgotten' ? 3 : 1;
}
