import { judgeMetric } from '../../lib/evaluation/metric-judgement';
import { cases, rate, scores } from './metric-cases';

const correct = { name: 'answers-correct' };

describe('a rate without a baseline', () => {
  test('passes at its minimum', () => {
    expect(judgeMetric({ ...correct, minimum: 0.9 }, rate(90, 10))).toEqual({
      name: 'answers-correct',
      kind: 'rate',
      value: 0.9,
      samples: 100,
      threshold: { minimum: 0.9 },
      better: 'higher',
      interval: [0.825634338495, 0.944770862939],
      confidence: 0.95,
      verdict: 'pass',
      reason: 'value 0.9 on 100 cases keeps to the minimum 0.9',
    });
  });

  test.each([
    [{ minimum: 0.9 }, rate(89, 11), 'value 0.89 on 100 cases is below the minimum 0.9'],
    [{ maximum: 0.1 }, rate(11, 89), 'value 0.11 on 100 cases is above the maximum 0.1'],
    [{ minimum: 0.2, maximum: 0.5 }, rate(90, 10), 'value 0.9 on 100 cases is above the maximum 0.5'],
    [{ minimum: 0.333 }, rate(3329, 6671), 'value 0.3329 on 10000 cases is below the minimum 0.333'],
    [{ minimum: 0.90001 }, rate(900, 100), 'value 0.9 on 1000 cases is below the minimum 0.90001'],
    [{ minimum: 1 }, rate(99_999, 1), 'value 0.99999 on 100000 cases is below the minimum 1'],
  ])('%j fails with the reason', (gate, observations, reason) => {
    expect(judgeMetric({ ...correct, ...gate }, observations)).toMatchObject({ verdict: 'fail', reason });
  });

  test('a third is at the minimum 1/3', () => {
    expect(judgeMetric({ ...correct, minimum: 1 / 3 }, rate(20, 40)).verdict).toBe('pass');
  });

  test.each([
    [0, 1],
    [1, 0],
    [29, 0],
  ])('%d true and %d false cases are too few, whatever they say', (hits, misses) => {
    expect(judgeMetric({ ...correct, minimum: 0.5 }, rate(hits, misses))).toMatchObject({
      verdict: 'unknown',
      reason: `too few cases to judge: ${hits + misses} measured, at least 30 needed`,
    });
  });

  test('is unknown without anything to judge by, and says that the margin was not used', () => {
    expect(judgeMetric(correct, rate(100, 0))).toMatchObject({
      verdict: 'unknown',
      reason: 'nothing to judge by: the gate has no minimum and no maximum, and there is no baseline to compare with',
    });
    expect(judgeMetric({ ...correct, minimum: 0.5, margin: 0.1 }, rate(100, 0))).toMatchObject({
      verdict: 'pass',
      reason:
        'value 1 on 100 cases keeps to the minimum 0.5; the margin was not used, because there is no baseline to compare with',
    });
  });
});

describe('a rate against a baseline', () => {
  test('passes with the whole interval better than the margin', () => {
    const baseline = rate(180, 20);
    const { baseline: compared, verdict, reason } = judgeMetric(correct, rate(182, 18), baseline);
    expect(compared).toEqual({
      value: 0.9,
      samples: 200,
      difference: 0.01,
      interval: [expect.any(Number), expect.any(Number)],
      margin: 0.05,
      test: 'newcombe-paired',
    });
    expect(reason).toBe(
      `candidate minus baseline is 0.01 on 200 cases (95 % interval ${compared!.interval.map((limit) => Number(limit.toPrecision(4))).join(' to ')}), wholly better than the -0.05 that the margin accepts`,
    );
    expect(verdict).toBe('pass');
  });

  test('fails with the whole interval worse than the margin', () => {
    expect(judgeMetric(correct, rate(140, 60), rate(180, 20))).toMatchObject({
      verdict: 'fail',
      reason:
        'candidate minus baseline is -0.2 on 200 cases (95 % interval -0.2582 to -0.1445), wholly worse than the -0.05 that the margin accepts',
    });
  });

  test('is unknown in between, and says how many cases would tell', () => {
    const judged = judgeMetric(correct, rate(44, 6), rate(45, 5));
    expect(judged).toMatchObject({
      verdict: 'unknown',
      reason:
        'too few cases to tell: candidate minus baseline is -0.02 on 50 cases (95 % interval -0.1003 to 0.05333), neither wholly better nor wholly worse than the -0.05 that the margin accepts; about 179 cases would tell if further ones are like these',
    });
    const scaledUp = (factor: number) =>
      judgeMetric(correct, rate(44 * factor, 6 * factor), rate(45 * factor, 5 * factor));
    expect(scaledUp(3).verdict).toBe('unknown');
    expect(scaledUp(4).verdict).toBe('pass');
  });

  test('says when no number of cases would tell', () => {
    expect(judgeMetric({ ...correct, margin: 0.02 }, rate(44, 6), rate(45, 5)).reason).toMatch(
      /the -0\.02 that the margin accepts; no number of further cases like these would tell$/,
    );
  });

  test('fails for its threshold whatever the comparison says, and names what fails alone', () => {
    expect(judgeMetric({ ...correct, minimum: 0.95 }, rate(180, 20), rate(180, 20))).toMatchObject({
      verdict: 'fail',
      reason: 'value 0.9 on 200 cases is below the minimum 0.95',
    });
  });

  test('gives both reasons of a pass', () => {
    expect(judgeMetric({ ...correct, minimum: 0.8 }, rate(190, 10), rate(180, 20)).reason).toMatch(
      /^value 0\.95 on 200 cases keeps to the minimum 0\.8; candidate minus baseline is 0\.05 on 200 cases /,
    );
  });

  test('turns the margin round where lower is better', () => {
    const gate = { name: 'refusals', better: 'lower' } as const;
    expect(judgeMetric(gate, rate(20, 180), rate(20, 180))).toMatchObject({
      verdict: 'pass',
      baseline: { difference: 0, margin: 0.05 },
      reason: expect.stringContaining('wholly better than the 0.05 that the margin accepts'),
    });
    expect(judgeMetric(gate, rate(60, 140), rate(20, 180)).verdict).toBe('fail');
    expect(judgeMetric(gate, rate(0, 200), rate(20, 180)).verdict).toBe('pass');
  });
});

describe('a score', () => {
  test('has the mean, and Student’s interval', () => {
    expect(judgeMetric({ name: 'groundedness', minimum: 2.9 }, scores(100))).toMatchObject({
      kind: 'score',
      value: 3,
      samples: 100,
      interval: [2.71797568301, 3.28202431699],
      verdict: 'pass',
    });
  });

  test('is compared with a fifth of the baseline’s standard deviation by default', () => {
    const noisy = scores(100).map(({ case: id, value }, index) => ({
      case: id,
      value: Number(value) + (index % 3) / 10,
    }));
    expect(judgeMetric({ name: 'groundedness' }, noisy, scores(100))).toMatchObject({
      verdict: 'pass',
      baseline: { value: 3, samples: 100, difference: 0.099, margin: 0.284267621807, test: 'paired-t' },
    });
  });

  test('that falls on every case fails, and one that grows on every case passes', () => {
    expect(judgeMetric({ name: 'groundedness' }, scores(200, -1), scores(200)).verdict).toBe('fail');
    expect(judgeMetric({ name: 'groundedness' }, scores(200, 1), scores(200)).verdict).toBe('pass');
    expect(judgeMetric({ name: 'seconds', better: 'lower' }, scores(200, 1), scores(200)).verdict).toBe('fail');
  });

  test('that is the same on too few cases is unknown, for others may differ', () => {
    expect(judgeMetric({ name: 'groundedness', margin: 0.1 }, scores(30), scores(30))).toMatchObject({
      verdict: 'unknown',
      baseline: { difference: 0, interval: [-0.57851654111, 0.57851654111] },
      reason: expect.stringMatching(/; about 183 cases would tell if further ones are like these$/),
    });
    expect(judgeMetric({ name: 'groundedness', margin: 0.1 }, scores(182), scores(182)).verdict).toBe('unknown');
    expect(judgeMetric({ name: 'groundedness', margin: 0.1 }, scores(183), scores(183)).verdict).toBe('pass');
  });

  test('on one case has an interval over all numbers', () => {
    expect(judgeMetric({ name: 'groundedness', minimum: 1 }, cases(3.5), cases(3))).toMatchObject({
      value: 3.5,
      interval: [-9.00719925474e15, 9.00719925474e15],
      baseline: { difference: 0.5, interval: [-1.80143985095e16, 1.80143985095e16], margin: 0 },
      verdict: 'unknown',
    });
  });
});

describe('values of 0 and 1', () => {
  test('are a rate, as true and false are', () => {
    const numbers = rate(95, 5).map(({ case: id, value }) => ({ case: id, value: Number(value) }));
    expect(judgeMetric({ ...correct, minimum: 0.9 }, numbers, rate(95, 5))).toEqual(
      judgeMetric({ ...correct, minimum: 0.9 }, rate(95, 5), rate(95, 5)),
    );
  });

  test('are a score beside another number in either run', () => {
    const numbers = cases(...Array<number>(40).fill(1));
    expect(judgeMetric(correct, numbers, [...numbers.slice(1), { case: 'case-0', value: 0.5 }]).kind).toBe('score');
  });

  test('keep the thresholds of a score, all of them lowest', () => {
    expect(judgeMetric({ name: 'groundedness', minimum: 4 }, cases(...Array<number>(40).fill(1)))).toMatchObject({
      kind: 'rate',
      verdict: 'fail',
    });
  });
});
