/**
 * The sum without rounding errors of its terms, so that it is the same in whatever order the cases come.
 *
 * Shewchuk, Adaptive Precision Floating-Point Arithmetic (1997), https://doi.org/10.1007/PL00009321: what each addition
 * rounds away is kept in a list of numbers that do not overlap; the list stays as short as the numbers' exponents are close.
 */
export function exactSum(terms: Iterable<number>): number {
  const parts: number[] = [];
  for (const term of terms) {
    let rest = term;
    let kept = 0;
    for (const part of parts) {
      const sum = rest + part;
      const smaller = Math.abs(rest) < Math.abs(part) ? rest : part;
      const greater = smaller === rest ? part : rest;
      const lost = smaller - (sum - greater);
      if (lost !== 0) {
        parts[kept++] = lost;
      }
      rest = sum;
    }
    parts.length = kept;
    parts.push(rest);
  }
  return parts.reduceRight((sum, part) => sum + part, 0);
}

/** Mean and standard deviation (with the divisor n − 1) of at least two values. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
  /** Whether all values are the same but for what computing with doubles adds; the deviation is 0 then. */
  readonly none: boolean;
}

/** Differences below this share of the greatest value are what computing with doubles adds, as in 0.9 − 0.7 and 0.8 − 0.6. */
const NOISE = 1e-12;

/** @param scale size of the numbers that the values were worked out from; smaller spreads than its rounding are none */
export function spreadOf(values: readonly number[], scale = 0): Spread {
  const mean = exactSum(values) / values.length;
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most - least <= NOISE * Math.max(scale, Math.abs(least), Math.abs(most))) {
    return { mean, deviation: 0, none: true };
  }
  const squares = exactSum(values.map((value) => (value - mean) ** 2));
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)), none: false };
}
