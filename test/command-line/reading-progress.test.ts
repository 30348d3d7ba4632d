import { ReadingProgress } from '../../bin/commands/reading-progress';

const MEGABYTE = 1_000_000;

/** A display with a clock that is set by hand. */
function display(isTerminal: boolean) {
  const clock = { now: 5_000 };
  const written: string[] = [];
  const shown = { isTerminal, now: () => clock.now, write: (text: string) => void written.push(text) };
  return { shown, written, at: (milliseconds: number) => (clock.now = 5_000 + milliseconds) };
}

describe('ReadingProgress', () => {
  test('says nothing of what takes no longer than a second', () => {
    const { shown, written, at } = display(true);
    const progress = new ReadingProgress('plan.json', shown, 300 * MEGABYTE);
    at(999);
    progress.reached(200 * MEGABYTE);
    progress.end();
    expect(written).toEqual([]);
  });

  test('rewrites one line of a terminal ten times a second at most, and takes it away', () => {
    const { shown, written, at } = display(true);
    const progress = new ReadingProgress('out/plan.json', shown, 300 * MEGABYTE);
    for (const [milliseconds, megabytes] of [
      [1000, 10],
      [1099, 11],
      [1100, 12],
      [1150, 13],
    ] as const) {
      // prettier-ignore
      at(milliseconds);
      progress.reached(megabytes * MEGABYTE + 999_999);
    }
    progress.end();
    expect(written).toEqual([
      '\r\u001b[Kreading plan.json: 10 MB of 300 MB',
      '\r\u001b[Kreading plan.json: 12 MB of 300 MB',
      '\r\u001b[K',
    ]);
  });

  test('writes a plain line to a log, every five seconds at most, and nothing at the end', () => {
    const { shown, written, at } = display(false);
    const progress = new ReadingProgress('-', shown);
    for (let milliseconds = 0; milliseconds <= 11_500; milliseconds += 250) {
      at(milliseconds);
      progress.reached((milliseconds / 250) * MEGABYTE);
    }
    progress.end();
    expect(written).toEqual([
      'reading standard input: 4.0 MB\n',
      'reading standard input: 24 MB\n',
      'reading standard input: 44 MB\n',
    ]);
  });

  test('shows a name of a file that would disturb the terminal as text', () => {
    const { shown, written, at } = display(false);
    const progress = new ReadingProgress('a/\u001b]0;owned\u0007\n::error::x', shown);
    at(2000);
    progress.reached(0);
    expect(written).toEqual(['reading \\u{1b}]0;owned\\u{7}\\u{a}::error::x: 0.0 MB\n']);
  });
});
