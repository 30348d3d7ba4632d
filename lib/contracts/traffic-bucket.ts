import { createHash } from 'node:crypto';

/** Users are spread over this many buckets, so that a share has two decimals of a percent. */
export const BUCKETS = 10_000;

/**
 * The bucket of a user, 0 to 9,999: the first four bytes of SHA-256 over `<salt>:<user id>` in UTF-8, as one big-endian number,
 * modulo 10,000. The byte order is fixed, so that every implementation agrees.
 */
export function trafficBucket(salt: string, userId: string): number {
  return createHash('sha256').update(`${salt}:${userId}`, 'utf8').digest().readUInt32BE(0) % BUCKETS;
}
