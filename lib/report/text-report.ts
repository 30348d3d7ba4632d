import { verdictOf } from '../review/verdict';
import { describeFinding } from '../rules/describe-finding';
import { Finding } from '../rules/finding';
import { counted } from './change-wording';
import { listedFindings } from './listed-findings';
import { RunReport } from './run-report';
import { Line, Paint, painted, TerminalLayout, terminalText } from './terminal-text';
import { changeSections } from './text-changes';

/** So many findings that stand by agreement are still worth their lines; more are counted only. */
const FEW = 3;

const VERDICT_PAINTS = { stop: 'red', look: 'yellow', go: 'green' } as const satisfies Record<string, Paint>;
const SEVERITY_PAINTS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<string, Paint>;

/**
 * The report for a terminal: where changes were reviewed the verdict and the changes first; then the findings, and one
 * line that sums up and says how old the knowledge is.
 */
export function textReport(report: RunReport, layout: TerminalLayout = {}): string {
  const { changes } = report;
  const blocks: Line[][] = [
    ...(changes === undefined ? [] : [verdictLines(report), ...changeSections(changes)]),
    ...findingBlocks(report),
    [[closingLine(report)]],
  ];
  return blocks.map((lines) => terminalText(lines, layout)).join('\n');
}

function verdictLines(report: RunReport): Line[] {
  const { word, sentence } = verdictOf(report);
  return [[painted(word.toUpperCase(), VERDICT_PAINTS[word], 'bold'), `  ${sentence}`]];
}

function findingBlocks(report: RunReport): Line[][] {
  const { open, carriedOver, waived } = listedFindings(report);
  const standing = [...carriedOver, ...waived];
  return [...open, ...(standing.length <= FEW ? standing : [])].map(findingLines);
}

function findingLines(finding: Finding): Line[] {
  const [first, ...others] = describeFinding(finding).split('\n');
  const weight = /^\S+/u.exec(first!)![0];
  const isOpen = finding.waived === undefined && finding.carriedOver === undefined;
  return [
    [painted(weight, isOpen ? SEVERITY_PAINTS[finding.severity] : 'dim', 'bold'), first!.slice(weight.length)],
    ...others.map((line) => [line]),
  ];
}

function closingLine(report: RunReport): string {
  const { summary, asOf, catalog, inputs, command } = report;
  const carriedOver = listedFindings(report).carriedOver.length;
  const counts = [
    counted(summary.errors, 'error'),
    counted(summary.warnings, 'warning'),
    counted(summary.notes, 'note'),
    `${summary.waived} waived`,
    ...(carriedOver === 0 ? [] : [`${carriedOver} carried over`]),
  ];
  const judged = counted(inputs.length, command === 'review' ? 'plan' : 'stack');
  return `${counts.join(', ')} in ${judged}, as of ${asOf} (catalogue of ${catalog.asOf})`;
}
