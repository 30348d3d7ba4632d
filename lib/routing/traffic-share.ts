import { BUCKETS } from '../contracts/traffic-bucket';

const BUCKETS_IN_A_PERCENT = BUCKETS / 100;

/** Buckets of a share in percent, or `undefined` if it is no share from 0 to 100 with at most two decimals. */
export function bucketsOf(percent: unknown): number | undefined {
  if (typeof percent !== 'number' || !(percent >= 0 && percent <= 100)) {
    return undefined;
  }
  const buckets = Math.round(percent * BUCKETS_IN_A_PERCENT);
  // 0.29 * 100 is 28.999999999999996: the number that is nearest to so many buckets is meant.
  return buckets / BUCKETS_IN_A_PERCENT === percent ? buckets : undefined;
}

/** A share of buckets in percent. */
export function percentOf(buckets: number): number {
  return buckets / BUCKETS_IN_A_PERCENT;
}
