import { describesApply } from '../rules/applied-rules';
import { Finding } from '../rules/finding';
import { countedFindings } from './counted-findings';
import { RunReport } from './run-report';

/** Findings as the reports for people show them: what counts is listed, what stands by agreement is counted. */
export interface ListedFindings {
  /** What counts, worst first. */
  readonly open: readonly Finding[];
  readonly carriedOver: readonly Finding[];
  /** Of those carried over, what comes true when the plan is applied. */
  readonly applied: readonly Finding[];
  /** The others of those. */
  readonly remaining: readonly Finding[];
  readonly waived: readonly Finding[];
}

export function listedFindings(report: RunReport): ListedFindings {
  const { findings } = report;
  const carriedOver = findings.filter(({ waived, carriedOver: known }) => waived === undefined && known !== undefined);
  return {
    open: countedFindings(report),
    carriedOver,
    applied: carriedOver.filter(({ rule }) => describesApply(rule)),
    remaining: carriedOver.filter(({ rule }) => !describesApply(rule)),
    waived: findings.filter(({ waived }) => waived !== undefined),
  };
}
