import { SubjectDifference } from './evaluated-subject';
import { SourcedEvidence } from './evidence-folder';
import { JudgedMetric } from './metric-judgement';

/** What evidence says of a release. Only `passing` lets it take traffic. */
export type EvidenceAnswer =
  /** The newest record passes and is fresh. */
  | (SourcedEvidence & { readonly kind: 'passing' })
  /** The newest record fails; `metrics` are those that fail. */
  | (SourcedEvidence & { readonly kind: 'failing'; readonly metrics: readonly JudgedMetric[] })
  /** The newest record had too few samples to tell; `metrics` are those that are unknown. */
  | (SourcedEvidence & { readonly kind: 'unknown'; readonly metrics: readonly JudgedMetric[] })
  /** The newest record passed more than `maximumAge` days before the judgement. */
  | (SourcedEvidence & { readonly kind: 'stale'; readonly age: number; readonly maximumAge: number })
  /** The newest record finished `days` days after the judgement: a clock was wrong, or the judgement is for an earlier day. */
  | (SourcedEvidence & { readonly kind: 'ahead'; readonly days: number })
  /**
   * There is evidence of another release of that name alone, or a record names the release and says it has other parts.
   * `differences` is absent where the parts of the release were not given, and empty where it differs in what records do not name.
   */
  | (SourcedEvidence & { readonly kind: 'of-another'; readonly differences?: readonly SubjectDifference[] })
  /** A file in the release's place holds no record that can be used, for instance because it was changed. */
  | { readonly kind: 'refused'; readonly source: string; readonly problem: string }
  /** There is none. */
  | { readonly kind: 'none' };

/** Furthest from passing first. */
const ORDER: readonly EvidenceAnswer['kind'][] = [
  'refused',
  'none',
  'of-another',
  'failing',
  'unknown',
  'ahead',
  'stale',
  'passing',
];

/** The answer that is furthest from passing, of at least one. */
export function leastOf(answers: readonly EvidenceAnswer[]): EvidenceAnswer {
  return answers.reduce((least, answer) => (ORDER.indexOf(answer.kind) < ORDER.indexOf(least.kind) ? answer : least));
}
