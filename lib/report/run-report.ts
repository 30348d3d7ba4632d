import { CatalogSource } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
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
}
