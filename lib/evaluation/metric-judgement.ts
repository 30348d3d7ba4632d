import { Comparison, comparisonOf } from './metric-comparison';
import { rateMarginInvalid, rateThresholdInvalid } from './metric-errors';
import { exactSum, spreadOf } from './metric-exact-sum';
import { CheckedGate, checkedGate, MetricGate } from './metric-gate';
import { LARGEST_VALUE, MetricKind, Observation, Observations, observationsOf } from './metric-observations';
import { wilsonInterval } from './metric-rate-intervals';
import { Interval, rounded, roundedInterval } from './metric-rounding';
import { rulingsOn } from './metric-rulings';
import { meanInterval } from './metric-score-intervals';
import { casesAdded, casesLeftOut, sentenceOf, withoutBaseline } from './metric-wording';
import { overallVerdict, Verdict } from './verdict';

/** A metric of one run and what it came to. Numbers have 12 significant digits. */
export interface JudgedMetric {
  readonly name: string;
  readonly kind: MetricKind;
  /** The rate, from 0 to 1, or the mean of all measured cases. */
  readonly value: number;
  /** Cases that were measured. */
  readonly samples: number;
  /** What the value was held against; absent where the gate has neither. */
  readonly threshold?: { readonly minimum?: number; readonly maximum?: number };
  readonly better: 'higher' | 'lower';
  /** Wilson's interval of a rate, Student's of a mean; that of one score reaches over all numbers that a score can be. */
  readonly interval: Interval;
  /** Of all intervals, two-sided. */
  readonly confidence: number;
  /** The comparison on the cases that both runs measured; absent without a baseline and where there is no such case. */
  readonly baseline?: MetricComparison;
  readonly verdict: Verdict;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** What the candidate came to on the cases that the baseline measured, too. */
export type MetricComparison = Omit<Comparison, 'needed'>;

/**
 * Judges one metric of a run.
 *
 * Values that are all true, false, 0 or 1 make a rate, other numbers a score. The value has to keep to the gate's thresholds; that
 * is said of the measured cases. Against a baseline the test is one of non-inferiority, and is said of all cases like these:
 * pass if the whole interval of candidate − baseline is better than the margin, fail if it is wholly worse, else `unknown`.
 * `unknown`, too, are fewer cases or pairs than `minimumSamples`, a gate without thresholds where there is no baseline, and a
 * comparison that passes only because the candidate left out cases of the baseline.
 *
 * @param observations what the candidate came to, each case once
 * @param baseline what the release that it is compared with came to on the same data
 * @throws if the gate or an observation is not as its docstring has it; the message names the metric, the run and the case
 */
export function judgeMetric(
  gate: MetricGate,
  observations: readonly Observation[],
  baseline?: readonly Observation[],
): JudgedMetric {
  const terms = checkedGate(gate);
  const observed = observationsOf(terms.name, observations, baseline);
  if (observed.certain) {
    checkRateTerms(terms);
  }
  const { kind, candidate, paired } = observed;
  const measured = measuredOf(kind, candidate, terms.confidence);
  const comparison =
    paired === undefined || paired.candidate.length === 0 ? undefined : comparisonOf(kind, paired, terms);
  const rulings = rulingsOn(terms, observed, measured.value, comparison);
  const verdict = overallVerdict(rulings.map((ruling) => ruling.verdict));
  const reasons = rulings.filter((ruling) => ruling.verdict === verdict).map(({ text }) => text);
  return {
    name: terms.name,
    kind,
    ...measured,
    ...thresholdOf(terms),
    better: terms.better,
    confidence: terms.confidence,
    ...(comparison !== undefined && { baseline: recorded(comparison) }),
    verdict,
    reason: sentenceOf([...reasons, ...notesOn(terms, observed)]),
  };
}

function measuredOf(
  kind: MetricKind,
  values: readonly number[],
  confidence: number,
): Pick<JudgedMetric, 'value' | 'samples' | 'interval'> {
  const samples = values.length;
  if (kind === 'rate') {
    const hits = exactSum(values);
    return {
      value: rounded(hits / samples),
      samples,
      interval: roundedInterval(wilsonInterval(hits, samples, confidence)),
    };
  }
  const spread = spreadOf(values);
  const [lower, upper] = meanInterval(spread, samples, confidence);
  const interval: Interval = [Math.max(-LARGEST_VALUE, lower), Math.min(LARGEST_VALUE, upper)];
  return { value: rounded(spread.mean), samples, interval: roundedInterval(interval) };
}

function checkRateTerms({ name, minimum, maximum, margin }: CheckedGate): void {
  if (margin !== undefined && margin > 1) {
    throw rateMarginInvalid(name, margin);
  }
  for (const [member, threshold] of Object.entries({ minimum, maximum })) {
    if (threshold !== undefined && (threshold < 0 || threshold > 1)) {
      throw rateThresholdInvalid(name, member, threshold);
    }
  }
}

function thresholdOf({ minimum, maximum }: CheckedGate): Pick<JudgedMetric, 'threshold'> {
  const threshold = {
    ...(minimum !== undefined && { minimum: rounded(minimum) }),
    ...(maximum !== undefined && { maximum: rounded(maximum) }),
  };
  return Object.keys(threshold).length > 0 ? { threshold } : {};
}

function recorded({ value, samples, difference, interval, margin, test }: Comparison): MetricComparison {
  return { value, samples, difference, interval, margin, test };
}

function notesOn({ margin }: CheckedGate, { paired }: Observations): string[] {
  if (paired === undefined) {
    return margin === undefined ? [] : [withoutBaseline()];
  }
  return [
    ...(paired.missing.length > 0 ? [casesLeftOut(paired.missing.map((missing) => missing.case))] : []),
    ...(paired.added.length > 0 ? [casesAdded(paired.added)] : []),
  ];
}
