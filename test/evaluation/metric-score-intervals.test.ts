import fc from 'fast-check';
import { exactSum, spreadOf } from '../../lib/evaluation/metric-exact-sum';
import { meanInterval, pairedDifferenceInterval, unseenShare } from '../../lib/evaluation/metric-score-intervals';

/** Additional hours of sleep under two drugs: Cushny and Peebles 1905, in Student 1908 and as `sleep` in R. */
const FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('the interval of a mean', () => {
  test("is that of NIST's handbook 1.3.5.2", () => {
    const [lower, upper] = meanInterval({ mean: 9.26146, deviation: 0.022789, none: false }, 195, 0.95);
    expect([lower.toFixed(5), upper.toFixed(5)]).toEqual(['9.25824', '9.26468']);
  });

  test("of differences is that of Student's sleep data", () => {
    const differences = spreadOf(SECOND_DRUG.map((value, index) => value - FIRST_DRUG[index]));
    const [lower, upper] = pairedDifferenceInterval(differences, 10, 0.95, 5.5);
    expect(differences.mean.toFixed(2)).toBe('1.58');
    expect([lower.toFixed(7), upper.toFixed(7)]).toEqual(['0.7001142', '2.4598858']);
  });

  test('has no ends for one value', () => {
    expect(meanInterval(spreadOf([3]), 1, 0.95)).toEqual([-Infinity, Infinity]);
    expect(pairedDifferenceInterval(spreadOf([3]), 1, 0.95, 3)).toEqual([-Infinity, Infinity]);
  });
});

describe('differences that are all the same', () => {
  test('leave room for the cases that were not seen', () => {
    // 0.08408385 is the exact upper limit for 0 of 42 of SciPy's `binomtest`.
    expect(unseenShare(42, 0.95).toFixed(4)).toBe('0.0841');
    const [lower, upper] = pairedDifferenceInterval(spreadOf(Array<number>(42).fill(0.5)), 42, 0.95, 4);
    expect(lower).toBeCloseTo(0.5 - 4 * unseenShare(42, 0.95), 14);
    expect(upper).toBeCloseTo(0.5 + 4 * unseenShare(42, 0.95), 14);
  });

  test('are recognised where doubles differ in their last digits', () => {
    const differences = [0.9 - 0.7, 0.8 - 0.6, 0.4 - 0.2, 1 - 0.8];
    expect(new Set(differences).size).toBeGreaterThan(1);
    expect(spreadOf(differences, 1)).toMatchObject({ deviation: 0, none: true });
  });
});

describe('sums', () => {
  test.each([
    [[0.1, 0.2, 0.3, -0.6], 2.7755575615628914e-17],
    [[1e15, 0.001, -1e15], 0.001],
    [Array<number>(10).fill(0.1), 1],
    [[], 0],
  ])('%j add up to %d', (terms, expected) => {
    expect(exactSum(terms)).toBe(expected);
  });

  test('are the same in any order', () => {
    const values = fc.array(fc.double({ min: -9e15, max: 9e15, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(
        values.chain((terms) => fc.tuple(fc.constant(terms), fc.shuffledSubarray(terms, { minLength: terms.length }))),
        ([terms, shuffled]) => {
          expect(Math.abs(exactSum(shuffled) - exactSum(terms))).toBeLessThanOrEqual(Math.abs(exactSum(terms)) * 2e-16);
        },
      ),
    );
  });

  test('and the spread do not lose a small deviation beside a great mean', () => {
    expect(spreadOf([1e9, 1e9 + 1, 1e9 + 2])).toEqual({ mean: 1e9 + 1, deviation: 1, none: false });
  });
});
