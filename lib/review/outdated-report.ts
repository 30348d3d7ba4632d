import { UpdateScope } from '../catalog/breadths';
import { LifecycleStage } from '../catalog/lifecycle';
import { ReplacementAdvice } from '../catalog/replacement-advice';
import { CalendarDate } from '../contracts/calendar-date';
import { Finding, FindingResource, Severity } from '../rules/finding';
import { ReviewedModel } from './change-report';
import { CoveringWaiver } from './waiver-review';

/**
 * Where a deployment stands: the first that holds of its model being retired, retiring within the warning days, deprecated or
 * legacy, there being a newer version of it, and none of these. `unknown` where that cannot be told.
 */
export type OutdatedState = 'retired' | 'retiring' | 'deprecated' | 'legacy' | 'newer-version' | 'current' | 'unknown';

/** The newest version of a model that is alive under the SKU. */
export interface NewestVersion {
  readonly version: string;
  readonly stage: LifecycleStage;
  readonly retirementDate?: CalendarDate;
  /** Whether it comes after the pinned one; it may be the pinned one. */
  readonly isNewer: boolean;
}

/** What to move to. */
export interface OutdatedReplacement {
  readonly name: string;
  readonly version?: string;
  /** `azure`: Azure names it; `advised`: Azure names none that can be used, and this one lives longest. */
  readonly by: 'azure' | 'advised';
  readonly stage?: LifecycleStage;
  readonly retirementDate?: CalendarDate;
  /** It does not retire before that day; when it does is not known. */
  readonly retirementIsEarliest?: boolean;
  /** What speaks against it or has to be known of it, a few words each. */
  readonly remarks: readonly string[];
}

/** One deployment. */
export interface OutdatedRow {
  readonly input: string;
  readonly resource: FindingResource;
  /** Region of the account, where the input says it. */
  readonly region?: string;
  readonly model: ReviewedModel;
  readonly state: OutdatedState;
  /** Why the state is not known, a few words. */
  readonly unknown?: string;
  readonly newest?: NewestVersion;
  readonly replacement?: OutdatedReplacement;
  /** What the update to the replacement, or else to the newest version, amounts to. */
  readonly scope?: UpdateScope;
  readonly advice?: ReplacementAdvice;
  /** Weight of the worst finding of the rules that decide the exit code; absent where there is none, or a waiver covers it. */
  readonly severity?: Severity;
  readonly isWaived: boolean;
  /** What covers it, where it is waived. */
  readonly waiver?: CoveringWaiver;
}

/** What is outdated among the deployments of the inputs. */
export interface OutdatedReport {
  readonly asOf: CalendarDate;
  readonly catalogAsOf: CalendarDate;
  readonly inputs: readonly string[];
  /** Soonest retirement first; deployments without a date behind them, and those that are not known last. */
  readonly rows: readonly OutdatedRow[];
  /** How many deployments are current, whether they are among the rows or not. */
  readonly currentCount: number;
  readonly deploymentCount: number;
  /** What the run was told that lets pass more than the defaults do. @default - nothing */
  readonly deviations?: readonly string[];
  /** What decides the exit code, worst first: findings about deployments and about waivers, and `catalog-stale` where the catalogue is old. */
  readonly findings: readonly Finding[];
}
