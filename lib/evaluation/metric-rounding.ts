/** An interval of the metric's values: lower and upper limit. */
export type Interval = readonly [lower: number, upper: number];

const DIGITS = 12;

/**
 * The number with 12 significant digits, so that a record and its hash are the same on every machine: the last digits of a
 * double depend on how a machine works out logarithms and powers.
 */
export function rounded(value: number): number {
  const number = Number(value.toPrecision(DIGITS));
  // JSON has no negative zero.
  return number === 0 ? 0 : number;
}

export function roundedInterval([lower, upper]: Interval): Interval {
  return [rounded(lower), rounded(upper)];
}
