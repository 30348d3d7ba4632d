import { RunReport } from '../../lib/report/run-report';
import * as samples from './sample-reports';

/** Every report made by hand, by name, and one with many findings. */
export const SAMPLES: readonly (readonly [string, RunReport])[] = [
  ...Object.entries(samples).flatMap(([name, value]) => (isReport(value) ? [[name, value] as const] : [])),
  ['MANY_FINDINGS', samples.manyFindings(40)] as const,
];

function isReport(value: unknown): value is RunReport {
  return typeof value === 'object' && value !== null && 'findings' in value && 'summary' in value;
}
