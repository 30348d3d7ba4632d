import { asOfShifted } from '../../lib/rules/as-of-shifted';
import { fakeKnowledge } from '../support/knowledge';

function check(asOf: string, clock = '2026-11-21') {
  return asOfShifted.checkRun({
    catalog: fakeKnowledge([]),
    judgement: { asOf, clock },
    unguardedStacks: [],
    configurations: [],
  });
}

describe('as-of-shifted: the day that is judged on is far from today', () => {
  test.each([
    ['2026-11-13', 1],
    ['2026-11-14', 0],
    ['2026-11-21', 0],
    ['2026-11-28', 0],
    ['2026-11-29', 1],
  ])('as of %s, with today 2026-11-21, there are %i findings', (asOf, count) => {
    expect(check(asOf)).toHaveLength(count);
  });

  test.each([
    ['2026-11-13', 'models are judged as of 2026-11-13, 8 days before today (2026-11-21)'],
    ['2027-11-21', 'models are judged as of 2027-11-21, 365 days after today (2026-11-21)'],
  ])('as of %s it says which way', (asOf, message) => {
    expect(check(asOf)).toEqual([
      {
        rule: 'as-of-shifted',
        severity: 'warning',
        status: 'violation',
        resource: { address: 'as-of', type: 'judgement' },
        message,
        fix: "leave out --as-of (asOf in code) and MODEL_LIFECYCLE_AS_OF to judge on today's date",
      },
    ]);
  });
});
