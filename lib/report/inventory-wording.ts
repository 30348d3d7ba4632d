import { counted } from '../contracts/counted';
import { accountPlace } from '../inventory/account-id';
import { UnreadScope } from '../inventory/live-deployment';
import { driftText } from '../review/inventory-findings';
import { InventoryReport, InventoryRow, MissingRow } from '../review/inventory-report';
import { replacementName } from '../review/replacement-name';
import { modelName } from './change-wording';
import { COUNTED_STATES, outdatedRemarks, retiresText, stageText } from './outdated-wording';

/** What the inventory says in every form for people. What Azure and inputs say is in it as it is: nothing is escaped. */

export const INVENTORY_TITLES = [
  'Deployment',
  'Account',
  'Subscription',
  'Model',
  'SKU',
  'Stage',
  'Retires',
  'Days left',
  'Move to',
  'Code',
] as const;

/** One cell for each title. */
export type InventoryCells = Readonly<Record<(typeof INVENTORY_TITLES)[number], string>>;

/** @param namesSubscription whether the rows are of several subscriptions */
export function inventoryCells(row: InventoryRow, namesSubscription: boolean): InventoryCells {
  const { live, model, replacement } = row;
  return {
    Deployment: live.name,
    Account: accountName(live.accountId),
    Subscription: namesSubscription ? live.subscriptionId : '',
    Model: modelName(model),
    SKU: model.sku ?? '',
    Stage: stageText(row),
    Retires: retiresText(row),
    'Days left': model.daysLeft === undefined ? '' : String(model.daysLeft),
    'Move to': replacement === undefined ? '' : replacementName(replacement),
    Code: codeText(row),
  };
}

/** What has to be known of a row besides its cells. */
export function inventoryRemarks(row: InventoryRow): string[] {
  const { live, drift, allowsUpgrade, isRemoved, isForgotten, matchedBy, declared } = row;
  const { versionUpgradeOption, provisioningState, deploymentState } = live;
  return [
    ...outdatedRemarks(row),
    ...(drift.length === 0 ? [] : [`otherwise than in the code: ${drift.map(driftText).join(', ')}`]),
    ...(declared === 'declared' && matchedBy === 'name' ? ['found in the code by the name of its account alone'] : []),
    ...(isRemoved ? ['a plan ends it'] : []),
    ...(isForgotten ? ['a plan lets go of it, and it runs on'] : []),
    ...(allowsUpgrade ? [`Azure may upgrade it: ${versionUpgradeOption ?? 'no upgrade option'}`] : []),
    ...(provisioningState === undefined || provisioningState === 'Succeeded' ? [] : [`state ${provisioningState}`]),
    ...(deploymentState === undefined || deploymentState === 'Running' ? [] : [deploymentState.toLowerCase()]),
  ];
}

/** Whether rows have to say their subscription. */
export function isOfSeveralSubscriptions({ rows }: InventoryReport): boolean {
  return new Set(rows.map(({ live }) => live.subscriptionId)).size > 1;
}

/** `chat on models (rg-models): azurerm_cognitive_deployment.chat in plan.json`. */
export function missingText({ deployment, accountId, place, model, isWaived }: MissingRow): string {
  return `${deployment} on ${accountName(accountId)}, ${modelName(model)}: ${place.address} in ${place.input}${isWaived ? ' (waived)' : ''}`;
}

export function unreadText({ id, reason }: UnreadScope): string {
  return `${accountName(id)}: ${reason}`;
}

/** `3 of 12 deployments in 4 accounts to look at: 1 retired, …; read 2026-11-21 09:00 UTC, as of … (catalogue of …)`. */
export function inventorySummary(report: InventoryReport): string {
  const {
    rows,
    deploymentCount,
    quietCount,
    accountCount,
    missing,
    unread,
    asOf,
    catalogAsOf,
    deviations = [],
  } = report;
  const count = (is: (row: InventoryRow) => boolean, words: string) => {
    const number = rows.filter(is).length;
    return number === 0 ? [] : [`${number} ${words}`];
  };
  const counts = [
    ...COUNTED_STATES.flatMap(([state, words]) => count((row) => row.state === state, words)),
    ...count(({ declared }) => declared === 'undeclared', 'undeclared'),
    ...count(({ declared }) => declared === 'uncertain', 'that code may declare'),
    ...count(({ isRemoved }) => isRemoved === true, 'that a plan ends'),
    ...count(({ isForgotten }) => isForgotten === true, 'that a plan lets go of'),
    ...count(({ drift }) => drift.length > 0, 'otherwise than in the code'),
    ...count(({ allowsUpgrade }) => allowsUpgrade, 'that Azure may upgrade'),
  ];
  const listed = deploymentCount - quietCount;
  const where = `in ${counted(accountCount, 'account')}`;
  const judged =
    listed === 0
      ? `${counted(deploymentCount, 'deployment')} ${where}, nothing to look at`
      : `${listed} of ${counted(deploymentCount, 'deployment')} ${where} to look at${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
  const gone = missing.length === 0 ? '' : `; ${missing.length} in the code and not on Azure`;
  const incomplete = unread.length === 0 ? '' : `; ${unread.length} not read`;
  const told = deviations.length === 0 ? '' : `; judged with: ${deviations.join(', ')}`;
  const read = `read ${report.readAt.slice(0, 16).replace('T', ' ')} UTC`;
  return `${judged}${gone}${incomplete}; ${read}, as of ${asOf} (catalogue of ${catalogAsOf})${told}`;
}

/** `models (rg-models)`, or the id as it is. */
function accountName(accountId: string): string {
  const place = accountPlace(accountId);
  return place === undefined ? accountId : `${place.account} (${place.resourceGroup})`;
}

function codeText({ declared, places }: InventoryRow): string {
  switch (declared) {
    case 'declared':
      return places[0]?.address ?? 'declared';
    case 'undeclared':
      return 'undeclared';
    case 'uncertain':
      return 'cannot be told';
    case 'not-compared':
      return '';
  }
}
