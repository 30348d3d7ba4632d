/** Azure tags of an orchestrator's container app, by which it is found in the portal and read back from a plan. */
export const ORCHESTRATOR_TAGS = {
  /** `<name>-<12 hex digits>`. */
  release: 'release',
  /** SHA-256 of the manifest's text, 64 hex digits. */
  releaseId: 'release-id',
  /** Reference of the evidence that the release was evaluated: an address, a digest or any other text. */
  evidence: 'release-evidence',
} as const;
