import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { abridgedTo } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { Comparison } from './metric-comparison';

const FEWEST_DIGITS = 4;
const MOST_DIGITS = 12;
const CASES_NAMED = 3;
const LONGEST_CASE = 64;

/** Names of cases can be anything, and stand in the reason up to three times; it stays one that can be read. */
const LONGEST_REASON = 1999;

/** The clauses that the functions of this file make, as one sentence. */
export function sentenceOf(clauses: readonly string[]): string {
  return abridgedTo(LONGEST_REASON, clauses.join('; '));
}

export function thresholdKept(value: number, samples: number, side: 'minimum' | 'maximum', threshold: number): string {
  return `${valueText(value, samples, threshold)} keeps to the ${side} ${shown(threshold, value)}`;
}

export function thresholdMissed(
  value: number,
  samples: number,
  side: 'minimum' | 'maximum',
  threshold: number,
): string {
  const place = side === 'minimum' ? 'below' : 'above';
  return `${valueText(value, samples, threshold)} is ${place} the ${side} ${shown(threshold, value)}`;
}

export function tooFewCases(samples: number, least: number): string {
  return `too few cases to judge: ${samples} measured, at least ${least} needed`;
}

export function tooFewPairs(pairs: number, least: number): string {
  return `too few cases to compare with the baseline: ${pairs} measured in both runs, at least ${least} needed`;
}

export function nothingToJudgeBy(): string {
  return 'nothing to judge by: the gate has no minimum and no maximum, and there is no baseline to compare with';
}

export function comparedAndAccepted(comparison: Comparison, bound: number, confidence: number): string {
  return `${differenceText(comparison, bound, confidence)}, wholly better than the ${boundText(bound)}`;
}

export function comparedAndRefused(comparison: Comparison, bound: number, confidence: number): string {
  return `${differenceText(comparison, bound, confidence)}, wholly worse than the ${boundText(bound)}`;
}

export function comparedAndOpen(comparison: Comparison, bound: number, confidence: number): string {
  const { needed } = comparison;
  const enough =
    needed === undefined
      ? 'no number of further cases like these would tell'
      : `about ${counted(needed, 'case')} would tell if further ones are like these`;
  return `too few cases to tell: ${differenceText(comparison, bound, confidence)}, neither wholly better nor wholly worse than the ${boundText(bound)}; ${enough}`;
}

export function decidedByLeftOutCases(cases: readonly string[]): string {
  return `the candidate left out ${named(cases)} of the baseline, and does not pass with the worst value for what it left out`;
}

export function casesLeftOut(cases: readonly string[]): string {
  return `left out of the comparison: ${named(cases)} that the candidate has no value for`;
}

export function casesAdded(cases: readonly string[]): string {
  return `left out of the comparison: ${named(cases)} that the baseline has no value for`;
}

export function withoutBaseline(): string {
  return 'the margin was not used, because there is no baseline to compare with';
}

function differenceText({ difference, interval, samples }: Comparison, bound: number, confidence: number): string {
  const [lower, upper] = interval.map((limit) => shown(limit, bound));
  return `candidate minus baseline is ${shown(difference, bound)} on ${counted(samples, 'case')} (${shareText(confidence)} interval ${lower} to ${upper})`;
}

function valueText(value: number, samples: number, threshold: number): string {
  return `value ${shown(value, threshold)} on ${counted(samples, 'case')}`;
}

function boundText(bound: number): string {
  return `${shown(bound, bound)} that the margin accepts`;
}

function named(cases: readonly string[]): string {
  const names = cases.slice(0, CASES_NAMED).map((name) => `'${abridgedTo(LONGEST_CASE, name)}'`);
  return `${counted(cases.length, 'case')} (${names.join(', ')}${andMore(cases.length - CASES_NAMED, ' ')})`;
}

/** Four digits, or as many as it takes to see on which side of the compared number the number lies. */
function shown(value: number, compared: number): string {
  let text = abridgedNumber(value, FEWEST_DIGITS);
  for (let digits = FEWEST_DIGITS + 1; digits <= MOST_DIGITS && !isBeside(text, value, compared); digits++) {
    text = abridgedNumber(value, digits);
  }
  return text;
}

function isBeside(text: string, value: number, compared: number): boolean {
  return Math.sign(Number(text) - compared) === Math.sign(value - compared);
}

function abridgedNumber(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
