import stringWidth from 'string-width';
import { abridgedTo } from '../contracts/printable';
import { wrappedRows } from './wrapped-text';

/** How a report is laid out for a terminal. */
export interface TerminalLayout {
  /** Columns; from 40 on, lines are wrapped. @default - lines are as long as they are */
  readonly width?: number;
  /** @default false */
  readonly colour?: boolean;
}

export type Paint = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

const CODES: Readonly<Record<Paint, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
};

/** Below this, wrapped text is harder to read than long lines. */
const NARROWEST = 40;

/** More than that of one text hides all others. */
const LONGEST_PART = 1_000;
const LONGEST_NAME = 300;

/** One column for each character; measuring others takes a hundred times as long. */
const PLAIN = /^[ -~]*$/;

/** A line in parts, of which some are painted. */
export type Line = readonly (string | Painted)[];

interface Painted {
  readonly text: string;
  readonly paints: readonly Paint[];
}

export function painted(text: string, ...paints: Paint[]): Painted {
  return { text, paints };
}

/** Lines as text. What stands in them is printable, whoever wrote it; only colours asked for are added. */
export function terminalText(lines: readonly Line[], { width, colour = false }: TerminalLayout): string {
  return lines.map((line) => `${wrapped(written(line, colour), width)}\n`).join('');
}

function written(line: Line, colour: boolean): string {
  return line
    .map((part) => {
      const { text, paints } = typeof part === 'string' ? painted(part) : part;
      return (colour ? paints : []).reduce(
        (inner, paint) => {
          const [start, end] = CODES[paint];
          return `\u001b[${start}m${inner}\u001b[${end}m`;
        },
        abridgedTo(LONGEST_PART, text),
      );
    })
    .join('');
}

/** Continues below where the line's text begins, and two columns further in. */
function wrapped(line: string, width: number | undefined): string {
  if (width === undefined || width < NARROWEST || columnsOf(line) <= width) {
    return line;
  }
  const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, NARROWEST / 4));
  const rows = wrappedRows(line.trimStart(), width - indent.length - 2);
  return rows.map((row, index) => `${indent}${index === 0 ? '' : '  '}${row}`).join('\n');
}

/** A name of somebody else's making, shortened where it is longer than any name that is read. */
export function shortName(text: string): string {
  return abridgedTo(LONGEST_NAME, text);
}

/** Printable text with spaces behind it up to the columns given. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Columns that printable text takes, colours not counted. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}
