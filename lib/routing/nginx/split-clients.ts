import { BUCKETS } from '../../contracts/traffic-bucket';
import { TrafficRow } from '../../contracts/traffic-row';
import { murmurHash2 } from './murmur-hash';

/** One line of a `split_clients` block. */
export interface SplitClientsEntry {
  /** `5%` or, for the last entry, `*`. */
  readonly share: string;
  readonly label: string;
}

const LARGEST_HASH = 0xffff_ffff;

/**
 * The releases that have traffic, from bucket 0 upwards, so that the release which starts at 0 keeps its users when its share grows.
 *
 * A share of 0 is left out, because nginx refuses it. The last entry takes what remains: `100%` would leave out the
 * largest hash, and the user it belongs to would get no release.
 * https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_split_clients_module.c
 */
export function splitClientsEntries(rows: readonly TrafficRow[]): SplitClientsEntry[] {
  const owners = withTraffic(rows);
  return owners.map(({ label, from, to }, index) => ({
    share: index === owners.length - 1 ? '*' : percentage(to - from),
    label,
  }));
}

/** Basis points as nginx reads them: `5%`, `12.5%`, `0.01%`. */
export function percentage(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/**
 * The release that nginx gives a user: what `split_clients` does, down to the rounding of each share to 32 bits.
 *
 * @param user - the id as text, or the very bytes of the header
 */
export function nginxBucketRelease(rows: readonly TrafficRow[], salt: string, user: string | Uint8Array): string {
  const hash = murmurHash2(Buffer.concat([Buffer.from(`${salt}:`, 'utf8'), Buffer.from(user)]));
  const owners = withTraffic(rows);
  let end = 0;
  const owner = owners.find(({ from, to }) => {
    end += Math.floor(((to - from) * LARGEST_HASH) / BUCKETS);
    return hash < end;
  });
  return (owner ?? owners.at(-1)!).label;
}

function withTraffic(rows: readonly TrafficRow[]): TrafficRow[] {
  return rows.filter(({ from, to }) => to > from).sort((one, other) => one.from - other.from);
}
