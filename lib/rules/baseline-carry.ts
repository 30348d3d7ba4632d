import { CalendarDate } from '../contracts/calendar-date';
import { Finding, Severity } from './finding';
import { fingerprintOf } from './fingerprint';

/** A finding that was there before, from a baseline file or from the plan that a change is compared with. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly from: 'baseline' | 'base';
  /** Day on which it was first written down. */
  readonly since?: CalendarDate;
}

/** What a rule that failed leaves behind judges nothing: it is never carried over, and has no place in a baseline. */
export const RULE_FAILED = 'the rule failed';

const WEIGHT: Readonly<Record<Severity, number>> = { note: 0, warning: 1, error: 2 };
const LIGHTEST_FIRST = ['note', 'warning', 'error'] as const;

/** The findings of another run, to compare with. Those that a waiver covered there need one here as well. */
export function knownFindingsOf(findings: readonly Finding[]): KnownFinding[] {
  return findings.filter(isStanding).map((finding) => ({
    fingerprint: fingerprintOf(finding),
    severity: finding.severity,
    from: 'base',
    ...(finding.carriedOver?.since !== undefined && { since: finding.carriedOver.since }),
  }));
}

/** Whether a finding can be written down as known: not where a waiver covers it, nor where a rule failed. */
export function isStanding({ waived, subject }: Finding): boolean {
  return waived === undefined && subject !== RULE_FAILED;
}

/**
 * Marks the findings that were there before: as many of each fingerprint as are known, and none that weighs more now
 * than it did then.
 */
export function carryOver(findings: readonly Finding[], known: readonly KnownFinding[]): Finding[] {
  const left = new Map<string, Record<Severity, KnownFinding[]>>();
  for (const one of known) {
    const same = left.get(one.fingerprint) ?? { note: [], warning: [], error: [] };
    same[one.severity].push(one);
    left.set(one.fingerprint, same);
  }
  const carried = new Map<Finding, KnownFinding>();
  // The heaviest first, each taking the lightest that is heavy enough: no other way carries more of them over.
  for (const finding of [...findings].sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity])) {
    const same = left.size > 0 && isStanding(finding) ? left.get(fingerprintOf(finding)) : undefined;
    const severity =
      same && LIGHTEST_FIRST.find((one) => WEIGHT[one] >= WEIGHT[finding.severity] && same[one].length > 0);
    if (severity !== undefined) {
      carried.set(finding, same![severity].pop()!);
    }
  }
  return findings.map((finding) => {
    const one = carried.get(finding);
    return one === undefined
      ? finding
      : { ...finding, carriedOver: { from: one.from, ...(one.since !== undefined && { since: one.since }) } };
  });
}
