import type { IConstruct } from 'constructs';
import type { RoutedRelease } from './routed-release';
import { RouterCapabilities } from './router-capabilities';

/** What splits users between releases of an orchestrator. */
export interface IReleaseRouter extends IConstruct {
  /** Base URL that applications call, without a slash at the end; it stays the same whatever release answers. */
  readonly url: string;

  /** What this kind of router can do. */
  readonly capabilities: RouterCapabilities;

  /** The releases, in the order in which they were given. */
  readonly releases: RoutedRelease[];

  /**
   * Label of the release that serves a user, as long as neither pin, override nor kill switch says otherwise.
   *
   * @param userId - what the router knows the user by
   */
  releaseFor(userId: string): string;
}
