import { Spread } from './metric-exact-sum';
import { studentQuantile } from './metric-quantiles';
import { Interval } from './metric-rounding';

/**
 * Student's interval of a mean. It is good for values of any distribution from about 30 cases on, by the central limit
 * theorem; values with a few very large ones among them need more. One value has an interval without ends.
 *
 * Student, The Probable Error of a Mean (1908), https://doi.org/10.2307/2331554; NIST/SEMATECH e-Handbook of Statistical
 * Methods, 1.3.5.2, https://www.itl.nist.gov/div898/handbook/eda/section3/eda352.htm.
 */
export function meanInterval({ mean, deviation }: Spread, samples: number, confidence: number): Interval {
  const half = samples < 2 ? Infinity : (studentQuantile(confidence, samples - 1) * deviation) / Math.sqrt(samples);
  return [mean - half, mean + half];
}

/**
 * Interval of the mean of paired differences, by Student's t distribution.
 *
 * Where every difference is the same, that interval has no width, which says nothing about other cases. Of those, up to
 * `unseenShare` can still differ, each by up to the scale of the metric.
 *
 * @param scale distance from 0 to the furthest value of either run, or between values on both sides of 0
 */
export function pairedDifferenceInterval(
  differences: Spread,
  samples: number,
  confidence: number,
  scale: number,
): Interval {
  if (!differences.none || samples < 2) {
    return meanInterval(differences, samples, confidence);
  }
  const half = unseenShare(samples, confidence) * scale;
  return [differences.mean - half, differences.mean + half];
}

/**
 * The greatest share of cases that can be otherwise when none of the measured ones was: upper limit of Clopper and Pearson for
 * none of n, at 95 % about 3.7 / n (Hanley and Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?, 1983,
 * https://doi.org/10.1001/jama.1983.03330370053031).
 */
export function unseenShare(samples: number, confidence: number): number {
  return 1 - ((1 - confidence) / 2) ** (1 / samples);
}
