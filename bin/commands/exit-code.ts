import { FailOn, fails, isStale } from '../../lib/rules/failing';
import { Finding } from '../../lib/rules/finding';

export const EXIT_CLEAN = 0;
const EXIT_FINDINGS = 1;
export const EXIT_USAGE = 2;
export const EXIT_STALE = 3;

/**
 * The exit code of a run: findings come before a stale catalogue, and never share a code with a mistake in the input.
 */
export function exitCodeOf(findings: readonly Finding[], failOn: FailOn, requireFresh: boolean): number {
  if (findings.some((finding) => fails(finding, failOn))) {
    return EXIT_FINDINGS;
  }
  return requireFresh && findings.some(isStale) ? EXIT_STALE : EXIT_CLEAN;
}
