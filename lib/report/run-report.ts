import { CatalogSource } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { ChangeReport } from '../review/change-report';
import { ModelInUse } from '../review/models-in-use';
import { EvaluationSummary } from '../rules/evaluate';
import { Finding } from '../rules/finding';

/** Everything that one run of the command-line tool found; all writers write this. */
export interface RunReport {
  readonly asOf: CalendarDate;
  readonly catalog: { readonly asOf: CalendarDate; readonly sources: readonly CatalogSource[] };
  /** What was judged: file paths. */
  readonly inputs: readonly string[];
  readonly summary: EvaluationSummary;
  readonly findings: readonly Finding[];
  /** Version of this tool. */
  readonly toolVersion: string;
  /** Command that made the report. */
  readonly command: 'check' | 'review';
  /** Weight from which findings fail the command. */
  readonly failOn: 'error' | 'warning' | 'never';
  /** What the run was told that lets pass more than the defaults do, for instance `model-retired is off`. @default - nothing */
  readonly deviations?: readonly string[];
  /**
   * Whether findings were compared with those of a baseline or a base, so that each is new or was there before.
   * @default - true where one is carried over
   */
  readonly hasKnownFindings?: boolean;
  /** Whether the command fails because the catalogue is older than `--require-fresh` allows. @default false */
  readonly catalogIsTooOld?: boolean;
  /** What changes. @default - nothing was compared */
  readonly changes?: ChangeReport;
  /** Every deployment that stands once the inputs are applied. */
  readonly models: readonly ModelInUse[];
}

export type { ModelInUse };
