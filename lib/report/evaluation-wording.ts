import { ReleaseReview, TrafficReview, TrafficRowReview } from '../review/change-report';

/** What stands in a row of the traffic: what the plan does to its target, and what is missing of evidence. */
export function rowMarks({ kind }: TrafficReview, { marks, evaluation }: TrafficRowReview): readonly string[] {
  const mark = evaluation && evidenceMark(evaluation);
  // All rows of a route have the same callers, so that what cannot be told of them is said once, beside its name.
  const isSaidOnce = kind === 'route' && evaluation?.evidence === 'unknown';
  return mark === undefined || isSaidOnce ? marks : [...marks, mark];
}

function evidenceMark({ evidence, evidenceBefore }: NonNullable<TrafficRowReview['evaluation']>): string | undefined {
  switch (evidence) {
    case 'named':
      return evidenceBefore === 'none' ? 'evidence added' : undefined;
    case 'none':
      return evidenceBefore === 'named' ? 'evidence removed' : 'no evidence';
    case 'of-another-release':
      return 'evidence of another release';
    case 'unknown':
      return 'evidence unknown';
  }
}

/** What a release names as evidence, in pieces: names are written by the format, the words around them are not. */
export function evidencePieces<Name>(
  { label, evaluation }: ReleaseReview,
  name: (text: string) => Name,
): readonly (string | Name)[] {
  const { evidence, reference = '', owner = '' } = evaluation ?? {};
  switch (evidence) {
    case undefined:
      return [];
    case 'named':
      return ['evaluation evidence: ', name(reference)];
    case 'none':
      return ['names no evaluation evidence'];
    case 'of-another-release':
      return owner === label
        ? ['evaluation evidence from before it changed: ', name(reference)]
        : ['evaluation evidence of release ', name(owner), ': ', name(reference)];
    case 'unknown':
      return ['evaluation evidence cannot be told'];
  }
}
