import { unknownRule, unknownSeverity } from './errors';
import { Finding, Severity } from './finding';
import { findRule, nearestRule } from './rules';
import { SEVERITIES } from './severity-order';

/** Severity by rule id: `error`, `warning`, `note`, or `off` for a rule that is not to report. */
export type SeverityOverrides = Readonly<Record<string, string>>;

const ALLOWED: ReadonlySet<string> = new Set([...SEVERITIES, 'off']);

/**
 * Gives each finding the severity that was set for its rule; findings of a rule that is off disappear.
 *
 * @throws if a rule or a severity does not exist
 */
export function withSeverity(overrides: SeverityOverrides): (finding: Finding) => Finding[] {
  requireSeverities(overrides);
  const severities = new Map(Object.entries(overrides));
  return (finding) => {
    const severity = severities.get(finding.rule);
    if (severity === undefined) {
      return [finding];
    }
    return severity === 'off' ? [] : [{ ...finding, severity: severity as Severity }];
  };
}

/** @param origin what the user calls the severities. @throws if a rule or a severity does not exist */
export function requireSeverities(overrides: SeverityOverrides, origin = 'severities'): void {
  for (const [rule, severity] of Object.entries(overrides)) {
    if (findRule(rule) === undefined) {
      throw unknownRule(rule, nearestRule(rule), origin);
    }
    if (!ALLOWED.has(severity)) {
      throw unknownSeverity(rule, severity, origin);
    }
  }
}
