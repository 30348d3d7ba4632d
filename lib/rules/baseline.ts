import { date, fields, listOf, oneOf, Shape, text, WHOLE_FILE } from '../catalog/document-shape';
import { CalendarDate } from '../contracts/calendar-date';
import { isJsonObject, readJsonFile } from '../contracts/json-file';
import { printable, quoted } from '../contracts/printable';
import { compareText } from '../contracts/text-order';
import { isStanding, KnownFinding } from './baseline-carry';
import { badBaseline, baselineNotJson, planAsBaseline, unreadableBaseline } from './errors';
import { Finding, Severity } from './finding';
import { fingerprintOf } from './fingerprint';
import { SEVERITIES } from './severity-order';

const SCHEMA_VERSION = 1;

/** More than that of one mistake says nothing new. */
const MOST_PROBLEMS = 20;

/** A finding in a baseline file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  /** For whoever reads the file, as is `resource`. */
  readonly rule: string;
  readonly resource: string;
  /** The severity that it had; a finding that weighs more now is a new one. */
  readonly severity: Severity;
  /** Whether it was certain; a finding that was not and is now is a new one. */
  readonly status: Finding['status'];
  /** Day on which it was first written down. */
  readonly since: CalendarDate;
}

/** A baseline file: `baseline.schema.json` describes it. */
interface Baseline {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly asOf: CalendarDate;
  readonly findings: readonly BaselineEntry[];
}

const fingerprint: Shape = {
  allowed: 'the 32 hexadecimal digits that this tool writes',
  check(value, at, report) {
    if (typeof value !== 'string' || !/^[0-9a-f]{32}$/.test(value)) {
      report(`${at} is ${quoted(value)}; write ${this.allowed}`);
    }
  },
};

const shape = fields(
  {
    schemaVersion: oneOf([SCHEMA_VERSION]),
    asOf: date,
    findings: listOf(
      fields({
        fingerprint,
        rule: text,
        resource: text,
        severity: oneOf(SEVERITIES),
        status: oneOf(['violation', 'unknown']),
        since: date,
      }),
    ),
  },
  { $schema: text },
);

/**
 * Reads a baseline file, JSON as described by `baseline.schema.json`: the findings that were there when it was written.
 *
 * @throws if the file cannot be read, is not JSON, or has not that shape; unknown keys are named with the nearest known one
 */
export function readBaseline(path: string): KnownFinding[] {
  const document = readJsonFile(path, {
    unreadable: unreadableBaseline,
    notJson: (file, detail) => baselineNotJson(file, printable(detail)),
  });
  if (isPlan(document)) {
    throw planAsBaseline(path);
  }
  const problems: string[] = [];
  shape.check(document, WHOLE_FILE, (problem) => problems.push(problem));
  if (problems.length > 0) {
    throw badBaseline(path, problems.slice(0, MOST_PROBLEMS), problems.length);
  }
  return (document as Baseline).findings.map((entry) => ({
    fingerprint: entry.fingerprint,
    severity: entry.severity,
    status: entry.status,
    from: 'baseline',
    since: entry.since,
  }));
}

function isPlan(document: unknown): boolean {
  return isJsonObject(document) && Object.hasOwn(document, 'format_version') && !Object.hasOwn(document, 'findings');
}

/**
 * The text of a baseline file with these findings, the same for the same findings in whichever order: all but those
 * that a waiver covers. One that was known before keeps the day since when it is.
 */
export function baselineText(findings: readonly Finding[], asOf: CalendarDate): string {
  const entries = findings.filter(isStanding).map((finding): BaselineEntry => ({
    fingerprint: fingerprintOf(finding),
    rule: finding.rule,
    resource: resourceText(finding),
    severity: finding.severity,
    status: finding.status,
    since: finding.carriedOver?.since ?? asOf,
  }));
  const sorted = entries
    .map((entry) => ({ entry, key: JSON.stringify(sortKeyOf(entry)) }))
    .sort((left, right) => compareText(left.key, right.key))
    .map(({ entry }) => entry);
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, asOf, findings: sorted }, null, 2)}\n`;
}

/** By what a reader looks for; the rest only settles the order. */
function sortKeyOf({ rule, resource, severity, status, fingerprint: digits, since }: BaselineEntry) {
  return [resource, rule, digits, severity, status, since];
}

function resourceText({ resource: { address, stack } }: Finding): string {
  const text = printable(stack === undefined ? address : `${stack}: ${address}`).trim();
  return text === '' ? '(no address)' : text;
}
