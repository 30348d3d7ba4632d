import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesNeeded } from '../../lib/evaluation/metric-cases-needed';
import { isAccepted } from '../../lib/evaluation/metric-comparison';
import { newcombePairedInterval, PairedTable } from '../../lib/evaluation/metric-rate-intervals';
import { pairedDifferenceInterval } from '../../lib/evaluation/metric-score-intervals';

const MARGINS = [0.02, 0.05, 0.1];
const CHANGED = [0.01, 0.02, 0.05, 0.1, 0.2];
const DEVIATIONS = [0.05, 0.1, 0.2, 0.3];
const LEAST = 30;
const RATE = 0.9;

const document = readFileSync(join(__dirname, '../../docs/evaluation-statistics.md'), 'utf8');

/** Nine of ten cases are true in either run, and of those that changed as many got better as worse. */
function unchangedRate(cases: number, changed: number): PairedTable {
  const half = (changed / 2) * cases;
  return { both: RATE * cases - half, candidateOnly: half, baselineOnly: half, neither: (1 - RATE) * cases - half };
}

function casesForRate(margin: number, changed: number): number {
  return casesNeeded(LEAST, (cases) =>
    isAccepted(newcombePairedInterval(unchangedRate(cases, changed), 0.95), margin, 'higher'),
  )!;
}

function casesForScore(margin: number, deviation: number): number {
  const differences = { mean: 0, deviation, none: false };
  return casesNeeded(LEAST, (cases) =>
    isAccepted(pairedDifferenceInterval(differences, cases, 0.95, 1), margin, 'higher'),
  )!;
}

/** Looked up once: each look-up of a global is slow within a test's own context. */
const { imul } = Math;

/** Numbers from 0 to 1, the same in every run: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of the runs pass whose cases get better and worse with these chances. */
function passingShare(cases: number, gain: number, loss: number, margin: number): number {
  const runs = 500;
  const random = randomNumbers(cases);
  let passing = 0;
  for (let run = 0; run < runs; run++) {
    const table = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    for (let index = 0; index < cases; index++) {
      const drawn = random();
      if (drawn < gain) {
        table.candidateOnly++;
      } else if (drawn < gain + loss) {
        table.baselineOnly++;
      } else if (drawn < RATE + gain) {
        table.both++;
      } else {
        table.neither++;
      }
    }
    passing += Number(isAccepted(newcombePairedInterval(table, 0.95), margin, 'higher'));
  }
  return passing / runs;
}

function row(head: string, numbers: readonly number[]): string {
  return `| ${[head, ...numbers].join(' | ')} |`;
}

test('the table for rates in the documentation is what the code works out', () => {
  const rows = CHANGED.map((changed) =>
    row(
      `${changed * 100} %`,
      MARGINS.map((margin) => casesForRate(margin, changed)),
    ),
  );
  expect(document).toContain(`| --- | --- | --- | --- |\n${rows.join('\n')}\n\n`);
});

test('the table for scores in the documentation is what the code works out', () => {
  const rows = DEVIATIONS.map((deviation) =>
    row(
      String(deviation),
      MARGINS.map((margin) => casesForScore(margin, deviation)),
    ),
  );
  expect(document).toContain(`| --- | --- | --- | --- |\n${rows.join('\n')}\n\n`);
});

test.each([
  [0.02, 990],
  [0.05, 180],
  [0.1, 57],
])(
  'with margin %d an equal candidate passes half the time on %d cases, and eight or nine of ten times on twice as many',
  (margin, cases) => {
    expect(casesForRate(margin, 0.1)).toBe(cases);
    const once = passingShare(cases, 0.05, 0.05, margin);
    const twice = passingShare(2 * cases, 0.05, 0.05, margin);
    expect(once).toBeGreaterThan(0.4);
    expect(once).toBeLessThan(0.6);
    expect(twice).toBeGreaterThan(0.72);
    expect(twice).toBeLessThan(0.92);
  },
);

test.each([
  [50, 0.1],
  [100, 0.05],
  [200, 0.1],
  [500, 0.02],
])('on %d cases at most about one in forty candidates passes that is worse by the margin %d', (cases, margin) => {
  expect(passingShare(cases, 0.03, 0.03 + margin, margin)).toBeLessThan(0.04);
});

describe('the number of cases that would tell', () => {
  test.each([1, 30, 31, 64, 65, 999_999, 10_000_000])('is the least one, for instance %d', (least) => {
    expect(casesNeeded(1, (cases) => cases >= least)).toBe(least);
  });

  test('is not less than what there is', () => {
    expect(casesNeeded(30, () => true)).toBe(30);
  });

  test('is not given above ten million', () => {
    expect(casesNeeded(30, (cases) => cases > 10_000_000)).toBeUndefined();
  });
});
