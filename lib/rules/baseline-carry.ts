import { CalendarDate } from '../contracts/calendar-date';
import { Finding, Severity } from './finding';
import { fingerprintOf } from './fingerprint';
import { SEVERITIES, compareSeverities } from './severity-order';

/** A finding that was there before, from a baseline file or from the plan that a change is compared with. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly status: Finding['status'];
  readonly from: 'baseline' | 'base';
  /** Day on which it was first written down. */
  readonly since?: CalendarDate;
}

/** What a rule that failed leaves behind judges nothing: it is never carried over, and has no place in a baseline. */
export const RULE_FAILED = 'the rule failed';

const LIGHTEST_FIRST = [...SEVERITIES].reverse();

/** The findings of another run, to compare with. Those that a waiver covered there need one here as well. */
export function knownFindingsOf(findings: readonly Finding[]): KnownFinding[] {
  return findings.filter(isStanding).map((finding) => ({
    fingerprint: fingerprintOf(finding),
    severity: finding.severity,
    status: finding.status,
    from: 'base',
    ...(finding.carriedOver?.since !== undefined && { since: finding.carriedOver.since }),
  }));
}

/** Whether a finding can be written down as known: not where a waiver covers it, nor where a rule failed. */
export function isStanding({ waived, subject }: Finding): boolean {
  return waived === undefined && subject !== RULE_FAILED;
}

/**
 * Marks the findings that were there before: as many of each fingerprint as are known, none that weighs more now than it did
 * then, and none that is certain now and could not be seen then.
 */
export function carryOver(findings: readonly Finding[], known: readonly KnownFinding[]): Finding[] {
  const left = new Map<string, KnownFinding[]>();
  for (const one of known) {
    const key = keyOf(one.fingerprint, one);
    const same = left.get(key) ?? [];
    same.push(one);
    left.set(key, same);
  }
  const carried = new Map<Finding, KnownFinding>();
  // What can be told first, then the heaviest, each taking the lightest that is heavy enough: no other way carries more over.
  for (const finding of known.length === 0 ? [] : [...findings].filter(isStanding).sort(mostDemandingFirst)) {
    const fingerprint = fingerprintOf(finding);
    const key = coveringOf(finding)
      .map((each) => keyOf(fingerprint, each))
      .find((each) => (left.get(each)?.length ?? 0) > 0);
    if (key !== undefined) {
      carried.set(finding, left.get(key)!.pop()!);
    }
  }
  return findings.map((finding) => {
    const one = carried.get(finding);
    return one === undefined
      ? finding
      : { ...finding, carriedOver: { from: one.from, ...(one.since !== undefined && { since: one.since }) } };
  });
}

type Gravity = Pick<Finding, 'severity' | 'status'>;

/** What a finding must have been to be no news, the least first. */
function coveringOf({ severity, status }: Gravity): Gravity[] {
  const statuses = status === 'unknown' ? (['unknown', 'violation'] as const) : (['violation'] as const);
  return LIGHTEST_FIRST.filter((one) => compareSeverities(one, severity) <= 0).flatMap((one) =>
    statuses.map((each) => ({ severity: one, status: each })),
  );
}

function keyOf(fingerprint: string, { severity, status }: Gravity): string {
  return `${fingerprint} ${severity} ${status}`;
}

function mostDemandingFirst(left: Gravity, right: Gravity): number {
  return (
    Number(left.status === 'unknown') - Number(right.status === 'unknown') ||
    compareSeverities(left.severity, right.severity)
  );
}
