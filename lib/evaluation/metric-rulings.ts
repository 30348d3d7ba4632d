import { Comparison, comparisonOf, isAccepted, isRefused, withWorstForMissing } from './metric-comparison';
import { CheckedGate } from './metric-gate';
import { Observations, PairedValues } from './metric-observations';
import { rounded } from './metric-rounding';
import {
  comparedAndAccepted,
  comparedAndOpen,
  comparedAndRefused,
  decidedByLeftOutCases,
  nothingToJudgeBy,
  thresholdKept,
  thresholdMissed,
  tooFewCases,
  tooFewPairs,
} from './metric-wording';
import { Verdict } from './verdict';

/** What one of the things that a metric is judged by says, and why. */
export interface Ruling {
  readonly verdict: Verdict;
  readonly text: string;
}

/** Everything that a metric is judged by; at least one. */
export function rulingsOn(
  gate: CheckedGate,
  observed: Observations,
  value: number,
  comparison: Comparison | undefined,
): readonly Ruling[] {
  const samples = observed.candidate.length;
  if (samples < gate.minimumSamples) {
    return [{ verdict: 'unknown', text: tooFewCases(samples, gate.minimumSamples) }];
  }
  const rulings = thresholdRulings(gate, value, samples);
  if (observed.paired !== undefined) {
    rulings.push(comparisonRuling(gate, observed, observed.paired, comparison));
  }
  return rulings.length > 0 ? rulings : [{ verdict: 'unknown', text: nothingToJudgeBy() }];
}

function thresholdRulings({ minimum, maximum }: CheckedGate, value: number, samples: number): Ruling[] {
  const rulings: Ruling[] = [];
  if (minimum !== undefined) {
    rulings.push(
      value < rounded(minimum)
        ? { verdict: 'fail', text: thresholdMissed(value, samples, 'minimum', minimum) }
        : { verdict: 'pass', text: thresholdKept(value, samples, 'minimum', minimum) },
    );
  }
  if (maximum !== undefined) {
    rulings.push(
      value > rounded(maximum)
        ? { verdict: 'fail', text: thresholdMissed(value, samples, 'maximum', maximum) }
        : { verdict: 'pass', text: thresholdKept(value, samples, 'maximum', maximum) },
    );
  }
  return rulings;
}

function comparisonRuling(
  gate: CheckedGate,
  { kind }: Observations,
  paired: PairedValues,
  comparison: Comparison | undefined,
): Ruling {
  const { better, confidence, minimumSamples } = gate;
  if (comparison === undefined || comparison.samples < minimumSamples) {
    return { verdict: 'unknown', text: tooFewPairs(paired.candidate.length, minimumSamples) };
  }
  const { interval, margin } = comparison;
  const bound = better === 'higher' ? -margin : margin;
  if (isRefused(interval, margin, better)) {
    return { verdict: 'fail', text: comparedAndRefused(comparison, bound, confidence) };
  }
  if (!isAccepted(interval, margin, better)) {
    return { verdict: 'unknown', text: comparedAndOpen(comparison, bound, confidence) };
  }
  if (paired.missing.length > 0) {
    // Cases on which a run broke down are seldom the easy ones: without them a candidate looks better than it is.
    const worst = comparisonOf(kind, withWorstForMissing(kind, paired, better), { ...gate, margin });
    if (!isAccepted(worst.interval, margin, better)) {
      return { verdict: 'unknown', text: decidedByLeftOutCases(paired.missing.map((missing) => missing.case)) };
    }
  }
  return { verdict: 'pass', text: comparedAndAccepted(comparison, bound, confidence) };
}
