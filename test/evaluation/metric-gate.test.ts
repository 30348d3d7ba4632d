import { checkedGate, MetricGate } from '../../lib/evaluation/metric-gate';
import { judgeMetric } from '../../lib/evaluation/metric-judgement';

const name = 'answers-correct';

test('a gate has defaults for all but thresholds and margin', () => {
  expect(checkedGate({ name })).toEqual({ name, better: 'higher', confidence: 0.95, minimumSamples: 30 });
});

test('members that are undefined are not there', () => {
  const open: MetricGate = { name, minimum: undefined, margin: undefined, better: undefined, confidence: undefined };
  expect(checkedGate(open)).toEqual(checkedGate({ name }));
});

test.each([
  [{ minimum: -3, maximum: 1e9, margin: 0, better: 'lower', confidence: 0.5, minimumSamples: 2 }],
  [{ minimum: 0.5, maximum: 0.5, margin: 7, better: 'higher', confidence: 0.9999, minimumSamples: 1_000_000 }],
] as const)('%j is taken as it is', (members) => {
  expect(checkedGate({ name, ...members })).toEqual({ name, ...members });
});

const AS_NUMBER = 'write a finite number';
const CONFIDENCE = 'write a number from 0.5 to 0.9999, for instance 0.95';
const SAMPLES = 'write a whole number from 2 to 1000000, for instance 30';

test.each([
  ['minimum', NaN, AS_NUMBER],
  ['minimum', '0.9', AS_NUMBER],
  ['minimum', null, AS_NUMBER],
  ['maximum', Infinity, AS_NUMBER],
  ['margin', -0.01, 'write a number of 0 or more'],
  ['margin', NaN, 'write a number of 0 or more'],
  ['confidence', 95, CONFIDENCE],
  ['confidence', 0.49, CONFIDENCE],
  ['confidence', 1, CONFIDENCE],
  ['confidence', NaN, CONFIDENCE],
  ['confidence', '0.95', CONFIDENCE],
  ['minimumSamples', 1, SAMPLES],
  ['minimumSamples', 30.5, SAMPLES],
  ['minimumSamples', Infinity, SAMPLES],
  ['better', 'greater', "write 'higher' or 'lower'"],
  ['better', null, "write 'higher' or 'lower'"],
])('%s of %p is refused', (member, given, allowed) => {
  const gate = { name, [member]: given } as unknown as MetricGate;
  const shown = typeof given === 'string' ? `'${given}'` : String(given);
  expect(() => checkedGate(gate)).toThrow(new Error(`${member} of metric 'answers-correct' is ${shown}: ${allowed}`));
});

test('a misspelt threshold is refused, for without it everything would pass', () => {
  expect(() => checkedGate({ name, minimun: 0.9 } as MetricGate)).toThrow(
    new Error(
      "metric 'answers-correct' has 'minimun', which no gate has: a gate has name, better, minimum, maximum, margin, confidence, minimumSamples; respell it or leave it out",
    ),
  );
  expect(() => checkedGate(JSON.parse('{"name":"x","__proto__":{"minimum":1}}') as MetricGate)).toThrow(
    /^metric 'x' has '__proto__', which no gate has/,
  );
});

test('thresholds between which nothing lies are refused', () => {
  expect(() => checkedGate({ name, minimum: 0.9, maximum: 0.1 })).toThrow(
    new Error(
      "minimum 0.9 of metric 'answers-correct' is greater than its maximum 0.1, so that nothing could pass: swap them or leave one out",
    ),
  );
});

test.each([undefined, null, 7, '', ' ', 'two\nlines', 'x'.repeat(257), 'bell\u0007'])('%p is no name', (given) => {
  expect(() => checkedGate({ name: given } as unknown as MetricGate)).toThrow(/^name .* of a metric is none: write /);
});

test.each([undefined, null, 7, 'answers-correct'])('%p is no gate', (given) => {
  expect(() => checkedGate(given as unknown as MetricGate)).toThrow(/is no gate of a metric: write \{ name/);
});

describe('a gate that cannot be meant for true and false', () => {
  const observations = [{ case: 'one', value: true }];

  test('has a margin above 1', () => {
    expect(() => judgeMetric({ name, margin: 5 }, observations)).toThrow(
      new Error(
        "margin of metric 'answers-correct' is 5: the metric is a rate, so write a number from 0 to 1, for instance 0.05 for five of a hundred cases",
      ),
    );
  });

  test.each([
    ['minimum', 90],
    ['maximum', -0.1],
  ])('has a %s of %d', (member, threshold) => {
    expect(() => judgeMetric({ name, [member]: threshold }, observations)).toThrow(
      new Error(
        `${member} of metric 'answers-correct' is ${threshold}: the metric is a rate, so write a share from 0 to 1, for instance 0.9 for ninety of a hundred cases`,
      ),
    );
  });
});
