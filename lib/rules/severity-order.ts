import { Severity } from './finding';

/** Every severity, the worst first. */
export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** Orders severities, the worst first. */
export function compareSeverities(left: Severity, right: Severity): number {
  return SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);
}
