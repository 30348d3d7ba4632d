import fc from 'fast-check';
import { newcombePairedInterval, PairedTable, wilsonInterval } from '../../lib/evaluation/metric-rate-intervals';

function table(both: number, candidateOnly: number, baselineOnly: number, neither: number): PairedTable {
  return { both, candidateOnly, baselineOnly, neither };
}

function fourDecimals(interval: readonly [number, number]): readonly string[] {
  return interval.map((limit) => limit.toFixed(4));
}

describe('Wilson', () => {
  /** The examples of Newcombe, Two-sided Confidence Intervals for the Single Proportion (1998); SciPy's `wilson` gives the same. */
  test.each([
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ])('%d of %d has the published interval %s to %s', (hits, cases, lower, upper) => {
    expect(fourDecimals(wilsonInterval(hits, cases, 0.95))).toEqual([lower, upper]);
  });

  test('the ends are exact where every case or none is true', () => {
    expect(wilsonInterval(0, 7, 0.95)[0]).toBe(0);
    expect(wilsonInterval(7, 7, 0.95)[1]).toBe(1);
    // Both limits of one case: z² / (1 + z²) is the distance from the end.
    expect(wilsonInterval(0, 1, 0.95)[1]).toBeCloseTo(1.959963984540054 ** 2 / (1 + 1.959963984540054 ** 2), 14);
  });

  test('holds the rate, stays within 0 and 1 and mirrors when true and false are swapped', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.double({ min: 0.5, max: 0.9999, noNaN: true }),
        (hits, misses, confidence) => {
          fc.pre(hits + misses > 0);
          const [lower, upper] = wilsonInterval(hits, hits + misses, confidence);
          const [mirroredLower, mirroredUpper] = wilsonInterval(misses, hits + misses, confidence);
          const rate = hits / (hits + misses);
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(upper).toBeLessThanOrEqual(1);
          expect(lower).toBeLessThanOrEqual(rate);
          expect(upper).toBeGreaterThanOrEqual(rate);
          expect(1 - lower).toBeCloseTo(mirroredUpper, 12);
          expect(1 - upper).toBeCloseTo(mirroredLower, 12);
        },
      ),
    );
  });
});

describe('Newcombe, paired, method 10', () => {
  test.each([
    // Newcombe, Statistics in Medicine 17, 2635–2650 (1998).
    [[36, 12, 2, 0], '0.0569', '0.3404'],
    [[18, 12, 2, 18], '0.0562', '0.3290'],
    [[53, 0, 0, 1], '-0.0729', '0.0729'],
    [[0, 30, 0, 0], '0.8395', '1.0000'],
    // Cavo and others 2012, as Fagerland, Lydersen and Laake, Statistical Analysis of Contingency Tables (2017), chapter 8, has it.
    [[59, 6, 16, 80], '-0.1186', '-0.0046'],
  ] as const)(
    'table %j has the published interval %s to %s',
    ([both, candidateOnly, baselineOnly, neither], lower, upper) => {
      expect(fourDecimals(newcombePairedInterval(table(both, candidateOnly, baselineOnly, neither), 0.95))).toEqual([
        lower,
        upper,
      ]);
    },
  );

  const tables = fc
    .tuple(fc.nat(3000), fc.nat(3000), fc.nat(3000), fc.nat(3000))
    .filter((counts) => counts.some((count) => count > 0));
  const confidences = fc.double({ min: 0.5, max: 0.9999, noNaN: true });

  test('mirrors when candidate and baseline are swapped, and when true and false are', () => {
    fc.assert(
      fc.property(tables, confidences, ([both, candidateOnly, baselineOnly, neither], confidence) => {
        const [lower, upper] = newcombePairedInterval(table(both, candidateOnly, baselineOnly, neither), confidence);
        for (const swapped of [
          table(both, baselineOnly, candidateOnly, neither),
          table(neither, baselineOnly, candidateOnly, both),
        ]) {
          const [swappedLower, swappedUpper] = newcombePairedInterval(swapped, confidence);
          expect(swappedLower).toBeCloseTo(-upper, 10);
          expect(swappedUpper).toBeCloseTo(-lower, 10);
        }
      }),
    );
  });

  test('holds the difference, stays within −1 and 1, and has a width', () => {
    fc.assert(
      fc.property(tables, confidences, ([both, candidateOnly, baselineOnly, neither], confidence) => {
        const [lower, upper] = newcombePairedInterval(table(both, candidateOnly, baselineOnly, neither), confidence);
        const difference = (candidateOnly - baselineOnly) / (both + candidateOnly + baselineOnly + neither);
        expect(lower).toBeGreaterThanOrEqual(-1);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(difference);
        expect(upper).toBeGreaterThanOrEqual(difference);
        expect(upper).toBeGreaterThan(lower);
      }),
    );
  });

  test.each([1, 2, 7, 20])('no limit falls when one of %d cases gets better, in every table there is', (cases) => {
    const falls: string[] = [];
    let compared = 0;
    for (const before of everyTable(cases)) {
      const limits = newcombePairedInterval(before, 0.95);
      for (const after of withOneMoreHit(before)) {
        compared++;
        const better = newcombePairedInterval(after, 0.95);
        if (better[0] < limits[0] - 1e-12 || better[1] < limits[1] - 1e-12) {
          falls.push(`${JSON.stringify(before)} to ${JSON.stringify(after)}`);
        }
      }
    }
    expect(falls).toEqual([]);
    // Of the tables of n cases, those with a case that only the baseline or neither has: twice the tables of n − 1 cases.
    expect(compared).toBe((2 * (cases * (cases + 1) * (cases + 2))) / 6);
  });

  function* everyTable(cases: number): Generator<PairedTable> {
    for (let both = 0; both <= cases; both++) {
      for (let candidateOnly = 0; candidateOnly <= cases - both; candidateOnly++) {
        for (let baselineOnly = 0; baselineOnly <= cases - both - candidateOnly; baselineOnly++) {
          yield table(both, candidateOnly, baselineOnly, cases - both - candidateOnly - baselineOnly);
        }
      }
    }
  }

  function withOneMoreHit({ both, candidateOnly, baselineOnly, neither }: PairedTable): PairedTable[] {
    return [
      ...(baselineOnly > 0 ? [table(both + 1, candidateOnly, baselineOnly - 1, neither)] : []),
      ...(neither > 0 ? [table(both, candidateOnly + 1, baselineOnly, neither - 1)] : []),
    ];
  }
});
