import { Finding } from '../rules/finding';
import { RunReport } from './run-report';

/** Version of the JSON report's format; it grows when a reader of the old one would misread the new one. */
export const REPORT_SCHEMA_VERSION = 1;

/** The report for programs, as described by `report.schema.json`. */
export function jsonReport(report: RunReport): string {
  const document = {
    schemaVersion: REPORT_SCHEMA_VERSION,
    asOf: report.asOf,
    catalog: report.catalog,
    inputs: report.inputs,
    summary: report.summary,
    findings: report.findings.map(findingDocument),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function findingDocument({ resource, ...finding }: Finding) {
  const { account, ...rest } = resource;
  return { ...finding, resource: { ...rest, accountId: account } };
}
