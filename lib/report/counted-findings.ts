import { counted } from '../contracts/counted';
import { verdictOf } from '../review/verdict';
import { Finding } from '../rules/finding';
import { SEVERITIES } from '../rules/severity-order';
import { RunReport } from './run-report';

/** The findings that count: neither waived nor carried over. Worst first, as in the report. */
export function countedFindings({ findings }: RunReport): readonly Finding[] {
  const open = findings.filter(({ waived, carriedOver }) => waived === undefined && carriedOver === undefined);
  return SEVERITIES.flatMap((severity) => open.filter((finding) => finding.severity === severity));
}

/** The verdict, how much was found and how old the knowledge is, in one line. */
export function summaryLine(report: RunReport): string {
  const { word, sentence } = verdictOf(report);
  return `${word}: ${sentence}; ${countsLine(report)}`;
}

function countsLine(report: RunReport): string {
  const open = countedFindings(report);
  const count = (severity: Finding['severity']) =>
    counted(open.filter((finding) => finding.severity === severity).length, severity);
  const unknown = open.filter(({ status }) => status === 'unknown').length;
  const waived = report.findings.filter((finding) => finding.waived !== undefined).length;
  const carriedOver = report.findings.length - open.length - waived;
  const parts = [count('error'), count('warning'), `${count('note')}${unknownText(unknown)}`];
  parts.push(`${waived} waived`, `${carriedOver} carried over`);
  return `${parts.join(', ')}, as of ${report.asOf} (catalogue of ${report.catalog.asOf})`;
}

/** What stands behind the counts, where some of what they count cannot be told. */
export function unknownText(unknown: number): string {
  return unknown === 0 ? '' : ` (${unknown} of all these findings cannot be told)`;
}
