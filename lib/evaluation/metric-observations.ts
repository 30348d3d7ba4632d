import { compareText } from '../contracts/text-order';
import {
  caseInvalid,
  caseRepeated,
  observationsInvalid,
  observationsMissing,
  valueInvalid,
  valuesMixed,
} from './metric-errors';

/** What one case of the data set came to: one row. */
export interface Observation {
  /** Id of the case, the same in every run, for instance a hash of its inputs. */
  readonly case: string;
  /** True or false for a rate. A number from −9007199254740991 to 9007199254740991 for a score, 0 and 1 for a rate, too. */
  readonly value: number | boolean;
}

/** A rate is the share of cases that are true; a score is a mean of numbers. */
export type MetricKind = 'rate' | 'score';

/** What the candidate and the baseline came to, case by case. */
export interface Observations {
  readonly kind: MetricKind;
  /** Whether some values are true or false, so that nothing but a rate can be meant. */
  readonly certain: boolean;
  readonly candidate: readonly number[];
  /** Pairs of cases; absent where there is no baseline. */
  readonly paired?: PairedValues;
}

export interface PairedValues {
  readonly candidate: readonly number[];
  readonly baseline: readonly number[];
  /** Cases of the baseline that the candidate has no value for, and what the baseline came to on them. */
  readonly missing: readonly { readonly case: string; readonly value: number }[];
  /** Cases that the candidate alone has. */
  readonly added: readonly string[];
}

/** Up to here every whole number is a double, and no sum or square of a run comes near the greatest one. */
export const LARGEST_VALUE = Number.MAX_SAFE_INTEGER;

interface Side {
  readonly values: ReadonlyMap<string, number>;
  /** The first case whose value is a number other than 0 and 1. */
  readonly scored?: string;
  readonly hasBooleans: boolean;
  readonly name: string;
}

/**
 * The values of both runs, matched by case.
 *
 * @throws if a list is none, the candidate's is empty, a case is listed twice or has no id, a value is no finite number, or some
 * values are true or false and others make a score
 */
export function observationsOf(
  metric: string,
  candidate: readonly Observation[],
  baseline?: readonly Observation[],
): Observations {
  const measured = sideOf(metric, 'candidate', candidate);
  if (measured.values.size === 0) {
    throw observationsMissing(metric);
  }
  const compared = baseline === undefined ? undefined : sideOf(metric, 'baseline', baseline);
  const sides = compared === undefined ? [measured] : [measured, compared];
  const certain = sides.some(({ hasBooleans }) => hasBooleans);
  const scoring = sides.find(({ scored }) => scored !== undefined);
  if (certain && scoring?.scored !== undefined) {
    throw valuesMixed(metric, scoring.name, scoring.scored, scoring.values.get(scoring.scored)!);
  }
  return {
    kind: scoring === undefined ? 'rate' : 'score',
    certain,
    candidate: [...measured.values.values()],
    ...(compared !== undefined && { paired: pairedValues(measured.values, compared.values) }),
  };
}

function sideOf(metric: string, name: string, observations: readonly Observation[]): Side {
  if (!Array.isArray(observations)) {
    throw observationsInvalid(metric, name, observations);
  }
  const values = new Map<string, number>();
  let scored: string | undefined;
  let hasBooleans = false;
  // A list may have holes, which `forEach` would leave out.
  for (const [index, observation] of (observations as readonly (Observation | null)[]).entries()) {
    const id: unknown = observation?.case;
    if (typeof id !== 'string' || id === '') {
      throw caseInvalid(metric, name, index, id);
    }
    if (values.has(id)) {
      throw caseRepeated(metric, name, id);
    }
    const value: unknown = observation?.value;
    const number = Number(value);
    if ((typeof value !== 'number' && typeof value !== 'boolean') || !(Math.abs(number) <= LARGEST_VALUE)) {
      throw valueInvalid(metric, name, id, value, LARGEST_VALUE);
    }
    hasBooleans ||= typeof value === 'boolean';
    if (number !== 0 && number !== 1) {
      scored ??= id;
    }
    values.set(id, number);
  }
  return { values, hasBooleans, name, ...(scored !== undefined && { scored }) };
}

function pairedValues(measured: ReadonlyMap<string, number>, compared: ReadonlyMap<string, number>): PairedValues {
  const candidate: number[] = [];
  const baseline: number[] = [];
  const missing: { case: string; value: number }[] = [];
  for (const [id, value] of compared) {
    const counterpart = measured.get(id);
    if (counterpart === undefined) {
      missing.push({ case: id, value });
    } else {
      candidate.push(counterpart);
      baseline.push(value);
    }
  }
  const added = [...measured.keys()].filter((id) => !compared.has(id));
  return {
    candidate,
    baseline,
    missing: missing.sort((one, other) => compareText(one.case, other.case)),
    added: added.sort(compareText),
  };
}
