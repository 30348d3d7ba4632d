import { ChangeReport, DeploymentReview, RoleReview } from '../review/change-report';
import { verdictOf } from '../review/verdict';
import { Finding, FindingResource } from '../rules/finding';
import { fingerprintOf } from '../rules/fingerprint';
import { jsonText } from './json-text';
import { ModelInUse, RunReport } from './run-report';

/**
 * Version of the JSON report's format; it grows when a reader of the old one would misread the new one.
 * Properties that are added leave it as it is: a reader that does not know them reads the rest as before.
 */
const REPORT_SCHEMA_VERSION = 1;

/** The report for programs, as described by `report.schema.json`. */
export function jsonReport(report: RunReport): string {
  return jsonText({
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: 'model-lifecycle', version: report.toolVersion },
    command: report.command,
    failOn: report.failOn,
    ...(report.deviations?.length ? { deviations: report.deviations } : {}),
    asOf: report.asOf,
    catalog: report.catalog,
    inputs: report.inputs,
    verdict: verdictOf(report),
    summary: report.summary,
    findings: report.findings.map(findingDocument),
    ...(report.changes === undefined ? {} : changesDocument(report.changes)),
    models: report.models.map(modelDocument),
  });
}

function findingDocument(finding: Finding) {
  return { ...finding, resource: resourceDocument(finding.resource), fingerprint: fingerprintOf(finding) };
}

function modelDocument({ resource, ...rest }: ModelInUse) {
  return { resource: resourceDocument(resource), ...rest };
}

function changesDocument({ inputs, deployments, releases, traffic, upcoming }: ChangeReport) {
  return {
    reviewed: inputs,
    changes: deployments.map(deploymentDocument),
    releases: releases.map(({ models, ...release }) => ({ ...release, models: models.map(roleDocument) })),
    traffic,
    upcoming,
  };
}

function deploymentDocument({ outcome, account, update, ...rest }: DeploymentReview) {
  return { action: outcome, ...rest, accountId: account, ...update };
}

function roleDocument({ update, ...rest }: RoleReview) {
  return { ...rest, ...update };
}

/** Azure's word for what an account is known by is its id. */
function resourceDocument({ account, ...rest }: FindingResource) {
  return { ...rest, accountId: account };
}
