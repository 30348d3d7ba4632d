import { AS_OF_VARIABLE, judgementDate } from '../../lib/contracts/as-of';

describe('the judgement date', () => {
  const before = process.env[AS_OF_VARIABLE];

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-21T22:00:00Z') });
    delete process.env[AS_OF_VARIABLE];
  });

  afterEach(() => {
    jest.useRealTimers();
    if (before === undefined) {
      delete process.env[AS_OF_VARIABLE];
    } else {
      process.env[AS_OF_VARIABLE] = before;
    }
  });

  test('is the clock when nothing else is said', () => {
    expect(judgementDate()).toEqual({ asOf: '2026-11-21', clock: '2026-11-21' });
  });

  test('comes from the environment before the clock', () => {
    process.env[AS_OF_VARIABLE] = '2027-05-01';
    expect(judgementDate()).toEqual({ asOf: '2027-05-01', clock: '2026-11-21' });
  });

  test('comes from the explicit date before the environment', () => {
    process.env[AS_OF_VARIABLE] = '2027-05-01';
    expect(judgementDate('2026-12-24')).toEqual({ asOf: '2026-12-24', clock: '2026-11-21' });
  });

  test('an empty variable counts as not set', () => {
    process.env[AS_OF_VARIABLE] = '';
    expect(judgementDate().asOf).toBe('2026-11-21');
  });

  test('a date that is none is refused with its origin', () => {
    expect(() => judgementDate('21.11.2026')).toThrow(
      "asOf is '21.11.2026'; write a calendar day as YYYY-MM-DD, for instance '2026-11-21'",
    );
    process.env[AS_OF_VARIABLE] = 'tomorrow';
    expect(() => judgementDate()).toThrow(
      "MODEL_LIFECYCLE_AS_OF is 'tomorrow'; write a calendar day as YYYY-MM-DD, for instance '2026-11-21'",
    );
    expect(() => judgementDate('', '--as-of')).toThrow("--as-of is ''; write a calendar day");
  });
});
