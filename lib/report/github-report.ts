import { Finding } from '../rules/finding';
import { countedFindings, summaryLine } from './counted-findings';
import { addressIn, declaredPlace, inputNamer } from './finding-place';
import { inertText } from './inert-text';
import { RunReport } from './run-report';

/** GitHub shows this many annotations of each level a step: https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations */
const SHOWN_OF_A_LEVEL = 10;

const LEVELS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * The findings that count as workflow commands of GitHub Actions, one a line, behind a notice that counts them. All are
 * written, worst first: the ones that GitHub does not show as annotations stand in the log.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(report: RunReport): string {
  const counted = countedFindings(report);
  const summary = command('notice', { title: `model-lifecycle ${report.command}` }, summaryOf(report, counted));
  const nameOf = inputNamer(report);
  return [summary, ...counted.map((finding) => annotation(finding, nameOf(finding)))]
    .map((line) => `${line}\n`)
    .join('');
}

function summaryOf(report: RunReport, counted: readonly Finding[]): string {
  // The notice that this stands in is the first of ten.
  const places = { error: SHOWN_OF_A_LEVEL, warning: SHOWN_OF_A_LEVEL, note: SHOWN_OF_A_LEVEL - 1 };
  const hidden = (Object.keys(places) as (keyof typeof places)[])
    .map((severity) => counted.filter((finding) => finding.severity === severity).length - places[severity])
    .reduce((sum, number) => sum + Math.max(0, number), 0);
  const rest = `; GitHub shows ${SHOWN_OF_A_LEVEL} annotations of a level, ${hidden} more stand in the log of this step`;
  return `${summaryLine(report)}${hidden > 0 ? rest : ''}`;
}

function annotation(finding: Finding, input: string | undefined): string {
  const { rule, severity, message, fix } = finding;
  const place = declaredPlace(finding);
  const title = `${rule}: ${addressIn(finding, input)}`;
  return command(LEVELS[severity], { file: place?.file, line: place?.line, title }, message, `fix: ${fix}`);
}

/**
 * GitHub's runner takes back exactly these escapes:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  ...lines: readonly string[]
): string {
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${name} ${written.join(',')}::${lines.map(escapeData).join('%0A')}`;
}

function escapeData(text: string): string {
  return inertText(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
