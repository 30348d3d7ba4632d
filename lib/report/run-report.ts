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
  /** What changes. @default - nothing was compared */
  readonly changes?: ChangeReport;
  /** Every deployment that stands once the inputs are applied. */
  readonly models: readonly ModelInUse[];
}

export type { ModelInUse };
