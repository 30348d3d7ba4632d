import { columnsOf, Line, padded, Paint, painted } from './terminal-text';

/** What stands between two columns. */
export const GAP = '  ';

/** A row of a table: a printable text for each title. */
export interface TerminalRow<Title extends string> {
  readonly cells: Readonly<Record<Title, string>>;
  readonly paints: Readonly<Partial<Record<Title, Paint>>>;
  /** What stands below the row. */
  readonly below: readonly Line[];
}

/** A table, and how wide it is. */
export interface TerminalTable {
  readonly lines: readonly Line[];
  readonly columns: number;
}

/** A table with the columns in which anything stands. `right` are the columns of numbers. */
export function terminalTable<Title extends string>(
  allTitles: readonly Title[],
  rows: readonly TerminalRow<Title>[],
  right: ReadonlySet<Title>,
): TerminalTable {
  const titles = allTitles.filter((title) => rows.some(({ cells }) => cells[title] !== ''));
  const widths = new Map(
    titles.map((title) => [
      title,
      rows.reduce((widest, { cells }) => Math.max(widest, columnsOf(cells[title])), title.length),
    ]),
  );
  const lineOf = (write: (title: Title, isLast: boolean) => Line[number]): Line =>
    titles.flatMap((title, index) => [...(index === 0 ? [] : [GAP]), write(title, index === titles.length - 1)]);
  const cell = (title: Title, text: string, isLast: boolean) =>
    right.has(title) ? text.padStart(widths.get(title)!) : isLast ? text : padded(text, widths.get(title)!);
  return {
    columns: titles.reduce((sum, title) => sum + widths.get(title)! + GAP.length, -GAP.length),
    lines: [
      lineOf((title, isLast) => painted(cell(title, title, isLast), 'bold')),
      ...rows.flatMap(({ cells, paints, below }): Line[] => [
        lineOf((title, isLast) => {
          const text = cell(title, cells[title], isLast);
          const paint = paints[title];
          return paint === undefined ? text : painted(text, paint);
        }),
        ...below,
      ]),
    ],
  };
}
