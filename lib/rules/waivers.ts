import { addDays, CalendarDate } from '../contracts/calendar-date';
import { abridged, quoted } from '../contracts/printable';
import { Waiver } from '../contracts/waiver';
import { Finding } from './finding';
import { PlacedWaiver } from './placed-waiver';
import { findRule, nearestRule } from './rules';
import { expiredWaiver } from './waiver-expired';
import { invalidWaiver } from './waiver-invalid';
import { WaiverIndex } from './waiver-match';
import { waiverProblems } from './waiver-shape';
import { unusedWaiver } from './waiver-unused';

const LONGEST_IN_DAYS = 365;

/** Findings with waivers applied, and what is wrong with the waivers themselves. */
export interface WaivedFindings {
  readonly findings: readonly Finding[];
  readonly waiverFindings: readonly Finding[];
}

interface Candidate {
  readonly placed: PlacedWaiver;
  readonly waiver: Waiver;
  /** The stack whose configuration holds the waiver; none for one from a file. */
  readonly stack?: string;
  /** Last day that all findings it covers allow, and why. */
  latest?: AllowedDay;
  isUsed: boolean;
}

interface AllowedDay {
  readonly day: CalendarDate;
  readonly because: string;
}

/** Marks the findings that a waiver covers, and judges each waiver: malformed, too long, expired or unused. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly PlacedWaiver[],
  asOf: CalendarDate,
): WaivedFindings {
  const waiverFindings: Finding[] = [];
  const candidates: Candidate[] = [];
  for (const placed of waivers) {
    const malformed = judgeAlone(placed);
    if (malformed === undefined) {
      const { waiver, stack } = placed;
      candidates.push({ placed, waiver, stack, isUsed: false, latest: fixedLimit(placed, asOf) });
    } else {
      waiverFindings.push(malformed);
    }
  }
  const index = new WaiverIndex(candidates);
  const coverage = findings.map((finding) => index.matching(finding));
  coverage.forEach((covering, position) => covering.forEach((one) => use(one, findings[position]!, asOf)));
  for (const candidate of candidates) {
    const finding = judgeInUse(candidate, asOf);
    if (finding !== undefined) {
      waiverFindings.push(finding);
    }
  }
  return {
    findings: findings.map((finding, position) => waive(finding, coverage[position]!, asOf)),
    waiverFindings,
  };
}

function judgeAlone(placed: PlacedWaiver): Finding | undefined {
  const problems = waiverProblems(placed.waiver);
  if (problems.length > 0) {
    return invalidWaiver(placed, problems.join('; '), 'give rule, resource, reason, owner and expires');
  }
  const { rule } = placed.waiver;
  const known = findRule(rule);
  if (known === undefined) {
    const nearest = nearestRule(rule);
    return invalidWaiver(
      placed,
      `the rule ${quoted(rule)} does not exist`,
      nearest === undefined ? 'give a rule that is listed in docs/rules.md' : `did you mean '${nearest}'?`,
    );
  }
  return known.waiverLimit === 'never'
    ? invalidWaiver(placed, `findings of ${rule} cannot be waived`, 'correct the finding and remove the waiver')
    : undefined;
}

/** The limit of a rule that does not depend on what the waiver covers. */
function fixedLimit({ waiver }: PlacedWaiver, asOf: CalendarDate): AllowedDay | undefined {
  const limit = findRule(waiver.rule)?.waiverLimit ?? LONGEST_IN_DAYS;
  return typeof limit === 'number' ? daysAhead(limit, asOf) : undefined;
}

function use(candidate: Candidate, finding: Finding, asOf: CalendarDate): void {
  candidate.isUsed = true;
  if (findRule(finding.rule)?.waiverLimit !== 'until-retirement') {
    return;
  }
  const allowed: AllowedDay =
    finding.retirementDate === undefined || finding.retirementDate <= asOf
      ? daysAhead(LONGEST_IN_DAYS, asOf)
      : {
          day: finding.retirementDate,
          because: `the retirement date of the model of ${abridged(finding.resource.address)}`,
        };
  if (candidate.latest === undefined || allowed.day < candidate.latest.day) {
    candidate.latest = allowed;
  }
}

function daysAhead(days: number, asOf: CalendarDate): AllowedDay {
  return { day: addDays(asOf, days), because: `${days} days from ${asOf}` };
}

function judgeInUse(candidate: Candidate, asOf: CalendarDate): Finding | undefined {
  const { placed, waiver, latest } = candidate;
  if (isExpired(candidate, asOf)) {
    return expiredWaiver(placed, asOf);
  }
  if (latest !== undefined && isTooLong(candidate)) {
    return invalidWaiver(
      placed,
      `it expires on ${waiver.expires}, and the latest day allowed is ${latest.day}, ${latest.because}`,
      `set expires to ${latest.day} or earlier`,
    );
  }
  return candidate.isUsed ? undefined : unusedWaiver(placed);
}

function isExpired({ waiver }: Candidate, asOf: CalendarDate): boolean {
  return asOf > waiver.expires;
}

function isTooLong({ waiver, latest }: Candidate): boolean {
  return latest !== undefined && waiver.expires > latest.day;
}

/** Of several waivers the one that holds longest is shown. */
function waive(finding: Finding, covering: readonly Candidate[], asOf: CalendarDate): Finding {
  const holding = covering.filter((candidate) => !isExpired(candidate, asOf) && !isTooLong(candidate));
  if (holding.length === 0) {
    return finding;
  }
  const { reason, owner, expires } = holding.reduce((longest, other) =>
    other.waiver.expires > longest.waiver.expires ? other : longest,
  ).waiver;
  return { ...finding, waived: { reason, owner, expires } };
}
