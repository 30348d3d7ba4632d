/** How much a finding of a rule weighs. Only an error fails the build. */
export enum FindingSeverity {
  /** Fails `cdktf synth`. */
  ERROR = 'error',
  /** Is shown and does not fail. */
  WARNING = 'warning',
  /** Is shown for information. */
  NOTE = 'note',
  /** The rule is switched off. */
  OFF = 'off',
}

/** The Azure cloud whose lifecycle dates apply. */
export enum LifecycleCloud {
  /** Azure public cloud. */
  PUBLIC = 'public',
  /** Azure Government, which follows a schedule of its own. */
  US_GOVERNMENT = 'usgovernment',
}

/** What a team decides about the guard, once per app or per stack. */
export interface ModelLifecycleGuardProps {
  /**
   * The day to judge on, `YYYY-MM-DD` in UTC.
   *
   * More than seven days from the clock's date is reported as `as-of-shifted`.
   *
   * @default - the environment variable MODEL_LIFECYCLE_AS_OF, else today
   */
  readonly asOf?: string;

  /**
   * A model that retires within this many days is an error (`model-retiring`); a whole number, zero or more.
   *
   * @default 30
   */
  readonly failDays?: number;

  /**
   * A model that retires within this many days is a warning (`model-retiring`); a whole number, `failDays` or more.
   *
   * A replacement is usually named 90 to 120 days before a retirement, not earlier.
   *
   * @default - 120, or `failDays` if that is more
   */
  readonly warnDays?: number;

  /**
   * A catalogue file to use instead of the bundled one; relative paths start at the working directory.
   *
   * @default - the catalogue that this package brings
   */
  readonly catalogFile?: string;

  /**
   * Overlay files laid over the catalogue, the last one on top: private, fine-tuned or newer models, dates that moved.
   *
   * @default - none
   */
  readonly overlayFiles?: string[];

  /**
   * The cloud whose dates apply.
   *
   * @default LifecycleCloud.PUBLIC
   */
  readonly cloud?: LifecycleCloud;

  /**
   * Severity per rule id, where it differs from the rule's default.
   *
   * @default - every rule's own default, see docs/rules.md
   */
  readonly severities?: { [rule: string]: FindingSeverity };

  /**
   * Whether preview models are errors (`model-preview`); they are upgraded by Azure even with auto-upgrade off.
   *
   * @default false
   */
  readonly forbidPreviews?: boolean;

  /**
   * Whether `model-router` deployments are errors (`model-router`); they choose models by themselves.
   *
   * @default false
   */
  readonly forbidModelRouter?: boolean;

  /**
   * Whether a catalogue older than 60 days is an error instead of a warning (`catalog-stale`).
   *
   * @default false
   */
  readonly requireFresh?: boolean;

  /**
   * A file of waivers, for findings on resources that no code of yours declares.
   *
   * @default - only the waivers given with `ModelLifecycleGuard.waive`
   */
  readonly waiverFile?: string;
}

/** A finding that a team accepts until a date. */
export interface LifecycleWaiverProps {
  /** The rule's id, for instance `model-retiring`. */
  readonly rule: string;

  /** Why the finding is accepted, at least ten characters. */
  readonly reason: string;

  /** The person or team that answers for it. */
  readonly owner: string;

  /**
   * Last day on which the waiver holds, `YYYY-MM-DD`.
   *
   * At most 14 days ahead for `model-retired`, the retirement date for `model-retiring` and `model-deprecated`,
   * 365 days for every other rule.
   */
  readonly expires: string;
}

/** One finding of the guard, for tests of your own stacks. */
export interface LifecycleFinding {
  /** The rule's id. */
  readonly rule: string;

  /** How much it weighs. */
  readonly severity: FindingSeverity;

  /** Terraform address of the resource. */
  readonly address: string;

  /**
   * Construct path of the resource.
   *
   * @default - the finding is about the stack or the check itself
   */
  readonly constructPath?: string;

  /** What is wrong. */
  readonly message: string;

  /** What to do about it. */
  readonly fix: string;

  /** Whether the rule could not see the value it needs; never a pass. */
  readonly isUnknown: boolean;

  /** Whether a waiver covers it. */
  readonly isWaived: boolean;

  /**
   * First day on which the model refuses to answer, `YYYY-MM-DD`.
   *
   * @default - no date is known, or the finding is not about a date
   */
  readonly retirementDate?: string;
}
