import { verdictOf } from '../review/verdict';
import { Finding } from '../rules/finding';
import { RunReport } from './run-report';

/** The findings that count: neither waived nor carried over. Worst first, as in the report. */
export function countedFindings({ findings }: RunReport): readonly Finding[] {
  const counted = findings.filter(({ waived, carriedOver }) => waived === undefined && carriedOver === undefined);
  return (['error', 'warning', 'note'] as const).flatMap((severity) =>
    counted.filter((finding) => finding.severity === severity),
  );
}

/** The verdict, how much was found and how old the knowledge is, in one line. */
export function summaryLine(report: RunReport): string {
  const { word, sentence } = verdictOf(report);
  return `${word}: ${sentence}; ${countsLine(report)}`;
}

function countsLine(report: RunReport): string {
  const counted = countedFindings(report);
  const count = (severity: Finding['severity'], what: string) => {
    const number = counted.filter((finding) => finding.severity === severity).length;
    return `${number} ${what}${number === 1 ? '' : 's'}`;
  };
  const unknown = counted.filter(({ status }) => status === 'unknown').length;
  const waived = report.findings.filter((finding) => finding.waived !== undefined).length;
  const carriedOver = report.findings.length - counted.length - waived;
  const parts = [
    count('error', 'error'),
    count('warning', 'warning'),
    `${count('note', 'note')}${unknownText(unknown)}`,
  ];
  parts.push(`${waived} waived`, `${carriedOver} carried over`);
  return `${parts.join(', ')}, as of ${report.asOf} (catalogue of ${report.catalog.asOf})`;
}

/** What stands behind the counts, where some of what they count cannot be told. */
export function unknownText(unknown: number): string {
  return unknown === 0 ? '' : ` (${unknown} that cannot be told among them)`;
}
