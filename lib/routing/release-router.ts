import { Construct } from 'constructs';
import { TrafficRow } from '../contracts/traffic-row';
import { enrol } from '../guard/enrol';
import { mirrorNotCandidate, mirrorPercentInvalid, saltInvalid, stickinessInvalid } from './errors';
import { IReleaseRouter } from './release-router-interface';
import { MirrorOptions, ReleaseRouterProps } from './release-router-props';
import { ReleaseStage } from './release-stage';
import type { RoutedRelease } from './routed-release';
import { ReleaseRouterKind, RouterCapabilities, RouterStickiness } from './router-capabilities';
import { capabilitiesOf } from './router-matrix';
import { requireCapabilities } from './router-requirements';
import { trafficPlan } from './traffic-plan';
import { bucketsOf } from './traffic-share';

const SALT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What all routers share: the releases, their shares, and the check that this kind of router can do what is asked. */
export abstract class ReleaseRouter extends Construct implements IReleaseRouter {
  /** What this kind of router can do. */
  public readonly capabilities: RouterCapabilities;

  /** The releases, in the order in which they were given. */
  public readonly releases: RoutedRelease[];

  /** Name of the experiment. */
  public readonly salt: string;

  /** @internal */
  public readonly _rows: readonly TrafficRow[];

  /**
   * Buckets whose requests are copied, counted from 0.
   *
   * @internal
   */
  public readonly _mirroredBuckets: number;

  /**
   * @throws if the releases are not ones that a router can serve, or this kind of router cannot do what is asked
   */
  constructor(scope: Construct, id: string, kind: ReleaseRouterKind, props: ReleaseRouterProps) {
    super(scope, id);
    enrol(this);
    const { path } = this.node;
    const { releases, salt, mirror, stickiness = RouterStickiness.DETERMINISTIC } = props;
    if (typeof salt !== 'string' || !SALT.test(salt)) {
      throw saltInvalid(path, salt);
    }
    if (!Object.values(RouterStickiness).includes(stickiness)) {
      throw stickinessInvalid(path, stickiness);
    }
    this._rows = trafficPlan(path, releases);
    requireCapabilities(path, kind, {
      shares: releases.filter(({ stage }) => stage === ReleaseStage.CANARY).map(({ percent }) => percent),
      override: props.allowOverride ?? false,
      conversationPin: props.conversationPin !== undefined,
      mirror: mirror !== undefined,
      stickiness,
    });
    this.capabilities = capabilitiesOf(kind);
    this.releases = [...releases];
    this.salt = salt;
    this._mirroredBuckets = mirror === undefined ? 0 : this.mirroredBuckets(mirror);
  }

  /** Base URL that applications call, without a slash at the end; it stays the same whatever release answers. */
  public abstract get url(): string;

  /**
   * Label of the release that serves a user, as long as neither pin, override nor kill switch says otherwise.
   *
   * @param userId - what the router knows the user by
   */
  public abstract releaseFor(userId: string): string;

  private mirroredBuckets(mirror: MirrorOptions): number {
    const { candidate, percent } = (mirror as Partial<MirrorOptions> | null) ?? {};
    const buckets = bucketsOf(percent);
    if (buckets === undefined) {
      throw mirrorPercentInvalid(this.node.path, percent);
    }
    const target = this.releases.find(({ label }) => label === candidate?.label);
    if (target?.stage !== ReleaseStage.CANDIDATE) {
      throw mirrorNotCandidate(this.node.path, candidate?.label, target?.stage);
    }
    return buckets;
  }
}
