import { casesNeeded } from './metric-cases-needed';
import { spreadOf } from './metric-exact-sum';
import { LARGEST_VALUE, MetricKind, PairedValues } from './metric-observations';
import { newcombePairedInterval, PairedTable } from './metric-rate-intervals';
import { Interval, rounded, roundedInterval } from './metric-rounding';
import { pairedDifferenceInterval } from './metric-score-intervals';

/** What the candidate's values were on the cases that the baseline has, too. */
export interface Comparison {
  /** The baseline's rate or mean on the paired cases. */
  readonly value: number;
  readonly samples: number;
  /** Candidate − baseline, in the metric's own unit. */
  readonly difference: number;
  readonly interval: Interval;
  readonly margin: number;
  readonly test: 'newcombe-paired' | 'paired-t';
  /** Pairs that would decide if further ones went on as these; absent where no number would. */
  readonly needed?: number;
}

/** How differences are judged. */
export interface ComparisonTerms {
  readonly better: 'higher' | 'lower';
  readonly confidence: number;
  readonly margin?: number;
}

const RATE_MARGIN = 0.05;

/** Cohen's small effect, in standard deviations. */
const SCORE_MARGIN = 0.2;

/** Compares the runs on at least one pair of cases. */
export function comparisonOf(kind: MetricKind, paired: PairedValues, terms: ComparisonTerms): Comparison {
  return kind === 'rate' ? comparedRates(paired, terms) : comparedScores(paired, terms);
}

/**
 * The same pairs, and the cases that the candidate left out with the worst value: of a rate the bad one of its two; of a score 0
 * or the least of either run where higher is better, the greatest of either run where lower is.
 */
export function withWorstForMissing(kind: MetricKind, paired: PairedValues, better: 'higher' | 'lower'): PairedValues {
  const { candidate, baseline, missing } = paired;
  const comparedAll = [...baseline, ...missing.map(({ value }) => value)];
  const { least, most } = kind === 'rate' ? { least: 0, most: 1 } : extentOf(candidate, comparedAll);
  const worst = better === 'higher' ? least : most;
  return { ...paired, candidate: [...candidate, ...missing.map(() => worst)], baseline: comparedAll, missing: [] };
}

function comparedRates({ candidate, baseline }: PairedValues, terms: ComparisonTerms): Comparison {
  const table = tableOf(candidate, baseline);
  const samples = candidate.length;
  const margin = rounded(terms.margin ?? RATE_MARGIN);
  const intervalAt = (cases: number) =>
    roundedInterval(newcombePairedInterval(scaled(table, cases / samples), terms.confidence));
  return {
    value: rounded((table.both + table.baselineOnly) / samples),
    samples,
    difference: rounded((table.candidateOnly - table.baselineOnly) / samples),
    interval: intervalAt(samples),
    margin,
    test: 'newcombe-paired',
    ...neededFrom(samples, (cases) => isDecided(intervalAt(cases), margin, terms.better)),
  };
}

function comparedScores({ candidate, baseline }: PairedValues, terms: ComparisonTerms): Comparison {
  const samples = candidate.length;
  const compared = spreadOf(baseline);
  const { least, most } = extentOf(candidate, baseline);
  const scale = most - least;
  const differences = spreadOf(
    candidate.map((value, index) => value - baseline[index]),
    scale,
  );
  const margin = rounded(terms.margin ?? SCORE_MARGIN * compared.deviation);
  const intervalAt = (cases: number) =>
    roundedInterval(within(pairedDifferenceInterval(differences, cases, terms.confidence, scale)));
  return {
    value: rounded(compared.mean),
    samples,
    difference: rounded(differences.mean),
    interval: intervalAt(samples),
    margin,
    test: 'paired-t',
    ...neededFrom(samples, (cases) => isDecided(intervalAt(cases), margin, terms.better)),
  };
}

/** Whether an interval of differences lies wholly on one side of what is accepted. */
function isDecided(interval: Interval, margin: number, better: 'higher' | 'lower'): boolean {
  return isAccepted(interval, margin, better) || isRefused(interval, margin, better);
}

export function isAccepted([lower, upper]: Interval, margin: number, better: 'higher' | 'lower'): boolean {
  return better === 'higher' ? lower > -margin : upper < margin;
}

export function isRefused([lower, upper]: Interval, margin: number, better: 'higher' | 'lower'): boolean {
  return better === 'higher' ? upper < -margin : lower > margin;
}

function neededFrom(samples: number, decidedAt: (cases: number) => boolean): { needed?: number } {
  const needed = casesNeeded(samples, decidedAt);
  return needed === undefined ? {} : { needed };
}

function tableOf(candidate: readonly number[], baseline: readonly number[]): PairedTable {
  const counts = [0, 0, 0, 0];
  candidate.forEach((value, index) => counts[2 * value + baseline[index]]++);
  return { neither: counts[0], baselineOnly: counts[1], candidateOnly: counts[2], both: counts[3] };
}

function scaled({ both, candidateOnly, baselineOnly, neither }: PairedTable, factor: number): PairedTable {
  return {
    both: both * factor,
    candidateOnly: candidateOnly * factor,
    baselineOnly: baselineOnly * factor,
    neither: neither * factor,
  };
}

/** Where the values of a metric are taken to lie: the ones that were seen, and 0. */
function extentOf(...runs: readonly (readonly number[])[]): { readonly least: number; readonly most: number } {
  let least = 0;
  let most = 0;
  for (const values of runs) {
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return { least, most };
}

/** An interval of one pair has no ends; JSON needs some, and no difference is greater than these. */
function within([lower, upper]: Interval): Interval {
  return [Math.max(-2 * LARGEST_VALUE, lower), Math.min(2 * LARGEST_VALUE, upper)];
}
