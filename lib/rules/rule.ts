import { ModelSeller } from '../catalog/catalog-document';
import { LifecycleLookup, LifecycleQuery, ModelSpelling } from '../catalog/lifecycle';
import { JudgementDate } from '../contracts/as-of';
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
  /** The seller whom that day is about. @default - it is about all */
  readonly oldestSeller?: ModelSeller;
  /** The catalogue file. @default - the catalogue comes with this package */
  readonly file?: string;
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
  /** Whether a configuration of the same run declares a deployment of this name; names are in lower case. */
  readonly isDeployed: (name: string) => boolean;
  /** Everything that is judged in this run. @default - this configuration alone */
  readonly configurations?: readonly ConfigurationFacts[];
}

/** What a rule about the check itself reads; it is asked once, however many configurations are judged. */
export interface RunContext {
  readonly catalog: LifecycleKnowledge;
  readonly judgement: JudgementDate;
  /** Construct paths of stacks that no guard judges, in an app that has one. */
  readonly unguardedStacks: readonly string[];
  /** Everything that is judged in this run. */
  readonly configurations: readonly ConfigurationFacts[];
}

/**
 * How long a finding can be waived: a number of days from the judgement date, `until-retirement` for
 * at most the model's retirement date (365 days where none is to come), `never` where a waiver has no effect.
 */
export type WaiverLimit = 14 | 365 | 'until-retirement' | 'never';

/** What is said of a rule, wherever it is checked. */
export interface RuleDescription {
  /** Stable kebab-case id. */
  readonly id: string;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** Why it matters to someone who runs the application. */
  readonly why: string;
  /** How to correct it, in general. */
  readonly fix: string;
  /** Default severity, in words where it depends on something. */
  readonly severity: Severity;
  readonly severityNote?: string;
  /** What makes its answer `unknown`. */
  readonly unknownWhen: string;
  /** @default 365 */
  readonly waiverLimit?: WaiverLimit;
}

/** A rule about one configuration: its documentation and its function in one place. */
export interface Rule extends RuleDescription {
  check(context: RuleContext): Finding[];
}

/** A rule about the check itself. */
export interface RunRule extends RuleDescription {
  checkRun(context: RunContext): Finding[];
}
