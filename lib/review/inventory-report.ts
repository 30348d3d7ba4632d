import { CalendarDate } from '../contracts/calendar-date';
import { DeclaredPlace, DeclaredState } from '../inventory/comparison';
import { Drift } from '../inventory/drift';
import { LiveDeployment, UnreadScope } from '../inventory/live-deployment';
import { Finding, Severity } from '../rules/finding';
import { ReviewedModel } from './change-report';
import { OutdatedRow } from './outdated-report';

/** A live deployment, how its model stands, and how it compares with the code. */
export interface InventoryRow extends Omit<OutdatedRow, 'input' | 'resource' | 'advice'> {
  readonly live: LiveDeployment;
  readonly declared: DeclaredState;
  /** What declares it, or where that is uncertain, may. */
  readonly places: readonly DeclaredPlace[];
  /** `name`: the code names the account without its id, and only one account that was read is called so. */
  readonly matchedBy?: 'id' | 'name';
  /** Whether a plan among the inputs ends it. @default false */
  readonly isRemoved?: boolean;
  /** Whether a plan among the inputs lets go of it: it runs on, and nothing declares it then. @default false */
  readonly isForgotten?: boolean;
  readonly drift: readonly Drift[];
  /** Whether Azure may change the model by itself, as far as the option says. */
  readonly allowsUpgrade: boolean;
  /** Weight of the worst finding about it; absent where there is none, or waivers cover all. */
  readonly severity?: Severity;
}

/** A deployment that code has and Azure has not. */
export interface MissingRow {
  readonly accountId: string;
  readonly deployment: string;
  readonly place: DeclaredPlace;
  readonly model: ReviewedModel;
  readonly isWaived: boolean;
}

/** What runs, what of it ends, and what the code says of it. */
export interface InventoryReport {
  readonly asOf: CalendarDate;
  readonly catalogAsOf: CalendarDate;
  /** When Azure was read, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly cloud: 'public' | 'usgovernment';
  /** Ids of the subscriptions that were read. */
  readonly subscriptions: readonly string[];
  /** Management groups that were asked for. @default - none */
  readonly managementGroups?: readonly string[];
  /** What the code was read from; empty where nothing was compared. */
  readonly inputs: readonly string[];
  readonly accountCount: number;
  readonly deploymentCount: number;
  /** Deployments of which there is nothing to say, whether they are among the rows or not. */
  readonly quietCount: number;
  /** Soonest retirement first; deployments without a date behind them, and those that are not known last. */
  readonly rows: readonly InventoryRow[];
  readonly missing: readonly MissingRow[];
  /** Accounts and subscriptions whose deployments are not among the rows. */
  readonly unread: readonly UnreadScope[];
  /** What the run was told that lets pass more than the defaults do. @default - nothing */
  readonly deviations?: readonly string[];
  /** What decides the exit code. */
  readonly findings: readonly Finding[];
}
