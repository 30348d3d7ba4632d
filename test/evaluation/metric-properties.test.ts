import fc from 'fast-check';
import { canonicalJson } from '../../lib/contracts/canonical-json';
import { JudgedMetric, judgeMetric } from '../../lib/evaluation/metric-judgement';
import { Observation } from '../../lib/evaluation/metric-observations';
import { Verdict } from '../../lib/evaluation/verdict';

const RANK: Readonly<Record<Verdict, number>> = { fail: 0, unknown: 1, pass: 2 };

const betters = fc.constantFrom('higher' as const, 'lower' as const);
const confidences = fc.double({ min: 0.5, max: 0.9999, noNaN: true });
const rateMargins = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
const gates = fc.record({
  name: fc.constant('metric'),
  better: betters,
  confidence: confidences,
  margin: rateMargins,
  minimumSamples: fc.integer({ min: 2, max: 40 }),
});
const booleans = fc.array(fc.boolean(), { minLength: 1, maxLength: 120 });
const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 120 });
const pairsOfBooleans = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 120 });
const pairsOfNumbers = fc.array(
  fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  { minLength: 2, maxLength: 120 },
);

function cases(values: readonly (number | boolean)[]): Observation[] {
  return values.map((value, index) => ({ case: `case-${index}`, value }));
}

function isBetterOrSame(judged: JudgedMetric, than: JudgedMetric): boolean {
  return RANK[judged.verdict] >= RANK[than.verdict];
}

test('a run compared with itself never fails', () => {
  fc.assert(
    fc.property(gates, fc.oneof(booleans, numbers), (gate, values) => {
      const judged = judgeMetric(gate, cases(values), cases(values));
      expect(judged.verdict).not.toBe('fail');
      expect(judged.baseline!.difference).toBe(0);
    }),
  );
});

test('a margin of 1 never fails a rate', () => {
  fc.assert(
    fc.property(gates, pairsOfBooleans, (gate, pairs) => {
      const [candidate, baseline] = [0, 1].map((side) => cases(pairs.map((pair) => pair[side])));
      expect(judgeMetric({ ...gate, margin: 1 }, candidate, baseline).verdict).not.toBe('fail');
    }),
  );
});

test('a rate is never judged worse when a case gets better', () => {
  fc.assert(
    fc.property(gates, pairsOfBooleans, fc.nat(), fc.boolean(), (gate, pairs, at, thresholds) => {
      const good = gate.better === 'higher';
      const terms = { ...gate, ...(thresholds && (good ? { minimum: 0.5 } : { maximum: 0.5 })) };
      const baseline = cases(pairs.map(([, value]) => value));
      const before = pairs.map(([value]) => value);
      const after = before.map((value, index) => (index === at % before.length ? good : value));
      // Every third case is left out, so that the worst values for them have their part in it.
      const leftOut = (values: readonly boolean[]) =>
        cases(values).filter((_, index) => at % 2 === 0 || index % 3 > 0 || index === 0);
      expect(
        isBetterOrSame(judgeMetric(terms, leftOut(after), baseline), judgeMetric(terms, leftOut(before), baseline)),
      ).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('a score is never judged worse when every case gets better by as much', () => {
  const whole = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(
      gates,
      fc.array(fc.tuple(whole, whole), { minLength: 2, maxLength: 120 }),
      fc.integer({ min: 1, max: 1000 }),
      (gate, pairs, gain) => {
        fc.pre(new Set(pairs.map(([one, other]) => one - other)).size > 1);
        const baseline = cases(pairs.map(([, value]) => value + 0.5));
        const shifted = (by: number) => cases(pairs.map(([value]) => value + 0.5 + by));
        const better = gate.better === 'higher' ? gain : -gain;
        expect(
          isBetterOrSame(judgeMetric(gate, shifted(better), baseline), judgeMetric(gate, shifted(0), baseline)),
        ).toBe(true);
      },
    ),
  );
});

test('a greater margin never makes a verdict worse', () => {
  fc.assert(
    fc.property(
      gates,
      fc.oneof(pairsOfBooleans, pairsOfNumbers),
      fc.nat(100),
      fc.nat(100),
      (gate, pairs, margin, more) => {
        const [candidate, baseline] = [0, 1].map((side) => cases(pairs.map((pair) => pair[side])));
        const narrow = judgeMetric({ ...gate, margin: margin / 200 }, candidate, baseline);
        const wide = judgeMetric({ ...gate, margin: (margin + more) / 200 }, candidate, baseline);
        expect(isBetterOrSame(wide, narrow)).toBe(true);
      },
    ),
  );
});

test('swapping the runs mirrors the difference and its interval', () => {
  fc.assert(
    fc.property(gates, fc.oneof(pairsOfBooleans, pairsOfNumbers), (gate, pairs) => {
      const [one, other] = [0, 1].map((side) => cases(pairs.map((pair) => pair[side])));
      const there = judgeMetric(gate, one, other).baseline!;
      const back = judgeMetric(gate, other, one).baseline!;
      const scale = Math.max(1, ...there.interval.map(Math.abs)) * 1e-10;
      expect(Math.abs(back.difference + there.difference)).toBeLessThan(scale);
      expect(Math.abs(back.interval[0] + there.interval[1])).toBeLessThan(scale);
      expect(Math.abs(back.interval[1] + there.interval[0])).toBeLessThan(scale);
    }),
  );
});

test('the order of the cases does not matter, and every number has a text in JSON', () => {
  fc.assert(
    fc.property(
      gates,
      fc.oneof(pairsOfBooleans, pairsOfNumbers).chain((pairs) => {
        const rows = (pairs as [number | boolean, number | boolean][]).map((pair, index) => ({
          pair,
          id: `case-${index}`,
        }));
        return fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }));
      }),
      (gate, [rows, shuffled]) => {
        const [judged, again] = [rows, shuffled].map((list) =>
          judgeMetric(
            gate,
            list.map(({ pair, id }) => ({ case: id, value: pair[0] })),
            [...list].reverse().map(({ pair, id }) => ({ case: id, value: pair[1] })),
          ),
        );
        expect(canonicalJson(again)).toBe(canonicalJson(judged));
      },
    ),
  );
});

test('too few cases are unknown, whatever they say', () => {
  fc.assert(
    fc.property(gates, fc.oneof(booleans, numbers), (gate, values) => {
      const demanding = { ...gate, minimum: 0, maximum: 1, margin: 0, minimumSamples: values.length + 1 };
      expect(judgeMetric(demanding, cases(values), cases(values)).verdict).toBe('unknown');
    }),
  );
});

test('a reason is one line that a record can hold, whatever the cases are called', () => {
  const letters = fc.constantFrom('a', ' ', '\n', '\u001b', '\u202e', '\u{e0001}', '\u{1f600}', '\ud800', "'");
  fc.assert(
    fc.property(
      gates,
      letters,
      fc.array(letters, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 8 }),
      (gate, letter, start, split) => {
        const rows = Array.from({ length: 9 }, (_, index) => ({
          case: start.join('') + letter.repeat(300) + index,
          value: index % 3 > 0,
        }));
        const judged = judgeMetric({ ...gate, minimum: 0.9 }, rows.slice(0, split), rows.slice(split));
        expect(judged.reason).toMatch(/^\S[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*\S$/u);
        expect([...judged.reason].length).toBeLessThanOrEqual(2000);
      },
    ),
  );
});
