import { isReleaseWord } from '../contracts/release-words';
import { isWholeNumber } from '../contracts/whole-number';
import { SHORT_LINE } from './evidence-words';
import { gateInvalid, gateMemberInvalid, gateMemberUnknown, gateNameInvalid, gateRangeEmpty } from './metric-errors';

/** How one metric is judged: against thresholds, against a baseline, or both. */
export interface MetricGate {
  /** Name of the metric: one line of 1 to 256 characters. */
  readonly name: string;
  /** Which values are the better ones. @default 'higher' */
  readonly better?: 'higher' | 'lower';
  /** The least value that passes, in the metric's own unit; a rate is a share from 0 to 1. @default none */
  readonly minimum?: number;
  /** The greatest value that passes, in the metric's own unit. @default none */
  readonly maximum?: number;
  /**
   * How much worse than the baseline is accepted, in the metric's own unit and not negative; 0.05 of a rate is five of a
   * hundred cases. For a score without one it is a fifth of the standard deviation of the baseline's values, which Cohen calls
   * a small effect (Statistical Power Analysis for the Behavioral Sciences, 1988, chapter 2).
   *
   * @default 0.05 for a rate, 0.2 standard deviations of the baseline for a score
   */
  readonly margin?: number;
  /** Two-sided confidence of every interval, from 0.5 to 0.9999. @default 0.95 */
  readonly confidence?: number;
  /** Cases, and pairs of cases, below which the metric is `unknown`: 2 to 1,000,000. @default 30 */
  readonly minimumSamples?: number;
}

/** A gate with its defaults, found sound. The margin stays open, because that of a score depends on the data. */
export type CheckedGate = MetricGate & Required<Pick<MetricGate, 'better' | 'confidence' | 'minimumSamples'>>;

const MEMBERS = ['name', 'better', 'minimum', 'maximum', 'margin', 'confidence', 'minimumSamples'] as const;

const CONFIDENCE_RANGE = { least: 0.5, most: 0.9999 };
const SAMPLES_RANGE = { least: 2, most: 1_000_000 };

/**
 * The gate with its defaults.
 *
 * @throws if a member is out of its range or is not one of a gate: a misspelt threshold would let everything pass
 */
export function checkedGate(gate: MetricGate): CheckedGate {
  if (typeof gate !== 'object' || gate === null) {
    throw gateInvalid(gate);
  }
  const { name } = gate;
  if (!isReleaseWord(SHORT_LINE, name)) {
    throw gateNameInvalid(name, SHORT_LINE.allowed);
  }
  const stray = Object.keys(gate).find((member) => !MEMBERS.some((known) => known === member));
  if (stray !== undefined) {
    throw gateMemberUnknown(name, stray, MEMBERS);
  }
  const { better = 'higher', confidence = 0.95, minimumSamples = 30, minimum, maximum, margin } = gate;
  if (better !== 'higher' && better !== 'lower') {
    throw gateMemberInvalid(name, 'better', better, "'higher' or 'lower'");
  }
  checkNumber(name, 'minimum', minimum);
  checkNumber(name, 'maximum', maximum);
  checkNumber(name, 'margin', margin, 0);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    throw gateRangeEmpty(name, minimum, maximum);
  }
  if (!Number.isFinite(confidence) || confidence < CONFIDENCE_RANGE.least || confidence > CONFIDENCE_RANGE.most) {
    const allowed = `a number from ${CONFIDENCE_RANGE.least} to ${CONFIDENCE_RANGE.most}, for instance 0.95`;
    throw gateMemberInvalid(name, 'confidence', confidence, allowed);
  }
  if (!isWholeNumber(minimumSamples, SAMPLES_RANGE.least, SAMPLES_RANGE.most)) {
    const allowed = `a whole number from ${SAMPLES_RANGE.least} to ${SAMPLES_RANGE.most}, for instance 30`;
    throw gateMemberInvalid(name, 'minimumSamples', minimumSamples, allowed);
  }
  return {
    name,
    better,
    confidence,
    minimumSamples,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(margin !== undefined && { margin }),
  };
}

function checkNumber(name: string, member: string, value: unknown, least?: number): void {
  if (value === undefined) {
    return;
  }
  if (!Number.isFinite(value) || (least !== undefined && (value as number) < least)) {
    throw gateMemberInvalid(
      name,
      member,
      value,
      least === undefined ? 'a finite number' : `a number of ${least} or more`,
    );
  }
}
