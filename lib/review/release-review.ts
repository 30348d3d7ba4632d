import { compareText } from '../contracts/text-order';
import { valueOf } from '../facts/attribute';
import { BreadthEvidence } from './breadth-evidence';
import { ReleaseReview, RoleReview } from './change-report';
import { hasOtherImage, isEdited } from './edited-release';
import { JudgedModel } from './judged-model';
import { isUpdate, ModelUpdates } from './model-update';
import { compareReleases } from './release-comparison';
import { ReleaseEvaluations } from './release-evaluation';
import { PlacedRelease, ReleaseIndex } from './release-index';
import { ReleaseSuccession } from './release-succession';

/** What the review of releases is made from. */
export interface ReleaseReviewing {
  readonly before: ReleaseIndex;
  readonly after: ReleaseIndex;
  readonly succession: ReleaseSuccession;
  readonly updates: ModelUpdates;
  readonly evidence: BreadthEvidence;
  readonly evaluations: ReleaseEvaluations;
}

/** A release of the report, and what traffic and deployments are judged by. */
export interface ReviewedRelease {
  readonly review: ReleaseReview;
  readonly release: PlacedRelease;
  /** The models that take the place of others, by role. */
  readonly moves: readonly ModelMove[];
}

export interface ModelMove {
  readonly from: JudgedModel;
  readonly to: JudgedModel;
}

/** The releases that appear, disappear or hold other things under the same label. */
export function reviewedReleases(reviewing: ReleaseReviewing): ReviewedRelease[] {
  const { before, after } = reviewing;
  const isPlanned = ({ stack }: PlacedRelease) => stack.plan !== undefined;
  const current = after.all.filter(isPlanned).flatMap((release): ReviewedRelease[] => {
    const old = before.inStack(release.stack, release.label);
    if (old === undefined) {
      return [compared(reviewing, release, 'added', reviewing.succession.predecessorOf(release))];
    }
    return isEdited(old, release) ? [compared(reviewing, release, 'edited', old)] : [];
  });
  const gone = before.all
    .filter((release) => after.inStack(release.stack, release.label) === undefined)
    .map((release): ReviewedRelease => {
      const models = [...before.modelsOf(release)].map(([role, { model }]) => ({ role, from: model }));
      return { release, moves: [], review: { ...headOf(release), outcome: 'removed', models, differences: [] } };
    });
  return [...current, ...gone].sort(
    (left, right) =>
      compareText(left.review.outcome, right.review.outcome) ||
      compareText(left.review.label, right.review.label) ||
      compareText(left.review.address, right.review.address) ||
      compareText(left.review.input, right.review.input),
  );
}

function compared(
  reviewing: ReleaseReviewing,
  release: PlacedRelease,
  outcome: 'added' | 'edited',
  predecessor: PlacedRelease | undefined,
): ReviewedRelease {
  const models = reviewing.after.modelsOf(release);
  const evaluation = reviewing.evaluations.of(release);
  if (predecessor === undefined) {
    const roles = [...models].map(([role, { model }]) => ({ role, to: model }));
    return { release, moves: [], review: { ...headOf(release), outcome, models: roles, differences: [], evaluation } };
  }
  const old = reviewing.before.modelsOf(predecessor);
  const moves: ModelMove[] = [];
  const roles = [...new Set([...old.keys(), ...models.keys()])].sort().flatMap((role): RoleReview[] => {
    const [from, to] = [old.get(role), models.get(role)];
    if (from === undefined || to === undefined) {
      return [{ role, ...(from && { from: from.model }), ...(to && { to: to.model }) }];
    }
    if (!isUpdate(from, to)) {
      return [];
    }
    moves.push({ from, to });
    const update = reviewing.updates.review(from, to, () => reviewing.evidence.ofRole(predecessor, release, role));
    return [{ role, from: from.model, to: to.model, ...(update && { update }) }];
  });
  const review: ReleaseReview = {
    ...headOf(release),
    outcome,
    ...(outcome === 'added' && { predecessor: predecessor.label }),
    models: roles,
    differences: differencesOf(predecessor, release),
    evaluation,
  };
  return { release, moves, review };
}

function headOf({ stack, orchestrator, label }: PlacedRelease) {
  const { address, constructPath } = orchestrator.origin;
  const releaseId = valueOf(orchestrator.releaseId.value);
  return {
    input: stack.input,
    address,
    ...(constructPath !== undefined && { constructPath }),
    label,
    ...(releaseId !== undefined && { releaseId }),
  };
}

function differencesOf(before: PlacedRelease, after: PlacedRelease): string[] {
  if (before.manifest === undefined || after.manifest === undefined) {
    return hasOtherImage(before, after) ? ['image'] : [];
  }
  const { config, prompts, reassigned, logic, grounding } = compareReleases(before.manifest, after.manifest);
  const named = [...logic, ...config, ...prompts, ...grounding].map(({ subject }) => subject);
  const hasUnnamedImage = hasOtherImage(before, after) && !named.includes('image');
  return [
    ...(hasUnnamedImage ? ['image, which the manifest does not name'] : []),
    ...named,
    ...reassigned.map((prompt) => `versions that ${prompt} is made for`),
  ];
}
