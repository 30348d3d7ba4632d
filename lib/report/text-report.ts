import { describeFinding } from '../rules/describe-finding';
import { RunReport } from './run-report';

/** The report for a terminal: findings first, then one line that sums up and says how old the knowledge is. */
export function textReport(report: RunReport): string {
  const { summary, asOf, catalog, findings, inputs } = report;
  const counts = [
    counted(summary.errors, 'error'),
    counted(summary.warnings, 'warning'),
    counted(summary.notes, 'note'),
    `${summary.waived} waived`,
  ];
  const verdict = `${counts.join(', ')} in ${counted(inputs.length, 'stack')}, as of ${asOf} (catalogue of ${catalog.asOf})`;
  return [...findings.map(describeFinding), verdict].join('\n\n') + '\n';
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
