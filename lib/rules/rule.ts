import { LifecycleLookup, LifecycleQuery, ModelSpelling } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { ConfigurationFacts } from '../facts/facts';
import { Finding, Severity } from './finding';

/** What a rule needs of the catalogue; `ModelCatalog` is one. */
export interface LifecycleKnowledge {
  lookup(query: LifecycleQuery, on: CalendarDate): LifecycleLookup;
  /** Every way in which a known model's name is written. */
  spellings(): readonly ModelSpelling[];
  /** Age of the knowledge: the oldest of the newest source days of the sellers that are asked for. */
  readonly asOf: CalendarDate;
}

/** Thresholds and switches that a team sets once. */
export interface RuleSettings {
  /** `model-retiring` is an error when at most this many days are left. @default 30 */
  readonly failDays: number;
  /** `model-retiring` is a warning when at most this many days are left. @default 120 */
  readonly warnDays: number;
  /** Whether previews and `model-router` are errors. @default false */
  readonly forbidPreviews: boolean;
  readonly forbidModelRouter: boolean;
}

/** What a rule reads: one configuration, the catalogue and a date. Rules do no input or output. */
export interface RuleContext {
  readonly facts: ConfigurationFacts;
  readonly catalog: LifecycleKnowledge;
  readonly asOf: CalendarDate;
  readonly settings: RuleSettings;
}

/** One rule: its documentation and its function in one place. */
export interface Rule {
  /** Stable kebab-case id. */
  readonly id: string;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** Why it matters to someone who runs the application. */
  readonly why: string;
  /** How to mend it, in general. */
  readonly fix: string;
  /** Default severity, in words where it depends on something. */
  readonly severity: Severity;
  readonly severityNote?: string;
  /** What makes its answer `unknown`. */
  readonly unknownWhen: string;
  check(context: RuleContext): Finding[];
}
