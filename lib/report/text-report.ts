import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { abridgedTo } from '../contracts/printable';
import { subjectOf } from '../review/reviewed-subject';
import { verdictOf } from '../review/verdict';
import { describeFinding } from '../rules/describe-finding';
import { Finding } from '../rules/finding';
import { unknownText } from './counted-findings';
import { inputNamer } from './finding-place';
import { listedFindings } from './listed-findings';
import { RunReport } from './run-report';
import { Line, Paint, painted, shortName, TerminalLayout, terminalText } from './terminal-text';
import { changeSections, outlookSections } from './text-changes';

/** So many findings that stand by agreement are worth their lines; more are counted only. */
const FEW = 5;

const LONGEST_SENTENCE = 800;

const VERDICT_PAINTS = { stop: 'red', look: 'yellow', go: 'green' } as const satisfies Record<string, Paint>;
const SEVERITY_PAINTS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<string, Paint>;

/**
 * The report for a terminal: where changes were reviewed the verdict and the changes first; then the findings, and one
 * line that sums up and says how old the knowledge is.
 */
export function textReport(report: RunReport, layout: TerminalLayout = {}): string {
  const { changes } = report;
  const { open, applied, remaining, waived } = listedFindings(report);
  const nameOf = inputNamer(report);
  const linesOf = (finding: Finding) => findingLines(finding, nameOf(finding));
  const blocks: Line[][] = [
    ...(changes === undefined ? [] : [verdictLines(report), ...changeSections(changes)]),
    ...open.map(linesOf),
    ...standing('Carried over, and still to be applied (do not fail)', applied, linesOf),
    ...standing('Carried over (do not fail)', remaining, linesOf),
    ...standing('Waived', waived, linesOf),
    ...(changes === undefined ? [] : outlookSections(changes)),
    [[closingLine(report)]],
  ];
  return blocks.map((lines) => terminalText(lines, layout)).join('\n');
}

function verdictLines(report: RunReport): Line[] {
  const { word, sentence } = verdictOf(report);
  return [[painted(word.toUpperCase(), VERDICT_PAINTS[word], 'bold'), `  ${sentence}`]];
}

/** What stands by agreement, under a heading of its own. */
function standing(title: string, findings: readonly Finding[], linesOf: (finding: Finding) => Line[]): Line[][] {
  if (findings.length === 0) {
    return [];
  }
  const left = findings.length - FEW;
  return [
    [[painted(title, 'bold')], ...findings.slice(0, FEW).flatMap(linesOf), ...(left > 0 ? [[andMore(left)]] : [])],
  ];
}

function findingLines(finding: Finding, input: string | undefined): Line[] {
  const { waived, carriedOver, severity } = finding;
  const [first, ...others] = describeFinding(shortened(finding), { input: input && shortName(input) }).split('\n');
  const weight = /^(?:carried over )?\S+/u.exec(first!)![0];
  return [
    [painted(weight, waived || carriedOver ? 'dim' : SEVERITY_PAINTS[severity], 'bold'), first!.slice(weight.length)],
    ...others.map((line) => [line]),
  ];
}

/** What nobody could read is cut before it is measured and broken into lines. */
function shortened(finding: Finding): Finding {
  const { resource, message, fix, waived } = finding;
  const named = Object.entries(resource).map(([key, text]: [string, string | undefined]) => [
    key,
    text === undefined ? text : shortName(text),
  ]);
  return {
    ...finding,
    resource: Object.fromEntries(named) as unknown as Finding['resource'],
    message: abridgedTo(LONGEST_SENTENCE, message),
    fix: abridgedTo(LONGEST_SENTENCE, fix),
    ...(waived && { waived: { ...waived, owner: shortName(waived.owner), reason: shortName(waived.reason) } }),
  };
}

/** What a reader has to know who did not see the command line. */
function judgedWith({ deviations = [] }: RunReport): string {
  return deviations.length === 0 ? '' : `; judged with: ${deviations.map(shortName).join(', ')}`;
}

function closingLine(report: RunReport): string {
  const { summary, asOf, catalog, inputs, changes } = report;
  const carriedOver = listedFindings(report).carriedOver.length;
  const counts = [
    counted(summary.errors, 'error'),
    counted(summary.warnings, 'warning'),
    `${counted(summary.notes, 'note')}${unknownText(summary.unknown)}`,
    `${summary.waived} waived`,
    ...(carriedOver === 0 ? [] : [`${carriedOver} carried over`]),
  ];
  const judged = counted(inputs.length, subjectOf(changes).unit);
  return `${counts.join(', ')} in ${judged}, as of ${asOf} (catalogue of ${catalog.asOf})${judgedWith(report)}`;
}
