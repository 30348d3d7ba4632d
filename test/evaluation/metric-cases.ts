import { Observation } from '../../lib/evaluation/metric-observations';

/** Cases with these values, `case-0` first. */
export function cases<Value extends number | boolean>(...values: readonly Value[]): Observation[] {
  return values.map((value, index) => ({ case: `case-${index}`, value }));
}

/** So many cases that are true, and then so many that are false. */
export function rate(hits: number, misses: number): Observation[] {
  return cases(...Array<boolean>(hits).fill(true), ...Array<boolean>(misses).fill(false));
}

/** Scores from 1 to 5 in turn, so that they have a mean of 3. */
export function scores(count: number, added = 0): Observation[] {
  return cases(...Array.from({ length: count }, (_, index) => 1 + (index % 5) + added));
}
