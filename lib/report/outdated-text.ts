import { OutdatedReport, OutdatedRow, OutdatedState } from '../review/outdated-report';
import { withoutLogCommands } from './inert-text';
import { OUTDATED_TITLES, outdatedCells, OutdatedCells, outdatedRemarks, outdatedSummary } from './outdated-wording';
import { columnsOf, Line, padded, Paint, painted, shortName, TerminalLayout, terminalText } from './terminal-text';

type Title = (typeof OUTDATED_TITLES)[number];

const GAP = '  ';

const PAINTS: Readonly<Record<OutdatedState, Paint>> = {
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
  const lines: Line[] = rows.length === 0 ? [] : isFitting ? table.lines : rows.flatMap(blockOf);
  const summary: Line[] = [...(rows.length === 0 ? [] : [['']]), [outdatedSummary(report)]];
  return withoutLogCommands(terminalText([...lines, ...summary], layout));
}

interface WrittenRow {
  readonly row: OutdatedRow;
  readonly cells: OutdatedCells;
}

function tableOf(rows: readonly WrittenRow[]): { readonly lines: Line[]; readonly columns: number } {
  const titles = OUTDATED_TITLES.filter((title) => rows.some(({ cells }) => cells[title] !== ''));
  const widths = new Map(
    titles.map((title) => [title, Math.max(title.length, ...rows.map(({ cells }) => columnsOf(cells[title])))]),
  );
  const lineOf = (write: (title: Title, isLast: boolean) => Line[number]): Line =>
    titles.flatMap((title, index) => [...(index === 0 ? [] : [GAP]), write(title, index === titles.length - 1)]);
  const cell = (title: Title, text: string, isLast: boolean) =>
    title === 'Days left' ? text.padStart(widths.get(title)!) : isLast ? text : padded(text, widths.get(title)!);
  return {
    columns: titles.reduce((sum, title) => sum + widths.get(title)! + GAP.length, -GAP.length),
    lines: [
      lineOf((title, isLast) => painted(cell(title, title, isLast), 'bold')),
      ...rows.flatMap(({ row, cells }): Line[] => [
        lineOf((title, isLast) => {
          const text = cell(title, cells[title], isLast);
          return title === 'Stage'
            ? painted(text, PAINTS[row.state])
            : title === 'Address'
              ? painted(text, 'dim')
              : text;
        }),
        ...remarkLines(row),
      ]),
    ],
  };
}

function blockOf({ row, cells }: WrittenRow): Line[] {
  const sku = cells.SKU === '' ? '' : ` on ${cells.SKU}`;
  return [
    [painted(cells.Deployment === '' ? cells.Address : cells.Deployment, 'bold'), `${GAP}${cells.Model}${sku}`],
    ...BLOCK_LINES.map((titles): Line => {
      const words = titles.filter((title) => cells[title] !== '').map((title) => `${labelOf(title)}${cells[title]}`);
      const text = words.join(', ');
      return titles.includes('Stage') ? [GAP, painted(text, PAINTS[row.state])] : [GAP, text];
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
