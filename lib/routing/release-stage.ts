/**
 * Where a release stands in its life: candidate, canary, stable, draining, retired, in this order.
 *
 * One apply moves a release one stage: what had users in the configuration that is applied is `DRAINING` in the next one, and
 * only then goes.
 */
export enum ReleaseStage {
  /** Runs without users; it is reached by an authorised override, and by the mirror. */
  CANDIDATE = 'candidate',

  /** Serves a share of the users, which grows by steps. */
  CANARY = 'canary',

  /** Serves everybody else. Exactly one release is. */
  STABLE = 'stable',

  /** Serves conversations that are pinned to it and nobody else. */
  DRAINING = 'draining',

  /** Serves nobody: its app is gone, and asking for it is answered 410. */
  RETIRED = 'retired',
}
