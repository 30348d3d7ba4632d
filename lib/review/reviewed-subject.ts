import { ChangeReport } from './change-report';

/** What was reviewed, in words: without a plan nobody can say what a plan does. */
export interface ReviewedSubject {
  /** What a sentence is about. */
  readonly name: 'this plan' | 'this change';
  /** What is counted. */
  readonly unit: 'plan' | 'stack' | 'input';
  /** False where there is nothing to compare with: then nothing can be said of changes. */
  readonly isCompared: boolean;
}

/** What the inputs of a report are; without a report of changes they are stacks. */
export function subjectOf(changes: ChangeReport | undefined): ReviewedSubject {
  const kinds = new Set((changes?.inputs ?? []).map(({ kind }) => kind));
  const isCompared = changes !== undefined && (kinds.size === 0 || kinds.has('plan') || kinds.has('comparison'));
  if (changes === undefined || (kinds.size > 0 && !kinds.has('plan'))) {
    return { name: 'this change', unit: 'stack', isCompared };
  }
  return { name: 'this plan', unit: kinds.size > 1 ? 'input' : 'plan', isCompared };
}
