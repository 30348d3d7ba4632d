import { CalendarDate } from '../contracts/calendar-date';
import { ResourceOrigin } from '../facts/facts';

/** How much a finding weighs; only an error fails a build by default. */
export type Severity = 'error' | 'warning' | 'note';

/** The model that a finding is about, as far as it is known. */
export interface FindingModel {
  readonly format?: string;
  readonly name?: string;
  readonly version?: string;
  readonly sku?: string;
}

/** One statement of one rule about one resource. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** `unknown`: the rule could not see the value it needs; never a pass. */
  readonly status: 'violation' | 'unknown';
  readonly resource: FindingResource;
  /** What is wrong, with what was given. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  readonly model?: FindingModel;
  /** Tells findings of one rule about one attribute apart, for instance the label of a release; part of the fingerprint. */
  readonly subject?: string;
  readonly retirementDate?: CalendarDate;
  /** Set where the finding was there before: it is reported and does not fail. */
  readonly carriedOver?: { readonly from: 'baseline' | 'base'; readonly since?: CalendarDate };
  /** Set where a waiver covers the finding: it is reported and does not fail. */
  readonly waived?: { readonly reason: string; readonly owner: string; readonly expires: CalendarDate };
}

/** Where a finding stands. */
export interface FindingResource extends ResourceOrigin {
  readonly account?: string;
  readonly deployment?: string;
  /** Attribute path inside the resource, where the finding is about one attribute. */
  readonly path?: string;
  /** The input that it was found in, as it was given: a file, `-` for standard input. */
  readonly input?: string;
  /** Where the user declared it, `file:line`, if the construct recorded it. */
  readonly declaredAt?: string;
}
