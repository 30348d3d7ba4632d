import { printable } from '../contracts/printable';
import { accountPlace } from '../inventory/account-id';
import { driftText } from '../review/inventory-findings';
import { InventoryReport, InventoryRow } from '../review/inventory-report';
import { replacementName } from '../review/replacement-name';
import { withoutLogCommands } from './inert-text';
import { stageText } from './outdated-wording';

type Cell = string | number | undefined;

/** A column for each property; names as in the JSON report where it has them. */
const COLUMNS: readonly (readonly [string, (row: InventoryRow) => Cell])[] = [
  ['subscriptionId', ({ live }) => live.subscriptionId],
  ['resourceGroup', ({ live }) => accountPlace(live.accountId)?.resourceGroup],
  ['account', ({ live }) => live.account],
  ['deployment', ({ live }) => live.name],
  ['region', ({ region }) => region],
  ['format', ({ model }) => model.format],
  ['model', ({ model }) => model.name],
  ['version', ({ model }) => model.version],
  ['sku', ({ model }) => model.sku],
  ['capacity', ({ model }) => model.capacity],
  ['versionUpgradeOption', ({ live }) => live.versionUpgradeOption],
  ['provisioningState', ({ live }) => live.provisioningState],
  ['state', ({ state }) => state],
  ['stage', stageText],
  ['retirementDate', ({ model }) => model.retirementDate],
  ['daysLeft', ({ model }) => model.daysLeft],
  ['newestVersion', ({ newest }) => newest?.version],
  ['replacement', ({ replacement }) => replacement && replacementName(replacement)],
  ['scope', ({ scope }) => scope],
  ['declared', ({ declared }) => declared],
  ['address', ({ places: [place] }) => place?.address],
  ['input', ({ places: [place] }) => place?.input],
  ['drift', ({ drift }) => drift.map(driftText).join(', ')],
  ['severity', ({ severity }) => severity],
];

/** What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** The rows for a spreadsheet, as RFC 4180 has them. What is missing or was not read is in the other formats. */
export function inventoryCsv({ rows }: InventoryReport): string {
  const lines = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, read]) => cellText(read(row))))];
  return withoutLogCommands(lines.map((cells) => `${cells.join(',')}\r\n`).join(''));
}

function cellText(cell: Cell): string {
  if (typeof cell !== 'string') {
    return cell === undefined ? '' : String(cell);
  }
  const text = printable(FORMULA.test(cell) ? `'${cell}` : cell);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
