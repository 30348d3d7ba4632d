import { Finding } from '../../lib/rules/finding';

export const EXIT_CLEAN = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_USAGE = 2;
export const EXIT_STALE = 3;

/** The weight from which findings fail a command. */
export type FailOn = 'error' | 'warning' | 'never';

/**
 * The exit code of a run: findings come before a stale catalogue, and never share a code with a mistake in the input.
 * What a waiver covers or was known before does not fail; that an old catalogue was old before makes it no fresher.
 */
export function exitCodeOf(findings: readonly Finding[], failOn: FailOn, requireFresh: boolean): number {
  const failing = failOn === 'never' ? [] : failOn === 'error' ? ['error'] : ['error', 'warning'];
  const open = findings.filter((finding) => finding.waived === undefined);
  const isFailing = ({ rule, severity, carriedOver }: Finding) =>
    rule !== 'catalog-stale' && carriedOver === undefined && failing.includes(severity);
  if (open.some(isFailing)) {
    return EXIT_FINDINGS;
  }
  return requireFresh && open.some((finding) => finding.rule === 'catalog-stale') ? EXIT_STALE : EXIT_CLEAN;
}
