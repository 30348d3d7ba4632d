import { TokenCounters } from '../../lib/emulator/token-counters';
import { FakeClock } from './support/fake-clock';

describe('a rate', () => {
  test('is forgiven a minute after its first use, and what went beyond it in the minutes that follow', () => {
    const clock = new FakeClock();
    const rate = new TokenCounters(clock).rate('k');
    clock.advance(5_000);
    rate.add(25, 10);
    expect([rate.used(10), rate.retryAfter(10, 0), rate.retryAfter(10, 10), rate.retryAfter(10, 11)]).toEqual([
      25,
      120,
      180,
      undefined,
    ]);
    clock.advance(59_999);
    expect([rate.used(10), rate.retryAfter(10, 0)]).toEqual([25, 61]);
    clock.advance(1);
    expect([rate.used(10), rate.retryAfter(10, 0)]).toEqual([15, 60]);
    clock.advance(60_000);
    expect(rate.used(10)).toBe(5);
    clock.advance(3_600_000);
    expect(rate.used(10)).toBe(0);
  });

  test('counts from its first use after a pause', () => {
    const clock = new FakeClock();
    const rate = new TokenCounters(clock).rate('k');
    rate.add(1, 10);
    clock.advance(90_000);
    rate.add(11, 10);
    clock.advance(59_999);
    expect(rate.used(10)).toBe(11);
    clock.advance(1);
    expect(rate.used(10)).toBe(1);
  });

  test('of nothing is never free again', () => {
    expect(new TokenCounters(new FakeClock()).rate('k').retryAfter(0, 0)).toBeUndefined();
  });

  test('does not fall below zero', () => {
    const rate = new TokenCounters(new FakeClock()).rate('k');
    rate.add(-5, 10);
    expect(rate.used(10)).toBe(0);
  });
});

describe('a quota', () => {
  // The clock starts on Friday, 2026-01-02 03:04:05 UTC.
  test.each([
    ['Hourly', 55 * 60 + 55],
    ['Daily', 20 * 3600 + 55 * 60 + 55],
    ['Weekly', 2 * 86_400 + 20 * 3600 + 55 * 60 + 55],
    ['Monthly', 29 * 86_400 + 20 * 3600 + 55 * 60 + 55],
    ['Yearly', 363 * 86_400 + 20 * 3600 + 55 * 60 + 55],
  ] as const)('%s starts anew after %i seconds', (period, seconds) => {
    const clock = new FakeClock();
    const quota = new TokenCounters(clock).quota('k', period);
    quota.add(100, 10);
    expect(quota.retryAfter(10, 0)).toBe(seconds);
    clock.advance(seconds * 1000 - 1);
    expect(quota.used(10)).toBe(100);
    clock.advance(1);
    expect(quota.used(10)).toBe(0);
  });
});

test('keys, periods, rates and quotas count apart; the same one counts together', () => {
  const counters = new TokenCounters(new FakeClock());
  counters.rate('a').add(1, 10);
  counters.quota('a', 'Daily').add(2, 10);
  expect([
    counters.rate('a').used(10),
    counters.rate('b').used(10),
    counters.quota('a', 'Daily').used(10),
    counters.quota('a', 'Hourly').used(10),
  ]).toEqual([1, 0, 2, 0]);
});
