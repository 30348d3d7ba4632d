import { valueOf } from '../facts/attribute';
import { RevisionSplitFact, RevisionWeight } from '../facts/traffic-facts';
import { EvaluationReview, TrafficReview, TrafficRowReview } from './change-report';
import { UNTOLD } from './release-evaluation';
import { PlacedRelease, ReleaseIndex } from './release-index';
import { addressBefore, ReviewedStack } from './reviewed-stack';
import { landingOf, Led, TrafficMarking, TrafficMarks } from './traffic-marks';
import { bounded, drawnElsewhere } from './traffic-shares';

const LATEST = 'latest revision';

/**
 * How container apps that stand before and after split requests between their revisions. An app that comes or goes
 * splits nothing anew, and one whose only revision stays the same release is left out.
 */
export function revisionTraffic(
  stack: ReviewedStack,
  marks: TrafficMarks,
  releases: Pick<TrafficMarking, 'before' | 'after' | 'evaluations'>,
): TrafficReview[] {
  const old = new Map((stack.before?.facts.traffic?.revisions ?? []).map((split) => [split.origin.address, split]));
  const [was, is] = [releasesByApp(stack, releases.before), releasesByApp(stack, releases.after)];
  return (stack.after.facts.traffic?.revisions ?? []).flatMap((after) => {
    const { address } = after.origin;
    const addressThen = addressBefore(stack, address);
    const before = old.get(addressThen);
    const [release, oldRelease] = [is.get(address), was.get(addressThen)];
    const isSplit = before !== undefined && Math.max(before.weights.length, after.weights.length) > 1;
    return before !== undefined && (isSplit || release?.label !== oldRelease?.label)
      ? [
          splitReview(
            stack,
            before,
            after,
            ledBy(marks, release, oldRelease),
            release && releases.evaluations.of(release),
          ),
        ]
      : [];
  });
}

function splitReview(
  stack: ReviewedStack,
  before: RevisionSplitFact,
  after: RevisionSplitFact,
  led: Led,
  evaluation: EvaluationReview | undefined,
): TrafficReview {
  const [old, current] = [sharesIn(before), sharesIn(after)];
  const isUnread = old === undefined || current === undefined;
  const rows = [...new Set([...(current?.keys() ?? []), ...(old?.keys() ?? [])])].map((target): TrafficRowReview => ({
    target,
    ...(old?.has(target) && { before: old.get(target)! }),
    ...(current?.has(target) && { after: current.get(target)! }),
    // What earlier revisions run stands in no plan.
    ...(target === LATEST ? led : { marks: [], models: [] }),
    ...(evaluation && current?.has(target) && { evaluation: target === LATEST ? evaluation : UNTOLD }),
  }));
  return {
    input: stack.input,
    kind: 'revisions',
    address: after.origin.address,
    name: after.origin.address.slice(after.origin.address.lastIndexOf('.') + 1),
    rows,
    moved: isUnread ? 0 : drawnElsewhere(old, current),
    landing: landingOf(rows),
    ...(isUnread && { unread: 'shares of revisions are known only after the apply' }),
  };
}

/** Shares by revision; nothing where one of them cannot be read. */
function sharesIn({ weights, hasUnreadWeights }: RevisionSplitFact): ReadonlyMap<string, number> | undefined {
  const shares = new Map<string, number>();
  for (const weight of weights) {
    const percentage = weight.percentage.state === 'absent' ? 0 : valueOf(weight.percentage);
    const name = nameOf(weight);
    if (percentage === undefined || name === undefined) {
      return undefined;
    }
    shares.set(name, bounded((shares.get(name) ?? 0) + percentage / 100));
  }
  return hasUnreadWeights ? undefined : shares;
}

function nameOf({ latestRevision, label, revision }: RevisionWeight): string | undefined {
  if (valueOf(latestRevision) === 'true') {
    return LATEST;
  }
  return valueOf(revision) ?? valueOf(label);
}

function ledBy(marks: TrafficMarks, release: PlacedRelease | undefined, old: PlacedRelease | undefined): Led {
  return marks.ofRelease(release, release === undefined ? old : undefined);
}

function releasesByApp({ input }: ReviewedStack, { all }: ReleaseIndex): ReadonlyMap<string, PlacedRelease> {
  return new Map(
    all.filter(({ stack }) => stack.input === input).map((release) => [release.orchestrator.origin.address, release]),
  );
}
