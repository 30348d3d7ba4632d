import { isReleaseWord, RELEASE_LABEL } from '../contracts/release-words';
import type { IOrchestrator } from '../orchestrators/orchestrator-interface';
import { OrchestratorRelease } from '../releases/orchestrator-release';
import {
  canaryAnchorInvalid,
  canaryPercentInvalid,
  canaryShareAmbiguous,
  orchestratorInvalid,
  releaseIsNoOrchestrator,
  releaseLabelInvalid,
} from './errors';
import { Ramp } from './ramp';
import { ReleaseStage } from './release-stage';
import { TrafficAnchor } from './traffic-anchor';
import { bucketsOf, percentOf } from './traffic-share';

/** How many users a canary has; exactly one of `ramp` and `percent` is given. */
export interface CanaryOptions {
  /**
   * Share by steps.
   *
   * @default - `percent` says the share
   */
  readonly ramp?: Ramp;

  /**
   * Share in percent of all users, 0 to 100 with at most two decimals.
   *
   * @default - `ramp` says the share
   */
  readonly percent?: number;

  /**
   * End from which the share grows. It stays the same through a ramp; a second canary takes the other one.
   *
   * @default TrafficAnchor.LOW
   */
  readonly anchor?: TrafficAnchor;
}

interface RoutedReleaseParts {
  readonly stage: ReleaseStage;
  readonly label: string;
  readonly orchestrator?: IOrchestrator;
  readonly anchor?: TrafficAnchor;
  readonly ramp?: Ramp;
  readonly buckets: number;
}

/**
 * A release as a router sees it: the app that runs it, its stage and its share of the users.
 *
 * @example
 *
 * const releases = [
 *   RoutedRelease.stable(v1),
 *   RoutedRelease.canary(v2, { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 2) }),
 *   RoutedRelease.retired('chat-0a1b2c3d4e5f'),
 * ];
 */
export class RoutedRelease {
  /**
   * The release that serves everybody whom no canary serves.
   *
   * @throws if the orchestrator's label is not `<name>-<12 hex digits>`
   */
  public static stable(orchestrator: IOrchestrator): RoutedRelease {
    return RoutedRelease.running(ReleaseStage.STABLE, orchestrator);
  }

  /**
   * A release that serves a share of the users, always the same ones at a given share and salt.
   *
   * @throws if not exactly one of `ramp` and `percent` is given, or one cannot be used
   */
  public static canary(orchestrator: IOrchestrator, options: CanaryOptions): RoutedRelease {
    const label = labelOf(orchestrator);
    const { ramp, percent, anchor = TrafficAnchor.LOW } = options ?? {};
    if ((ramp === undefined) === (percent === undefined)) {
      throw canaryShareAmbiguous(label, percent);
    }
    if (!Object.values(TrafficAnchor).includes(anchor)) {
      throw canaryAnchorInvalid(label, anchor);
    }
    const share = ramp?.percent ?? percent;
    const buckets = bucketsOf(share);
    if (buckets === undefined) {
      throw canaryPercentInvalid(label, share);
    }
    return new RoutedRelease({ stage: ReleaseStage.CANARY, label, orchestrator, anchor, ramp, buckets });
  }

  /** A release without users, for tests by the authorised and for the mirror. */
  public static candidate(orchestrator: IOrchestrator): RoutedRelease {
    return RoutedRelease.running(ReleaseStage.CANDIDATE, orchestrator);
  }

  /** A release that keeps the conversations that are pinned to it and gets no others. */
  public static draining(orchestrator: IOrchestrator): RoutedRelease {
    return RoutedRelease.running(ReleaseStage.DRAINING, orchestrator);
  }

  /**
   * A release whose app is gone; it is kept in the list so that whoever asks for it is told so.
   *
   * @param label - `<name>-<12 hex digits>`, as the release had it
   */
  public static retired(label: string): RoutedRelease {
    if (!isReleaseWord(RELEASE_LABEL, label)) {
      throw releaseLabelInvalid('RoutedRelease.retired', label);
    }
    return new RoutedRelease({ stage: ReleaseStage.RETIRED, label, buckets: 0 });
  }

  private static running(stage: ReleaseStage, orchestrator: IOrchestrator): RoutedRelease {
    return new RoutedRelease({ stage, label: labelOf(orchestrator), orchestrator, buckets: 0 });
  }

  /** Stage of the release. */
  public readonly stage: ReleaseStage;

  /** `<name>-<12 hex digits>`. */
  public readonly label: string;

  /** The app that runs the release; a retired one has none. */
  public readonly orchestrator?: IOrchestrator;

  /** End from which a canary's share grows. */
  public readonly anchor?: TrafficAnchor;

  /** Steps of a canary's share. */
  public readonly ramp?: Ramp;

  /** @internal */
  public readonly _buckets: number;

  private constructor({ stage, label, orchestrator, anchor, ramp, buckets }: RoutedReleaseParts) {
    this.stage = stage;
    this.label = label;
    this.orchestrator = orchestrator;
    this.anchor = anchor;
    this.ramp = ramp;
    this._buckets = buckets;
  }

  /** Percent of all users that a canary has; 0 for the others, of which stable has what the canaries leave. */
  public get percent(): number {
    return percentOf(this._buckets);
  }
}

function labelOf(orchestrator: IOrchestrator): string {
  const given: unknown = orchestrator;
  if (given instanceof OrchestratorRelease) {
    throw releaseIsNoOrchestrator(given.label);
  }
  if (typeof orchestrator?.label !== 'string' || orchestrator.node === undefined) {
    throw orchestratorInvalid(orchestrator);
  }
  if (!isReleaseWord(RELEASE_LABEL, orchestrator.label)) {
    throw releaseLabelInvalid(orchestrator.node.path, orchestrator.label);
  }
  return orchestrator.label;
}
