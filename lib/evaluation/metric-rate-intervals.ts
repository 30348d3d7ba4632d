import { normalQuantile } from './metric-quantiles';
import { Interval } from './metric-rounding';

/**
 * Cases by how the two runs went on them. The counts need not be whole, so that a table can be thought of with more cases.
 */
export interface PairedTable {
  /** True in both runs. */
  readonly both: number;
  /** True in the candidate alone. */
  readonly candidateOnly: number;
  /** True in the baseline alone. */
  readonly baselineOnly: number;
  /** True in neither. */
  readonly neither: number;
}

/**
 * Wilson's interval of a rate, without continuity correction.
 *
 * Wilson, Probable Inference (1927), https://doi.org/10.1080/01621459.1927.10502953; method 3 of Newcombe, Two-sided Confidence
 * Intervals for the Single Proportion (1998).
 */
export function wilsonInterval(hits: number, cases: number, confidence: number): Interval {
  return wilsonAt(hits, cases, normalQuantile(confidence));
}

/**
 * Interval of the difference of two rates on the same cases, candidate − baseline: Newcombe's method 10, with the correction
 * of the correlation for continuity.
 *
 * Newcombe, Improved Confidence Intervals for the Difference between Binomial Proportions Based on Paired Data (1998),
 * Statistics in Medicine 17, 2635–2650, https://pubmed.ncbi.nlm.nih.gov/9839354/. Its limits stay within −1 and 1, and it has
 * a width where no case changed.
 */
export function newcombePairedInterval(table: PairedTable, confidence: number): Interval {
  const { both, candidateOnly, baselineOnly, neither } = table;
  const cases = both + candidateOnly + baselineOnly + neither;
  const z = normalQuantile(confidence);
  const candidate = distancesOf(both + candidateOnly, cases, z);
  const baseline = distancesOf(both + baselineOnly, cases, z);
  const correlation = correctedCorrelation(table, cases);
  const difference = (candidateOnly - baselineOnly) / cases;
  return [
    Math.max(-1, difference - combined(candidate.below, baseline.above, correlation)),
    Math.min(1, difference + combined(candidate.above, baseline.below, correlation)),
  ];
}

function wilsonAt(hits: number, cases: number, z: number): Interval {
  const squared = z * z;
  const center = (hits + squared / 2) / (cases + squared);
  const half = (z / (cases + squared)) * Math.sqrt((hits * (cases - hits)) / cases + squared / 4);
  return [hits === 0 ? 0 : center - half, hits === cases ? 1 : center + half];
}

function distancesOf(hits: number, cases: number, z: number): { readonly below: number; readonly above: number } {
  const [lower, upper] = wilsonAt(hits, cases, z);
  const rate = hits / cases;
  return { below: rate - lower, above: upper - rate };
}

/** 0 where a run was true on every case or on none, for which the correlation is not defined. */
function correctedCorrelation({ both, candidateOnly, baselineOnly, neither }: PairedTable, cases: number): number {
  const margins = (both + candidateOnly) * (baselineOnly + neither) * (both + baselineOnly) * (candidateOnly + neither);
  if (margins === 0) {
    return 0;
  }
  const agreement = both * neither - candidateOnly * baselineOnly;
  return (agreement > 0 ? Math.max(agreement - cases / 2, 0) : agreement) / Math.sqrt(margins);
}

function combined(one: number, other: number, correlation: number): number {
  return Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
}
