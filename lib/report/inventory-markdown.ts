import { InventoryReport, InventoryRow } from '../review/inventory-report';
import { withoutLogCommands } from './inert-text';
import {
  INVENTORY_TITLES,
  inventoryCells,
  inventoryRemarks,
  inventorySummary,
  isOfSeveralSubscriptions,
  missingText,
  unreadText,
} from './inventory-wording';
import { fitting, leftText, list } from './markdown-sections';
import { codeSpan, sentence, tableHead, tableRow } from './markdown-text';
import { WAIVERS_TITLE, waiverTexts } from './waiver-wording';

/** GitHub cuts a comment at 65,536 characters; what is left behind is counted. */
const LONGEST_TABLE = 38_000;
const LONGEST_SUMMARY = 7_000;

/** Cells of this project's own words; all others hold words of Azure, of inputs and of catalogues. */
const OWN_WORDS: ReadonlySet<string> = new Set(['Stage', 'Retires', 'Days left']);

/** The inventory for a comment or a page; the summary first. */
export function inventoryMarkdown(report: InventoryReport): string {
  const namesSubscription = isOfSeveralSubscriptions(report);
  const titles = INVENTORY_TITLES.filter(
    (title) => (title !== 'Subscription' || namesSubscription) && (title !== 'Code' || report.inputs.length > 0),
  );
  const rows = fitting(
    report.rows.map((row) => rowText(row, titles, namesSubscription)),
    LONGEST_TABLE,
  );
  const parts = [
    `**${sentence(inventorySummary(report), LONGEST_SUMMARY)}**`,
    ...(rows.shown.length === 0 ? [] : [[tableHead([...titles, 'Remarks']), ...rows.shown].join('\n')]),
    ...leftText(rows.left),
    ...list('In the code and not on Azure', report.missing.map(missingText)),
    ...list('Not read', report.unread.map(unreadText)),
    ...list(WAIVERS_TITLE, waiverTexts(report.findings)),
  ];
  return withoutLogCommands(`${parts.join('\n\n')}\n`);
}

function rowText(
  row: InventoryRow,
  titles: readonly (typeof INVENTORY_TITLES)[number][],
  namesSubscription: boolean,
): string {
  const cells = inventoryCells(row, namesSubscription);
  return tableRow([
    ...titles.map((title) => {
      const text = cells[title];
      return text === '' || OWN_WORDS.has(title) ? text : codeSpan(text);
    }),
    inventoryRemarks(row)
      .map((remark) => sentence(remark))
      .join('; '),
  ]);
}
