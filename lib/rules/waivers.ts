import { addDays, CalendarDate } from '../contracts/calendar-date';
import { abridged, quoted } from '../contracts/printable';
import { Waiver } from '../contracts/waiver';
import { Finding } from './finding';
import { PlacedWaiver } from './placed-waiver';
import { findRule } from './rules';
import { expiredWaiver } from './waiver-expired';
import { isWithin } from './waiver-input';
import { invalidWaiver } from './waiver-invalid';
import { WaiverIndex } from './waiver-match';
import { existingRuleAdvice } from './waiver-rule';
import { waiverProblems } from './waiver-shape';
import { unusedWaiver } from './waiver-unused';

const LONGEST_IN_DAYS = 365;

/** Findings with waivers applied, and what is wrong with the waivers themselves. */
export interface WaivedFindings {
  readonly findings: readonly Finding[];
  readonly waiverFindings: readonly Finding[];
  /** Waivers that are not limited to one input and cover findings in several. */
  readonly broadWaivers: readonly BroadWaiver[];
}

/** A waiver of a file that covers findings of several inputs without saying so. */
export interface BroadWaiver {
  /** For instance `waivers.json, waivers[2]`. */
  readonly source: string;
  readonly inputs: readonly string[];
}

/** What waivers are applied with. */
export interface WaiverApplication {
  readonly asOf: CalendarDate;
  /** Names of all inputs and stacks that are judged. @default - they are not known */
  readonly inputs?: readonly string[];
}

interface Candidate {
  readonly placed: PlacedWaiver;
  readonly waiver: Waiver;
  /** The stack whose configuration holds the waiver; none for one from a file. */
  readonly stack?: string;
  /** Last day that all findings it covers allow, and why. */
  latest?: AllowedDay;
  isUsed: boolean;
  /** The inputs of the findings that it covers. */
  readonly inputs: Set<string>;
}

interface AllowedDay {
  readonly day: CalendarDate;
  readonly because: string;
}

/** Marks the findings that a waiver covers, and judges each waiver: malformed, too long, expired or unused. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly PlacedWaiver[],
  { asOf, inputs }: WaiverApplication,
): WaivedFindings {
  const waiverFindings: Finding[] = [];
  const candidates: Candidate[] = [];
  for (const placed of waivers) {
    const malformed = judgeAlone(placed);
    if (malformed === undefined) {
      const { waiver, stack } = placed;
      candidates.push({ placed, waiver, stack, isUsed: false, latest: fixedLimit(placed, asOf), inputs: new Set() });
    } else {
      waiverFindings.push(malformed);
    }
  }
  const index = new WaiverIndex(candidates);
  const coverage = findings.map((finding) =>
    index
      .matching(finding)
      .filter(({ placed }) => placed.input === undefined || isWithin(placed.input, finding.resource)),
  );
  coverage.forEach((covering, position) => covering.forEach((one) => use(one, findings[position]!, asOf)));
  for (const candidate of candidates) {
    const finding = judgeInUse(candidate, { asOf, inputs });
    if (finding !== undefined) {
      waiverFindings.push(finding);
    }
  }
  return {
    findings: findings.map((finding, position) => waive(finding, coverage[position]!, asOf)),
    waiverFindings,
    broadWaivers: candidates.filter((one) => isHolding(one, asOf)).flatMap(broadness),
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
    return invalidWaiver(placed, `the rule ${quoted(rule)} does not exist`, existingRuleAdvice(rule));
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
  if (finding.resource.input !== undefined) {
    candidate.inputs.add(finding.resource.input);
  }
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

function judgeInUse(candidate: Candidate, { asOf, inputs }: WaiverApplication): Finding | undefined {
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
  return candidate.isUsed ? undefined : unusedWaiver(placed, inputs);
}

function broadness({ placed: { source, input }, inputs }: Candidate): BroadWaiver[] {
  return source === undefined || input !== undefined || inputs.size < 2 ? [] : [{ source, inputs: [...inputs] }];
}

function isExpired({ waiver }: Candidate, asOf: CalendarDate): boolean {
  return asOf > waiver.expires;
}

function isTooLong({ waiver, latest }: Candidate): boolean {
  return latest !== undefined && waiver.expires > latest.day;
}

function isHolding(candidate: Candidate, asOf: CalendarDate): boolean {
  return !isExpired(candidate, asOf) && !isTooLong(candidate);
}

/** Of several waivers the one that holds longest is shown. */
function waive(finding: Finding, covering: readonly Candidate[], asOf: CalendarDate): Finding {
  const holding = covering.filter((candidate) => isHolding(candidate, asOf));
  if (holding.length === 0) {
    return finding;
  }
  const { reason, owner, expires } = holding.reduce((longest, other) =>
    other.waiver.expires > longest.waiver.expires ? other : longest,
  ).waiver;
  return { ...finding, waived: { reason, owner, expires } };
}
