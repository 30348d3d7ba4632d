import { BUCKETS } from '../contracts/traffic-bucket';
import { TrafficRow } from '../contracts/traffic-row';
import {
  anchorTaken,
  releaseInvalid,
  releaseListedTwice,
  releasesMissing,
  sharesExceedAll,
  stableNotOne,
  urlShared,
} from './errors';
import { ReleaseStage } from './release-stage';
import { RoutedRelease } from './routed-release';
import { TrafficAnchor } from './traffic-anchor';
import { percentOf } from './traffic-share';

/**
 * Which buckets each release serves, in the order of the list.
 *
 * Each canary's share grows from its own end of the buckets, and stable has what lies between: a ramp moves users from stable to the
 * canary, none back, and none of the other canary.
 *
 * @param path - construct path of the router, for messages
 * @throws if the list is not one that a router can serve
 */
export function trafficPlan(path: string, releases: readonly RoutedRelease[]): TrafficRow[] {
  requireReleases(path, releases);
  const low = canaryAt(path, releases, TrafficAnchor.LOW)?._buckets ?? 0;
  const high = canaryAt(path, releases, TrafficAnchor.HIGH)?._buckets ?? 0;
  if (low + high > BUCKETS) {
    throw sharesExceedAll(path, percentOf(low), percentOf(high));
  }
  return releases.map(({ stage, label, anchor }) => ({ label, stage, ...rangeOf(stage, anchor, low, high) }));
}

function rangeOf(
  stage: ReleaseStage,
  anchor: TrafficAnchor | undefined,
  low: number,
  high: number,
): Pick<TrafficRow, 'from' | 'to'> {
  switch (stage) {
    case ReleaseStage.STABLE:
      return { from: low, to: BUCKETS - high };
    case ReleaseStage.CANARY:
      return anchor === TrafficAnchor.HIGH ? { from: BUCKETS - high, to: BUCKETS } : { from: 0, to: low };
    default:
      return { from: 0, to: 0 };
  }
}

function requireReleases(path: string, releases: readonly RoutedRelease[]): void {
  if (!Array.isArray(releases) || releases.length === 0) {
    throw releasesMissing(path, releases);
  }
  const seen = new Map<string, RoutedRelease>();
  const urls = new Map<string, string>();
  releases.forEach((release, index) => {
    if (!(release instanceof RoutedRelease)) {
      throw releaseInvalid(path, index, release);
    }
    const { label, stage, orchestrator } = release;
    const other = seen.get(label);
    if (other !== undefined) {
      throw releaseListedTwice(path, label, other.stage, stage);
    }
    seen.set(label, release);
    if (orchestrator !== undefined) {
      const sharing = urls.get(orchestrator.url);
      if (sharing !== undefined) {
        throw urlShared(path, sharing, label);
      }
      urls.set(orchestrator.url, label);
    }
  });
  const stable = releases.filter(({ stage }) => stage === ReleaseStage.STABLE);
  if (stable.length !== 1) {
    throw stableNotOne(
      path,
      stable.map(({ label }) => label),
    );
  }
}

function canaryAt(path: string, releases: readonly RoutedRelease[], anchor: TrafficAnchor): RoutedRelease | undefined {
  const [first, second] = releases.filter(
    (release) => release.stage === ReleaseStage.CANARY && release.anchor === anchor,
  );
  if (second !== undefined) {
    throw anchorTaken(path, anchor, first!.label, second.label);
  }
  return first;
}
