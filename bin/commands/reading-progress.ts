import { basename } from 'node:path';
import { abridged } from '../../lib/contracts/printable';
import { ProgressDisplay, ProgressLine } from './progress-line';

export { standardError } from './progress-line';
export type { ProgressDisplay } from './progress-line';

/** Says how much of a file has been read, once that takes longer than a second. */
export class ReadingProgress {
  private readonly line: ProgressLine;

  /** @param size bytes that there are to read, where that is known */
  constructor(
    private readonly source: string,
    display: ProgressDisplay,
    private readonly size?: number,
  ) {
    this.line = new ProgressLine(display);
  }

  /** Tells that so many bytes have been read. */
  reached(bytes: number): void {
    const { size, name } = this;
    this.line.show(() => `reading ${name}: ${megabytes(bytes)}${size === undefined ? '' : ` of ${megabytes(size)}`}`);
  }

  /** Takes the line away again. */
  end(): void {
    this.line.end();
  }

  private get name(): string {
    return this.source === '-' ? 'standard input' : abridged(basename(this.source));
  }
}

function megabytes(bytes: number): string {
  const tenths = Math.floor(bytes / 100_000);
  return `${tenths < 100 ? (tenths / 10).toFixed(1) : Math.floor(tenths / 10)} MB`;
}
