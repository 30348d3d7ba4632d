import { andMore } from '../contracts/and-more';
import { CalendarDate } from '../contracts/calendar-date';
import { ManifestModel } from '../contracts/release-manifest';
import { ResourceOrigin } from '../facts/facts';
import { Finding } from './finding';
import { RuleDescription } from './rule';

/** What a rule says about a place in the configuration. */
export interface Statement {
  readonly message: string;
  readonly fix: string;
  /** Attribute path. @default - that of the place */
  readonly path?: string;
  /** @default - the rule's own */
  readonly severity?: Finding['severity'];
  /** @default 'violation' */
  readonly status?: Finding['status'];
  readonly model?: Pick<ManifestModel, 'format' | 'name' | 'version'>;
  readonly retirementDate?: CalendarDate;
  /** What at the place the statement is about, where it may be about several things there. */
  readonly subject?: string;
}

/** What cannot be seen and may well be right. */
export const UNKNOWN = { severity: 'warning', status: 'unknown' } as const;

/** What cannot be seen from here by design, because another stack declares it. */
export const ELSEWHERE = { severity: 'note', status: 'unknown' } as const;

const MOST_NAMED = 4;

/** The finding that a rule makes of a statement about a resource. */
export function findingOf(
  rule: RuleDescription,
  { origin, path }: { readonly origin: ResourceOrigin; readonly path?: string },
  statement: Statement,
): Finding {
  const { message, fix, severity = rule.severity, status = 'violation', model, retirementDate, subject } = statement;
  const place = statement.path ?? path;
  return {
    rule: rule.id,
    severity,
    status,
    resource: { ...origin, ...(place !== undefined && { path: place }) },
    message,
    fix,
    ...(model && { model: { format: model.format, name: model.name, version: model.version } }),
    ...(retirementDate !== undefined && { retirementDate }),
    ...(subject !== undefined && { subject }),
  };
}

/** `a, b, c, d and 3 more`: names fit for a message, at most four of them. */
export function nameList(names: readonly string[]): string {
  return `${names.slice(0, MOST_NAMED).join(', ')}${andMore(names.length - MOST_NAMED, ' ')}`;
}
