import fc from 'fast-check';
import { describeJsonError } from '../../lib/contracts/json-syntax';
import { userSeconds } from '../support/user-seconds';

describe('the place of a mistake in JSON', () => {
  test.each([
    ['', 'the text ends too early, at line 1, column 1'],
    [' \n ', 'the text ends too early, at line 2, column 2'],
    ['{"a": 1', 'the text ends too early, at line 1, column 8'],
    ['{"a": [\r\n1,', 'the text ends too early, at line 2, column 3'],
    ['resource {}', 'syntax error at line 1, column 1'],
    ['{"a": 1,}', 'syntax error at line 1, column 9'],
    ['[1 2]', 'syntax error at line 1, column 4'],
    ['[1,]', 'syntax error at line 1, column 4'],
    ['[}', 'syntax error at line 1, column 2'],
    ['[1}', 'syntax error at line 1, column 3'],
    [']', 'syntax error at line 1, column 1'],
    ['{1: 2}', 'syntax error at line 1, column 2'],
    ['{"a" 1}', 'syntax error at line 1, column 6'],
    ['{"a":: 1}', 'syntax error at line 1, column 6'],
    ['{} {}', 'syntax error at line 1, column 4'],
    ['[01]', 'syntax error at line 1, column 2'],
    ['[1.]', 'syntax error at line 1, column 2'],
    ['[nullable]', 'syntax error at line 1, column 2'],
    ['["open]', 'syntax error at line 1, column 2'],
    ['["a\nb"]', 'syntax error at line 1, column 2'],
    ['["\\x"]', 'syntax error at line 1, column 2'],
    ["{'a': 1}", 'syntax error at line 1, column 2'],
    ['{"a": 1}\u0000', 'syntax error at line 1, column 9'],
  ])('of %j is: %s', (text, place) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(describeJsonError(text)).toBe(place);
  });

  test('is the end of a document that was cut off, wherever no string or number was cut', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify([value], undefined, 1);
        expect(describeJsonError(text.slice(0, -1))).toMatch(/^the text ends too early, at line \d+, column \d+$/);
      }),
    );
  });

  test('is found in a long text without a pause', () => {
    const text = `{"a": "${'\\n'.repeat(500_000)}${'x'.repeat(5_000_000)}`;
    const seconds = userSeconds(() => {
      expect(describeJsonError(text)).toBe('syntax error at line 1, column 7');
      expect(describeJsonError('['.repeat(200_000))).toBe('the text ends too early, at line 1, column 200001');
    });
    expect(seconds).toBeLessThan(1.5);
  });
});
