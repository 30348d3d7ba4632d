import { counted } from '../contracts/counted';
import { describeFinding } from '../rules/describe-finding';
import { Finding } from '../rules/finding';
import { StackInspection } from './stack-inspection';

/** Whether the inspection found an error that no waiver covers. */
export function isFailing(inspection: StackInspection): boolean {
  return inspection.findings.some(isUnwaivedError);
}

/** Prints all findings of all stacks on standard error; prints nothing where there are none. */
export function printReport(inspections: readonly StackInspection[]): void {
  if (inspections.some((inspection) => inspection.findings.length > 0)) {
    process.stderr.write(`${reportText(inspections)}\n`);
  }
}

/**
 * The exception that ends a synthesis: one line for each error, the report itself is printed before it.
 *
 * @param others errors of other libraries, which the framework's own exception would have named
 */
export function synthesisRefused(inspections: readonly StackInspection[], others: readonly string[] = []): Error {
  const errors = inspections.flatMap((inspection) => inspection.findings.filter(isUnwaivedError));
  const lines = errors.map(
    ({ rule, resource, message }) => `  [${resource.constructPath ?? resource.address}] ${rule}: ${message}`,
  );
  const foreign = others.map((other) => `  ${other}`);
  const error = new Error(`model lifecycle guard refuses this app\n${[...lines, ...foreign].join('\n')}`);
  // Frames of this package and of the framework tell the user nothing.
  error.stack = `${error.name}: ${error.message}`;
  return error;
}

function reportText(inspections: readonly StackInspection[]): string {
  return [heading(inspections), ...inspections.filter(hasFindings).map(stackSection)].join('\n\n');
}

function heading(inspections: readonly StackInspection[]): string {
  const findings = inspections.flatMap((inspection) => inspection.findings);
  const count = (what: string, matches: (finding: Finding) => boolean) =>
    counted(findings.filter(matches).length, what);
  const { judgement, catalog } = inspections[0]!.settings;
  const counts = [
    count('error', isUnwaivedError),
    count('warning', (finding) => finding.severity === 'warning' && !finding.waived),
    `${findings.filter((finding) => finding.waived).length} waived`,
  ];
  const stacks = counted(inspections.length, 'stack');
  return `model lifecycle guard: ${counts.join(', ')} in ${stacks}, as of ${judgement.asOf} (catalogue of ${catalog.asOf})`;
}

function hasFindings(inspection: StackInspection): boolean {
  return inspection.findings.length > 0;
}

function stackSection(inspection: StackInspection): string {
  const findings = inspection.findings.map((finding) => indent(describeFinding(finding)));
  return [`stack ${inspection.stack.node.path}`, ...findings].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function isUnwaivedError(finding: Finding): boolean {
  return finding.severity === 'error' && finding.waived === undefined;
}
