import { fails } from '../rules/failing';
import { Finding } from '../rules/finding';
import { countedFindings, summaryLine } from './counted-findings';
import { addressIn, declaredPlace, inputNamer } from './finding-place';
import { inertText, withoutLogCommands } from './inert-text';
import { RunReport } from './run-report';

/**
 * The findings that count as logging commands of Azure Pipelines, worst first. Errors and warnings are issues of the
 * task; notes, for which there is no issue, are lines of the log.
 *
 * A task that found something and does not fail is completed with issues. None is completed as failed here: the exit
 * code does that, and the agent keeps the worse of the two.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function azureDevOpsReport(report: RunReport): string {
  const counted = countedFindings(report);
  const nameOf = inputNamer(report);
  const lines = counted.map((finding) =>
    finding.severity === 'note' ? noteLine(finding, nameOf(finding)) : issue(finding, nameOf(finding)),
  );
  lines.unshift(withoutLogCommands(inertText(`model-lifecycle ${report.command}: ${summaryLine(report)}`)));
  if (hasIssues(counted) && !counted.some((finding) => fails(finding, report.failOn))) {
    lines.push('##vso[task.complete result=SucceededWithIssues;]');
  }
  return lines.map((line) => `${line}\n`).join('');
}

function hasIssues(counted: readonly Finding[]): boolean {
  return counted.some(({ severity }) => severity !== 'note');
}

function issue(finding: Finding, input: string | undefined): string {
  const place = declaredPlace(finding);
  const properties = {
    type: finding.severity,
    sourcepath: place?.file,
    linenumber: place?.line,
    code: finding.rule,
  };
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escaped(String(value))};`],
  );
  return `##vso[task.logissue ${written.join('')}]${escaped(sentence(finding, input))}`;
}

function noteLine(finding: Finding, input: string | undefined): string {
  return withoutLogCommands(`note ${inertText(finding.rule)}: ${inertText(sentence(finding, input))}`);
}

function sentence(finding: Finding, input: string | undefined): string {
  return `${addressIn(finding, input)}: ${finding.message}; fix: ${finding.fix}`;
}

/**
 * The agent takes back these escapes, the one of the percent sign last:
 * https://github.com/microsoft/azure-pipelines-agent/blob/master/docs/design/percentEncoding.md
 */
function escaped(text: string): string {
  return inertText(text).replaceAll('%', '%AZP25').replaceAll(';', '%3B').replaceAll(']', '%5D');
}
