import { Clock } from '../../../lib/emulator/clock';

/** A clock that is moved by hand. */
export class FakeClock implements Clock {
  private time = Date.UTC(2026, 0, 2, 3, 4, 5);
  private waiting: { due: number; callback: () => void }[] = [];
  /** Waits that were asked for, in milliseconds. */
  readonly scheduled: number[] = [];

  /** With `skipsWaits`, whatever waits up to so many milliseconds is called back at once, and the clock moves on by that. */
  constructor(private readonly skipsWaits = 0) {}

  now(): number {
    return this.time;
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    this.scheduled.push(milliseconds);
    const entry = { due: this.time + milliseconds, callback };
    this.waiting.push(entry);
    if (milliseconds <= this.skipsWaits) {
      setImmediate(() => this.waiting.includes(entry) && this.advance(milliseconds));
    }
    return () => {
      this.waiting = this.waiting.filter((candidate) => candidate !== entry);
    };
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.waiting.filter((entry) => entry.due <= this.time);
    this.waiting = this.waiting.filter((entry) => entry.due > this.time);
    due.forEach(({ callback }) => callback());
  }
}
