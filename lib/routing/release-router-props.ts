import type { IOrchestrator } from '../orchestrators/orchestrator-interface';
import type { RoutedRelease } from './routed-release';
import { RouterStickiness } from './router-capabilities';

/**
 * Keeps a conversation on its release while users are moved: the router signs which release answered a user, and honours that
 * for as long as the release is canary, stable or draining.
 */
export interface ConversationPinOptions {
  /**
   * Id of a Key Vault secret with the signing key, `https://<vault>.vault.azure.net/secrets/<name>`, at least 32 random bytes as
   * text; may be a Terraform token. Without a version in it a new key is taken up by itself, and pins of the old one are then ignored.
   */
  readonly keyVaultSecretId: string;

  /**
   * Whether the pin travels in a cookie, for applications in browsers, and not in a header that the application keeps.
   *
   * @default false
   */
  readonly inCookie?: boolean;
}

/**
 * Copies requests of some users to a release that has no users; its answers are thrown away.
 *
 * Only for turns without side effects: an agent that acts would act twice. A copy costs as much as the request.
 */
export interface MirrorOptions {
  /** The orchestrator of a release that is listed as candidate. */
  readonly candidate: IOrchestrator;

  /** Percent of the users whose requests are copied, 0 to 100 with at most two decimals. */
  readonly percent: number;
}

/** What every router is told. */
export interface ReleaseRouterProps {
  /** The releases: exactly one stable, at most one canary for each anchor, and any number of others. */
  readonly releases: RoutedRelease[];

  /**
   * Name of the experiment: 1 to 64 letters, digits and `._-`, beginning with a letter or digit. It decides which users a share
   * consists of: keep it through a ramp, and change it for the next one, so that not the same users are first each time.
   */
  readonly salt: string;

  /**
   * Whether authorised callers may name the release of a request in the header `x-release-override`.
   *
   * @default false
   */
  readonly allowOverride?: boolean;

  /**
   * Keeps conversations on their release.
   *
   * @default - a user's share decides, for each request
   */
  readonly conversationPin?: ConversationPinOptions;

  /**
   * Copies requests to a candidate.
   *
   * @default - nothing is copied
   */
  readonly mirror?: MirrorOptions;

  /**
   * What at least keeps a user on a release.
   *
   * @default RouterStickiness.DETERMINISTIC
   */
  readonly stickiness?: RouterStickiness;
}
