import { printable } from '../contracts/printable';
import { Finding } from './finding';

/** What stands around a finding. */
export interface FindingSurroundings {
  /** Which of several inputs it was found in, as reports call it. @default - there is one, or it cannot be told */
  readonly input?: string;
}

/**
 * One finding as plain text of several lines, without colours and without a line break at the end:
 *
 *     error model-retired: azurerm_cognitive_deployment.chat (production/chat)
 *       in plans/production.json
 *       declared at bin/app.ts:42
 *       gpt-4o@2024-08-06 on Standard retired on 2026-03-31, 235 days ago: Azure refuses its calls
 *       fix: deploy gpt-5.1@2025-11-13 beside it, move traffic, then remove this one
 *
 * A finding that a waiver covers begins with `waived`, one that was there before with `carried over` before its severity.
 * Whatever a user wrote stays on its line: control characters are written as their code.
 */
export function describeFinding(finding: Finding, { input }: FindingSurroundings = {}): string {
  const { resource, severity, waived } = finding;
  const carriedOver = waived === undefined ? finding.carriedOver : undefined;
  const status = finding.status === 'unknown' ? ' (unknown)' : '';
  const path = resource.path === undefined ? '' : `, ${resource.path}`;
  const construct = resource.constructPath === undefined ? '' : ` (${resource.constructPath})`;
  const weight = waived !== undefined ? 'waived' : carriedOver !== undefined ? `carried over ${severity}` : severity;
  const lines = [`${weight}${status} ${finding.rule}: ${resource.address}${construct}${path}`];
  if (input !== undefined) {
    lines.push(`  in ${input}`);
  }
  if (resource.declaredAt !== undefined) {
    lines.push(`  declared at ${resource.declaredAt}`);
  }
  lines.push(`  ${finding.message}`, `  fix: ${finding.fix}`);
  if (waived !== undefined) {
    lines.push(`  waived until ${waived.expires} by ${waived.owner}: ${waived.reason}`);
  }
  if (carriedOver !== undefined) {
    const since = carriedOver.since === undefined ? '' : `, there since ${carriedOver.since}`;
    lines.push(`  carried over from the ${carriedOver.from}${since}`);
  }
  return lines.map(printable).join('\n');
}
