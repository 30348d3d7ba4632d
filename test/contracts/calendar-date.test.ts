import { addDays, calendarDateOf, daysBetween, isCalendarDate } from '../../lib/contracts/calendar-date';

describe('a calendar date', () => {
  test.each(['2026-11-21', '2024-02-29', '2099-12-31', '1999-01-01'])('%s is one', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  test.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-1-1',
    '21.11.2026',
    '2026-11-21T00:00:00Z',
    '',
    ' 2026-11-21',
    20261121,
    null,
  ])('%p is none', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  test('is the day in UTC, whatever the local zone', () => {
    expect(calendarDateOf(new Date('2026-11-21T23:59:59.999Z'))).toBe('2026-11-21');
    expect(calendarDateOf(new Date('2026-11-22T00:00:00.000Z'))).toBe('2026-11-22');
  });

  test.each([
    ['2026-11-21', '2026-11-22', 1],
    ['2026-11-21', '2026-11-21', 0],
    ['2026-11-22', '2026-11-21', -1],
    ['2026-03-28', '2026-03-30', 2],
    ['2024-02-28', '2024-03-01', 2],
    ['2026-11-21', '2027-11-21', 365],
  ])('from %s to %s it is %i days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });
});
