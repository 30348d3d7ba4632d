import fc from 'fast-check';
import { abridged, abridgedInFront, printable, quoted } from '../../lib/contracts/printable';

describe('text of users in messages', () => {
  test.each([
    ['a\nb\r\tc', 'a\\u{a}b\\u{d}\\u{9}c'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u0000\u007f\u0085', '\\u{0}\\u{7f}\\u{85}'],
    ['a\u202eb\u2066c\u200bd\ufeff', 'a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\ud83d', '\\u{d83d}'],
    ["it's ${var.x} <b> ünïcode 🙂", "it's ${var.x} <b> ünïcode 🙂"],
  ])('%j is printed as %s', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('never contains a control character, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cs}]/u)),
    );
  });

  test.each([
    [120, 120],
    [121, 121],
    [1_000_000, 121],
  ])('of %i characters %i are left', (given, left) => {
    expect([...abridged('x'.repeat(given))]).toHaveLength(left);
  });

  test('does not cut a character in two', () => {
    expect(abridged('🙂'.repeat(120))).toBe('🙂'.repeat(120));
    expect(abridged('🙂'.repeat(121))).toBe(`${'🙂'.repeat(120)}…`);
  });

  test('a text whose end says most is shortened in front', () => {
    expect(abridgedInFront(`${'/'.repeat(1_000)}\n${'x'.repeat(119)}`)).toBe(`…\\u{a}${'x'.repeat(119)}`);
    expect(abridgedInFront('x'.repeat(120))).toBe('x'.repeat(120));
  });
});

describe('values of users in messages', () => {
  const circular: unknown[] = [];
  circular.push(circular);
  const hostile = {
    toJSON() {
      throw new Error('hostile');
    },
  };

  test.each<[string, unknown]>([
    ["'a\\u{a}b'", 'a\nb'],
    ["''", ''],
    ["'10'", '10'],
    ['10', 10],
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['10', 10n],
    ['true', true],
    ['undefined', undefined],
    ['null', null],
    ['[]', []],
    ['{"a":"x\\u{202e}y"}', { a: 'x\u202ey' }],
    ['a function', () => 'source'],
    ['Symbol(s)', Symbol('s')],
    ['{}', Object.create(null)],
    ['an object', circular],
    ['an object', hostile],
    ['an object', { toJSON: () => undefined }],
  ])('a value is shown as %s', (expected, value) => {
    expect(quoted(value)).toBe(expected);
  });

  test.each([
    ['x'.repeat(121), `'${'x'.repeat(120)}…'`],
    [['x'.repeat(1_000)], `["${'x'.repeat(118)}…`],
  ])('a very long one is shortened', (value, expected) => {
    expect(quoted(value)).toBe(expected);
  });

  test('never throws and stays on one line, whatever is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) =>
        expect(quoted(value)).not.toMatch(/[\p{Cc}\p{Cs}]/u),
      ),
    );
  });
});
