import { Finding } from '../rules/finding';
import { countedFindings } from './counted-findings';
import { RunReport } from './run-report';

/** Findings as the reports for people show them: what counts is listed, what stands by agreement is counted. */
export interface ListedFindings {
  /** What counts, worst first. */
  readonly open: readonly Finding[];
  readonly carriedOver: readonly Finding[];
  readonly waived: readonly Finding[];
}

export function listedFindings(report: RunReport): ListedFindings {
  const { findings } = report;
  return {
    open: countedFindings(report),
    carriedOver: findings.filter(({ waived, carriedOver }) => waived === undefined && carriedOver !== undefined),
    waived: findings.filter(({ waived }) => waived !== undefined),
  };
}
