import { OutdatedReport, OutdatedRow } from '../review/outdated-report';
import { withoutLogCommands } from './inert-text';
import { codeSpan, sentence, tableHead, tableRow } from './markdown-text';
import { OUTDATED_TITLES, outdatedCells, outdatedRemarks, outdatedSummary } from './outdated-wording';

/** GitHub cuts a comment at 65,536 characters; what is left behind is counted. */
const LONGEST_TABLE = 60_000;

/** Cells of this project's own words; all others hold words of inputs and catalogues. */
const OWN_WORDS: ReadonlySet<string> = new Set(['Stage', 'Retires', 'Days left', 'Scope']);

/** The table for a comment or a page; the summary first. */
export function outdatedMarkdown(report: OutdatedReport): string {
  const lines = report.rows.map(rowText);
  const shown = lines.slice(0, fittingCount(lines));
  const left = lines.length - shown.length;
  const parts = [
    `**${sentence(outdatedSummary(report))}**`,
    ...(shown.length === 0 ? [] : [[tableHead([...OUTDATED_TITLES, 'Remarks']), ...shown].join('\n')]),
    ...(left === 0 ? [] : [`${left} more; \`--format json\` has all`]),
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

function fittingCount(lines: readonly string[]): number {
  let length = 0;
  const end = lines.findIndex((line) => (length += line.length + 1) > LONGEST_TABLE);
  return end < 0 ? lines.length : end;
}
