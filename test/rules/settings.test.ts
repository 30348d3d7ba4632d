import { resolveSettings } from '../../lib/rules/settings';

describe('settings of the rules', () => {
  test.each([
    [undefined, { failDays: 30, warnDays: 120, forbidPreviews: false, forbidModelRouter: false }],
    [{ failDays: 200 }, { failDays: 200, warnDays: 200, forbidPreviews: false, forbidModelRouter: false }],
    [
      { failDays: 0, warnDays: 0 },
      { failDays: 0, warnDays: 0, forbidPreviews: false, forbidModelRouter: false },
    ],
    [{ forbidPreviews: true }, { failDays: 30, warnDays: 120, forbidPreviews: true, forbidModelRouter: false }],
  ])('%j becomes %j', (given, expected) => {
    expect(resolveSettings(given)).toEqual(expected);
  });

  test.each([
    [{ failDays: -1 }, 'failDays is -1; give a whole number of days, zero or more'],
    [{ failDays: 1.5 }, 'failDays is 1.5; give a whole number of days, zero or more'],
    [{ warnDays: Number.NaN }, 'warnDays is NaN; give a whole number of days, zero or more'],
    [
      { warnDays: 29 },
      'warnDays is 29 and failDays is 30; a warning comes before an error, so give warnDays 30 or more',
    ],
  ])('%j is refused', (given, message) => {
    expect(() => resolveSettings(given)).toThrow(new Error(message));
  });
});
