import { judgeMetric } from '../../lib/evaluation/metric-judgement';
import { Observation } from '../../lib/evaluation/metric-observations';

const gate = { name: 'answers-correct', minimum: 0.5 };
const sound: Observation[] = [{ case: 'one', value: true }];

describe.each(['candidate', 'baseline'] as const)('in the %s', (side) => {
  function judge(observations: unknown): () => unknown {
    const given = observations as Observation[];
    return () => (side === 'candidate' ? judgeMetric(gate, given) : judgeMetric(gate, sound, given));
  }

  test.each([
    [{ length: 3 }, 'an object'],
    ['rows', "'rows'"],
    [7, '7'],
    [null, 'null'],
  ])('%j is no list of observations', (given, shown) => {
    expect(judge(given)).toThrow(
      new Error(
        `the observations of metric 'answers-correct' in the ${side} are ${shown}: give a list of { case, value }`,
      ),
    );
  });

  test.each([NaN, Infinity, -Infinity, 1e16, -1e16, '1', 'NaN', null, undefined, {}, [1], 1n])(
    'the value %p is refused',
    (value) => {
      expect(judge([{ case: 'two', value }])).toThrow(
        /^value .* of case 'two' of metric 'answers-correct' in the (candidate|baseline) is neither true or false nor a number from -9007199254740991 to 9007199254740991: leave out a case that was not measured, and give one that failed the value of a failure$/,
      );
    },
  );

  test.each([undefined, null, '', 7])('%p is no case', (given) => {
    expect(
      judge([
        { case: 'one', value: true },
        { case: given, value: true },
      ]),
    ).toThrow(
      /^case .* of observation 1 of metric 'answers-correct' in the (candidate|baseline) is none: write a text that is not empty/,
    );
  });

  test.each([[[null]], [[undefined]], [[7]], [Array(2)]])('%j holds no observations', (given) => {
    expect(judge(given)).toThrow(/^case undefined of observation 0 of metric 'answers-correct'/);
  });

  test('a case that is there twice is refused, and its name cannot disturb a terminal', () => {
    expect(
      judge([
        { case: 'a\u001b[2Jb', value: true },
        { case: 'a\u001b[2Jb', value: true },
      ]),
    ).toThrow(
      new Error(
        `metric 'answers-correct' has case 'a\\u{1b}[2Jb' twice in the ${side}: repeats of one case are not independent; give each case one value, for instance the mean of its repeats`,
      ),
    );
  });
});

test('a candidate without an observation is refused, for there is nothing that its value could be', () => {
  expect(() => judgeMetric(gate, [])).toThrow(
    new Error(
      "metric 'answers-correct' has no observation in the candidate: at least one case has to be measured; see why the run left out every one, or leave out the metric",
    ),
  );
});

test.each([
  [[...sound, { case: 'two', value: 0.5 }], undefined, 'candidate'],
  [sound, [{ case: 'two', value: 0.5 }], 'baseline'],
  [[{ case: 'two', value: 0.5 }], sound, 'candidate'],
] as const)('true and false beside a score are refused: %j and %j', (candidate, baseline, side) => {
  expect(() => judgeMetric(gate, candidate, baseline)).toThrow(
    new Error(
      `metric 'answers-correct' has true or false for some cases and 0.5 for case 'two' in the ${side}: a rate has true, false, 1 and 0 alone, and a score has numbers alone`,
    ),
  );
});

test('cases may be called what every object has', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const observations = names.map((name) => ({ case: name, value: true }));
  expect(judgeMetric({ ...gate, minimumSamples: 4 }, observations, observations)).toMatchObject({
    samples: 4,
    baseline: { samples: 4 },
  });
});

test.each([
  [100_000, true],
  [30_000, 0.5],
])('%d cases are read once each: values of %p', (count, value) => {
  const reads = { case: 0, value: 0 };
  const counted = (id: string) => ({
    get case() {
      reads.case++;
      return id;
    },
    get value() {
      reads.value++;
      return value;
    },
  });
  const observations = Array.from({ length: count }, (_, index) => counted(`case-${index}`));
  const judged = judgeMetric({ name: 'answers-correct', margin: 0.01 }, observations, observations);
  expect(judged).toMatchObject({ samples: count, verdict: 'pass', baseline: { samples: count, difference: 0 } });
  expect(reads).toEqual({ case: 2 * count, value: 2 * count });
});

test('values of any size make the same record in either order', () => {
  const observations = Array.from({ length: 3000 }, (_, index) => ({
    case: `case-${index}`,
    value: (index % 7 < 4 ? 1.1 : -1.3) * 10 ** ((index % 31) - 15),
  }));
  const judged = judgeMetric({ name: 'cost', maximum: 1e15 }, observations);
  expect(judgeMetric({ name: 'cost', maximum: 1e15 }, [...observations].reverse())).toEqual(judged);
  expect(judged).toMatchObject({ samples: 3000, kind: 'score', verdict: 'pass' });
});
