import { andMore } from '../../lib/contracts/and-more';
import { counted } from '../../lib/contracts/counted';
import { compareText } from '../../lib/contracts/text-order';
import { versionedName } from '../../lib/contracts/versioned-name';

test.each([
  [0, undefined, '0 errors'],
  [1, undefined, '1 error'],
  [2, undefined, '2 errors'],
  [1, 'errors remain', '1 error'],
  [2, 'errors remain', '2 errors remain'],
])('%s errors are counted in words', (number, many, words) => {
  expect(counted(number, 'error', many)).toBe(words);
});

test.each([
  [-1, ' ', ''],
  [0, ' ', ''],
  [1, ' ', ' and 1 more'],
  [3, undefined, 'and 3 more'],
])('%s left out of a list are told', (left, lead, words) => {
  expect(andMore(left, lead)).toBe(words);
});

test('texts are ordered by code units, whatever the locale says', () => {
  expect(['b', 'ä', 'a', 'B', '', 'a1', 'a'].sort(compareText)).toEqual(['', 'B', 'a', 'a', 'a1', 'b', 'ä']);
  expect(compareText('a', 'a')).toBe(0);
});

test('a model goes by its name where no version is known', () => {
  expect(versionedName('gpt-4o', '2024-11-20')).toBe('gpt-4o@2024-11-20');
  expect(versionedName('gpt-4o', '')).toBe('gpt-4o@');
  expect(versionedName('gpt-4o', undefined)).toBe('gpt-4o');
});
