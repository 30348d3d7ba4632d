import { OutdatedReport, OutdatedRow, OutdatedState } from '../review/outdated-report';
import { withoutLogCommands } from './inert-text';
import { OUTDATED_TITLES, outdatedCells, OutdatedCells, outdatedRemarks, outdatedSummary } from './outdated-wording';
import { GAP, TerminalTable, terminalTable } from './terminal-table';
import { Line, Paint, painted, shortName, TerminalLayout, terminalText } from './terminal-text';
import { joinedParts, section } from './text-sections';
import { WAIVERS_TITLE, waiverTexts } from './waiver-wording';

type Title = (typeof OUTDATED_TITLES)[number];

export const STATE_PAINTS: Readonly<Record<OutdatedState, Paint>> = {
  retired: 'red',
  retiring: 'yellow',
  deprecated: 'yellow',
  legacy: 'cyan',
  'newer-version': 'cyan',
  current: 'green',
  unknown: 'yellow',
};

/** What a narrow terminal shows of a row besides its deployment and model, by line. */
const BLOCK_LINES: readonly (readonly Title[])[] = [
  ['Stage', 'Retires', 'Days left', 'Newest'],
  ['Move to', 'Scope'],
  ['Address'],
];

/** A table, or where the terminal is too narrow for one, some lines for each deployment. */
export function outdatedText(report: OutdatedReport, layout: TerminalLayout = {}): string {
  const rows = report.rows.map((row) => ({ row, cells: shortened(outdatedCells(row)) }));
  const table = tableOf(rows);
  const isFitting = layout.width === undefined || table.columns <= layout.width;
  const lines: readonly Line[] = rows.length === 0 ? [] : isFitting ? table.lines : rows.flatMap(blockOf);
  const parts = [lines, section(WAIVERS_TITLE, waiverTexts(report.findings)), [[outdatedSummary(report)]]];
  return withoutLogCommands(terminalText(joinedParts(parts), layout));
}

interface WrittenRow {
  readonly row: OutdatedRow;
  readonly cells: OutdatedCells;
}

function tableOf(rows: readonly WrittenRow[]): TerminalTable {
  return terminalTable(
    OUTDATED_TITLES,
    rows.map(({ row, cells }) => ({
      cells,
      paints: { Stage: STATE_PAINTS[row.state], Address: 'dim' },
      below: remarkLines(row),
    })),
    new Set<Title>(['Days left']),
  );
}

function blockOf({ row, cells }: WrittenRow): Line[] {
  const sku = cells.SKU === '' ? '' : ` on ${cells.SKU}`;
  return [
    [painted(cells.Deployment === '' ? cells.Address : cells.Deployment, 'bold'), `${GAP}${cells.Model}${sku}`],
    ...BLOCK_LINES.map((titles): Line => {
      const words = titles.filter((title) => cells[title] !== '').map((title) => `${labelOf(title)}${cells[title]}`);
      const text = words.join(', ');
      return titles.includes('Stage') ? [GAP, painted(text, STATE_PAINTS[row.state])] : [GAP, text];
    }).filter(([, text]) => text !== ''),
    ...remarkLines(row),
  ];
}

function labelOf(title: Title): string {
  switch (title) {
    case 'Retires':
      return 'retires ';
    case 'Days left':
      return 'days left ';
    case 'Newest':
      return 'newest ';
    case 'Move to':
      return 'move to ';
    default:
      return '';
  }
}

function remarkLines(row: OutdatedRow): Line[] {
  return outdatedRemarks(row).map((remark): Line => ['    ', painted('! ', 'yellow'), remark]);
}

function shortened(cells: OutdatedCells): OutdatedCells {
  const entries = Object.entries(cells).map(([title, text]: [string, string]) => [title, shortName(text)]);
  return Object.fromEntries(entries) as unknown as OutdatedCells;
}
