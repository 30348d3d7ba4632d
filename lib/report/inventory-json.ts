import { ReviewedModel } from '../review/change-report';
import { InventoryReport, InventoryRow, MissingRow } from '../review/inventory-report';
import { findingDocument } from './finding-json';
import { jsonText } from './json-text';

const INVENTORY_SCHEMA_VERSION = 1;

/** The inventory for programs, as described by `inventory-report.schema.json`. */
export function inventoryJson(report: InventoryReport): string {
  const { asOf, catalogAsOf, readAt, cloud, subscriptions, managementGroups, deviations = [], unread } = report;
  return jsonText({
    schemaVersion: INVENTORY_SCHEMA_VERSION,
    asOf,
    catalog: { asOf: catalogAsOf },
    ...(deviations.length > 0 && { deviations }),
    azure: {
      readAt,
      cloud,
      subscriptions,
      ...(managementGroups && { managementGroups }),
      accountCount: report.accountCount,
      isComplete: unread.length === 0,
    },
    inputs: report.inputs,
    deploymentCount: report.deploymentCount,
    quietCount: report.quietCount,
    rows: report.rows.map(rowDocument),
    missing: report.missing.map(missingDocument),
    unread,
    findings: report.findings.map(findingDocument),
  });
}

function rowDocument({ live, model, isWaived, isRemoved, isForgotten, ...row }: InventoryRow) {
  const { id, subscriptionId, accountId, account, name } = live;
  const { versionUpgradeOption, provisioningState, deploymentState } = live;
  return {
    id,
    subscriptionId,
    accountId,
    account,
    deployment: name,
    model: modelDocument(model),
    versionUpgradeOption,
    provisioningState,
    deploymentState,
    ...row,
    ...(isRemoved && { removedByPlan: true }),
    ...(isForgotten && { forgottenByPlan: true }),
    waived: isWaived,
  };
}

function missingDocument({ accountId, deployment, place, model, isWaived }: MissingRow) {
  return { accountId, deployment, place, model: modelDocument(model), waived: isWaived };
}

function modelDocument(model: ReviewedModel) {
  const { format, name, version, sku, capacity, stage, retirementDate, retirementIsEarliest, daysLeft } = model;
  return { format, name, version, sku, capacity, stage, retirementDate, retirementIsEarliest, daysLeft };
}
