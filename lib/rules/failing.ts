import { Finding } from './finding';

/** The weight from which findings fail a command. */
export type FailOn = 'error' | 'warning' | 'never';

const FAILING: Readonly<Record<FailOn, readonly Finding['severity'][]>> = {
  never: [],
  error: ['error'],
  warning: ['error', 'warning'],
};

/**
 * Whether a finding fails a command: not where a waiver covers it or it was there before. An old catalogue fails by
 * `--require-fresh` alone, with an exit code of its own.
 */
export function fails({ rule, severity, waived, carriedOver }: Finding, failOn: FailOn): boolean {
  return (
    rule !== 'catalog-stale' && waived === undefined && carriedOver === undefined && FAILING[failOn].includes(severity)
  );
}

/** Whether the catalogue is older than `--require-fresh` allows; that it was old before makes it no fresher. */
export function isStale({ rule, waived }: Finding): boolean {
  return rule === 'catalog-stale' && waived === undefined;
}
