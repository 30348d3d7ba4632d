import { Finding } from '../../lib/rules/finding';

export const EXIT_CLEAN = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_USAGE = 2;
export const EXIT_STALE = 3;

/** The weight from which findings fail a command. */
export type FailOn = 'error' | 'warning' | 'never';

/** The exit code of a run: findings come before a stale catalogue, and never share a code with a mistake in the input. */
export function exitCodeOf(findings: readonly Finding[], failOn: FailOn, requireFresh: boolean): number {
  const failing = failOn === 'never' ? [] : failOn === 'error' ? ['error'] : ['error', 'warning'];
  const open = findings.filter((finding) => finding.waived === undefined);
  if (open.some((finding) => finding.rule !== 'catalog-stale' && failing.includes(finding.severity))) {
    return EXIT_FINDINGS;
  }
  return requireFresh && open.some((finding) => finding.rule === 'catalog-stale') ? EXIT_STALE : EXIT_CLEAN;
}
