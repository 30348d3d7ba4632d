import { OutdatedReport, OutdatedRow } from '../review/outdated-report';
import { FindingResource } from '../rules/finding';
import { findingDocument } from './finding-json';
import { jsonText } from './json-text';

const OUTDATED_SCHEMA_VERSION = 1;

/** The table for programs, as described by `outdated.schema.json`. */
export function outdatedJson(report: OutdatedReport): string {
  const { asOf, catalogAsOf, inputs, rows, currentCount, deploymentCount, findings, deviations = [] } = report;
  return jsonText({
    schemaVersion: OUTDATED_SCHEMA_VERSION,
    asOf,
    catalog: { asOf: catalogAsOf },
    ...(deviations.length > 0 && { deviations }),
    inputs,
    deploymentCount,
    currentCount,
    rows: rows.map(rowDocument),
    findings: findings.map(findingDocument),
  });
}

function rowDocument({ resource, isWaived, ...row }: OutdatedRow) {
  return { resource: resourceDocument(resource), ...row, waived: isWaived };
}

/** Azure's word for what an account is known by is its id. */
function resourceDocument({ account, ...rest }: FindingResource) {
  return { ...rest, accountId: account };
}
