/** The end of the row of buckets from which a canary's share grows; two canaries need one each, and stable lies between them. */
export enum TrafficAnchor {
  /** From bucket 0 upwards. */
  LOW = 'low',

  /** From bucket 9,999 downwards. */
  HIGH = 'high',
}
