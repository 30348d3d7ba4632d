import { InventoryReport, InventoryRow } from '../review/inventory-report';
import { withoutLogCommands } from './inert-text';
import {
  INVENTORY_TITLES,
  InventoryCells,
  inventoryCells,
  inventoryRemarks,
  inventorySummary,
  isOfSeveralSubscriptions,
  missingText,
  unreadText,
} from './inventory-wording';
import { STATE_PAINTS } from './outdated-text';
import { GAP, terminalTable } from './terminal-table';
import { Line, painted, shortName, TerminalLayout, terminalText } from './terminal-text';
import { joinedParts, section } from './text-sections';
import { WAIVERS_TITLE, waiverTexts } from './waiver-wording';

type Title = (typeof INVENTORY_TITLES)[number];

interface WrittenRow {
  readonly row: InventoryRow;
  readonly cells: InventoryCells;
}

/** A table, or where the terminal is too narrow for one, some lines for each deployment; then what is missing or was not read. */
export function inventoryText(report: InventoryReport, layout: TerminalLayout = {}): string {
  const namesSubscription = isOfSeveralSubscriptions(report);
  const rows = report.rows.map((row) => ({ row, cells: shortened(inventoryCells(row, namesSubscription)) }));
  const parts: (readonly Line[])[] = [
    deploymentLines(rows, layout),
    section('In the code and not on Azure', report.missing.map(missingText)),
    section('Not read', report.unread.map(unreadText)),
    section(WAIVERS_TITLE, waiverTexts(report.findings)),
    [[inventorySummary(report)]],
  ];
  return withoutLogCommands(terminalText(joinedParts(parts), layout));
}

function deploymentLines(rows: readonly WrittenRow[], { width }: TerminalLayout): readonly Line[] {
  if (rows.length === 0) {
    return [];
  }
  const table = terminalTable(
    INVENTORY_TITLES,
    rows.map(({ row, cells }) => ({
      cells,
      paints: {
        Stage: STATE_PAINTS[row.state],
        Code: row.declared === 'undeclared' || row.declared === 'uncertain' ? 'yellow' : 'dim',
      },
      below: remarkLines(row),
    })),
    new Set<Title>(['Days left']),
  );
  return width === undefined || table.columns <= width ? table.lines : rows.flatMap(blockOf);
}

function blockOf({ row, cells }: WrittenRow): Line[] {
  const sku = cells.SKU === '' ? '' : ` on ${cells.SKU}`;
  const subscription = cells.Subscription === '' ? '' : ` of ${cells.Subscription}`;
  const life = [
    cells.Stage,
    ...(cells.Retires === '' ? [] : [`retires ${cells.Retires}`]),
    ...(cells['Days left'] === '' ? [] : [`days left ${cells['Days left']}`]),
  ];
  const further = [
    ...(cells['Move to'] === '' ? [] : [`move to ${cells['Move to']}`]),
    ...(cells.Code === '' ? [] : [`code ${cells.Code}`]),
  ];
  return [
    [painted(cells.Deployment, 'bold'), `${GAP}${cells.Model}${sku}`],
    [`${GAP}${cells.Account}${subscription}`],
    [GAP, painted(life.join(', '), STATE_PAINTS[row.state])],
    ...(further.length === 0 ? [] : [[`${GAP}${further.join(', ')}`]]),
    ...remarkLines(row),
  ];
}

function remarkLines(row: InventoryRow): Line[] {
  return inventoryRemarks(row).map((remark): Line => ['    ', painted('! ', 'yellow'), remark]);
}

function shortened(cells: InventoryCells): InventoryCells {
  const entries = Object.entries(cells).map(([title, text]: [string, string]) => [title, shortName(text)]);
  return Object.fromEntries(entries) as unknown as InventoryCells;
}
