import { OutdatedReport, OutdatedRow } from '../review/outdated-report';
import { withoutLogCommands } from './inert-text';
import { fitting, leftText, list } from './markdown-sections';
import { codeSpan, sentence, tableHead, tableRow } from './markdown-text';
import { OUTDATED_TITLES, outdatedCells, outdatedRemarks, outdatedSummary } from './outdated-wording';
import { WAIVERS_TITLE, waiverTexts } from './waiver-wording';

/** GitHub cuts a comment at 65,536 characters; what is left behind is counted. */
const LONGEST_TABLE = 52_000;

/** Cells of this project's own words; all others hold words of inputs and catalogues. */
const OWN_WORDS: ReadonlySet<string> = new Set(['Stage', 'Retires', 'Days left', 'Scope']);

/** The table for a comment or a page; the summary first. */
export function outdatedMarkdown(report: OutdatedReport): string {
  const { shown, left } = fitting(report.rows.map(rowText), LONGEST_TABLE);
  const parts = [
    `**${sentence(outdatedSummary(report))}**`,
    ...(shown.length === 0 ? [] : [[tableHead([...OUTDATED_TITLES, 'Remarks']), ...shown].join('\n')]),
    ...leftText(left),
    ...list(WAIVERS_TITLE, waiverTexts(report.findings)),
  ];
  return withoutLogCommands(`${parts.join('\n\n')}\n`);
}

function rowText(row: OutdatedRow): string {
  const cells = outdatedCells(row);
  return tableRow([
    ...OUTDATED_TITLES.map((title) => {
      const text = cells[title];
      return text === '' || OWN_WORDS.has(title) ? text : codeSpan(text);
    }),
    outdatedRemarks(row)
      .map((remark) => sentence(remark))
      .join('; '),
  ]);
}
