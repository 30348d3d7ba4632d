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
 * Says how far something has come, once it takes longer than a second: on a terminal in one line that is written anew,
 * in a log in a line every five seconds.
 */
export class ProgressLine {
  private nextAt: number;
  private isShown = false;

  constructor(private readonly display: ProgressDisplay) {
    this.nextAt = display.now() + SILENT_FOR;
  }

  /** @param text what is to be said, fit for a terminal; asked for only when it is time */
  show(text: () => string): void {
    const { display } = this;
    const now = display.now();
    if (now < this.nextAt) {
      return;
    }
    this.nextAt = now + (display.isTerminal ? TERMINAL_EVERY : LOG_EVERY);
    this.isShown = true;
    display.write(display.isTerminal ? `\r\u001b[K${text()}` : `${text()}\n`);
  }

  /** Takes the line away again. */
  end(): void {
    if (this.isShown && this.display.isTerminal) {
      this.display.write('\r\u001b[K');
    }
  }
}
