import { basename } from 'node:path';
import { abridged } from '../../lib/contracts/printable';

const SILENT_FOR = 1_000;
const TERMINAL_EVERY = 100;
const LOG_EVERY = 5_000;

/** Where progress is shown. */
export interface ProgressDisplay {
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Milliseconds of any clock that does not run backwards. */
  now(): number;
}

/** Standard error, and the clock of this computer. */
export function standardError(): ProgressDisplay {
  return {
    isTerminal: process.stderr.isTTY === true,
    write: (text) => process.stderr.write(text),
    now: () => performance.now(),
  };
}

/**
 * Says how far reading has come, once it takes longer than a second: on a terminal in one line that is written anew, in
 * a log in a line every five seconds.
 */
export class ReadingProgress {
  private readonly started: number;
  private nextAt: number;
  private isShown = false;

  /** @param size bytes that there are to read, where that is known */
  constructor(
    private readonly source: string,
    private readonly display: ProgressDisplay,
    private readonly size?: number,
  ) {
    this.started = display.now();
    this.nextAt = this.started + SILENT_FOR;
  }

  /** Tells that so many bytes have been read. */
  reached(bytes: number): void {
    const { display } = this;
    const now = display.now();
    if (now < this.nextAt) {
      return;
    }
    this.nextAt = now + (display.isTerminal ? TERMINAL_EVERY : LOG_EVERY);
    this.isShown = true;
    const line = `reading ${this.name}: ${megabytes(bytes)}${this.size === undefined ? '' : ` of ${megabytes(this.size)}`}`;
    display.write(display.isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** Takes the line away again. */
  end(): void {
    if (this.isShown && this.display.isTerminal) {
      this.display.write('\r\u001b[K');
    }
  }

  private get name(): string {
    return this.source === '-' ? 'standard input' : abridged(basename(this.source));
  }
}

function megabytes(bytes: number): string {
  const tenths = Math.floor(bytes / 100_000);
  return `${tenths < 100 ? (tenths / 10).toFixed(1) : Math.floor(tenths / 10)} MB`;
}
