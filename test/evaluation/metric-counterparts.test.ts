import { judgeMetric } from '../../lib/evaluation/metric-judgement';
import { cases, rate, scores } from './metric-cases';

const correct = { name: 'answers-correct' };

describe('cases that are in one run alone', () => {
  const ninety = rate(270, 30);

  test('are counted and named, the first three of them in the order of their names', () => {
    const added = [...ninety, ...['new-b', 'new-a', 'new-d', 'new-c'].map((id) => ({ case: id, value: true }))];
    expect(judgeMetric(correct, added, ninety)).toMatchObject({
      samples: 304,
      baseline: { samples: 300 },
      verdict: 'pass',
      reason: expect.stringMatching(
        /; left out of the comparison: 4 cases \('new-a', 'new-b', 'new-c' and 1 more\) that the baseline has no value for$/,
      ),
    });
  });

  test('do not make a candidate pass that left out what it cannot do', () => {
    // Of the 30 cases that the baseline fails on the candidate answers all, but it left out 60 that the baseline answers.
    const candidate = [
      ...ninety.slice(60, 270),
      ...ninety.slice(270).map(({ case: id }) => ({ case: id, value: true })),
    ];
    expect(judgeMetric(correct, candidate, ninety)).toMatchObject({
      baseline: { samples: 240, difference: 0.125 },
      verdict: 'unknown',
      reason:
        "the candidate left out 60 cases ('case-0', 'case-1', 'case-10' and 57 more) of the baseline, and does not pass with the worst value for what it left out; left out of the comparison: 60 cases ('case-0', 'case-1', 'case-10' and 57 more) that the candidate has no value for",
    });
  });

  test('do not keep a candidate from passing that would pass with the worst value for them', () => {
    expect(judgeMetric(correct, ninety.slice(1), ninety)).toMatchObject({
      verdict: 'pass',
      reason: expect.stringMatching(
        /; left out of the comparison: 1 case \('case-0'\) that the candidate has no value for$/,
      ),
    });
  });

  test('are named with their first 64 characters, and a reason stays within 2,000', () => {
    const long = (start: string) =>
      ninety.slice(0, 40).map((_, index) => ({ case: start + '\u001b'.repeat(99) + index, value: true }));
    const { reason } = judgeMetric(correct, [...ninety, ...long('new')], [...ninety, ...long('old')]);
    expect(reason).toMatch(/^the candidate left out 40 cases \('old(\\u\{1b\}){61}…', 'old/);
    expect(reason).toHaveLength(2000);
  });

  test('fewer pairs than are needed are unknown, and none leave out the comparison', () => {
    const others = ninety.map(({ case: id, value }) => ({ case: `other-${id}`, value }));
    const none = judgeMetric({ ...correct, minimum: 0.5 }, ninety, others);
    expect(none).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringMatching(
        /^too few cases to compare with the baseline: 0 measured in both runs, at least 30 needed; /,
      ),
    });
    expect(none).not.toHaveProperty('baseline');
    expect(judgeMetric(correct, ninety, [...ninety.slice(0, 29), ...others])).toMatchObject({ verdict: 'unknown' });
    expect(judgeMetric(correct, ninety, [])).toMatchObject({ verdict: 'unknown' });
  });

  test.each([
    ['higher', true],
    ['lower', false],
  ] as const)('count as the bad value where %s is better and no case of either run has it', (better, good) => {
    const all = cases(...Array<boolean>(300).fill(good));
    expect(judgeMetric({ ...correct, better }, all, all).verdict).toBe('pass');
    expect(judgeMetric({ ...correct, better }, all.slice(0, 200), all)).toMatchObject({
      verdict: 'unknown',
      baseline: { difference: 0 },
    });
  });

  test('count as 0 where every score is the same', () => {
    const all = cases(...Array<number>(300).fill(5));
    expect(judgeMetric({ name: 'groundedness', margin: 0.5 }, all, all).verdict).toBe('pass');
    expect(judgeMetric({ name: 'groundedness', margin: 0.5 }, all.slice(0, 200), all).verdict).toBe('unknown');
  });

  test('scores that were left out count as the worst of either run', () => {
    const baseline = scores(400);
    const better = baseline.map(({ case: id, value }, index) => ({ case: id, value: Number(value) + (index % 2) / 2 }));
    expect(judgeMetric({ name: 'groundedness' }, better.slice(10), baseline).verdict).toBe('pass');
    expect(judgeMetric({ name: 'groundedness' }, better.slice(200), baseline).verdict).toBe('unknown');
    expect(judgeMetric({ name: 'seconds', better: 'lower', margin: 1 }, better.slice(200), baseline).verdict).toBe(
      'unknown',
    );
  });
});
