/** Headers between application, router and orchestrator. */
export const ROUTER_HEADERS = {
  /** To the orchestrator: the user, validated by the router. */
  user: 'x-user-id',
  /** To the orchestrator and to the application: label of the release that serves. */
  release: 'x-release',
  /** From the application: label of the release that is asked for, by the authorised. */
  override: 'x-release-override',
  /** To and from the application: release of a conversation, signed. */
  pin: 'x-release-pin',
  /** To a release that gets copies: `true`. */
  mirror: 'x-release-mirror',
} as const;
