import { array, assert, boolean, constantFrom, double, integer, option, property, uniqueArray } from 'fast-check';
import { readEvidenceText } from '../../lib/evaluation/evidence-reader';
import { evidenceText } from '../../lib/evaluation/evidence-recording';
import { judgeMetric } from '../../lib/evaluation/metric-judgement';
import { Observation } from '../../lib/evaluation/metric-observations';
import { evidence } from './records';

const caseName = constantFrom('case', 'a\nb', '\u202eesac', '🙂', '\ud83d', `${'long '.repeat(200)}`, '__proto__', ' ');

/** Cases of a run, each once. */
function runOf(value: Parameters<typeof array<number | boolean>>[0]) {
  return uniqueArray(
    caseName.chain((name) =>
      integer({ min: 0, max: 40 }).chain((at) => value.map((of) => ({ name: `${name}${at}`, of }))),
    ),
    { minLength: 1, maxLength: 40, selector: ({ name }) => name },
  ).map((cases): Observation[] => cases.map(({ name, of }) => ({ case: name, value: of })));
}

const gate = constantFrom(
  {},
  { minimum: 0.5 },
  { maximum: 0.9, better: 'lower' as const },
  { margin: 0.1, minimumSamples: 2 },
  { minimum: 0.9, minimumSamples: 2, confidence: 0.5 },
);

describe('what the statistics make of a run', () => {
  test.each([
    ['rates', runOf(boolean())],
    ['scores', runOf(double({ min: -1e9, max: 1e9, noNaN: true }))],
  ])('can be recorded and read back: %s', (_, run) => {
    const verdicts = new Set<string>();
    assert(
      property(gate, run, option(run, { nil: undefined }), (terms, candidate, baseline) => {
        const judged = judgeMetric({ name: 'answers-correct', ...terms }, candidate, baseline);
        const record = evidence({ metrics: [judged] });
        verdicts.add(record.verdict);
        expect(record.verdict).toBe(judged.verdict);
        expect(readEvidenceText(evidenceText(record), 'a.json').metrics).toEqual([judged]);
      }),
      { numRuns: 80 },
    );
    expect(verdicts).toContain('unknown');
    expect(verdicts).toContain('fail');
  });
});
