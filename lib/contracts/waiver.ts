/** A finding that a team decided to live with until a date: construct metadata and the waiver file share this shape. */
export interface Waiver {
  /** The rule's id, for instance `model-retiring`. */
  readonly rule: string;
  /** Construct path of the resource or of a construct above it, or a Terraform address; `*` matches any run of characters. */
  readonly resource: string;
  /** Why the finding is accepted; at least ten characters. */
  readonly reason: string;
  /** The person or team that answers for it. */
  readonly owner: string;
  /** Last day on which the waiver holds, `YYYY-MM-DD`. */
  readonly expires: string;
}
