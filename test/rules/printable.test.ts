import fc from 'fast-check';
import { abridged, printable, quoted } from '../../lib/rules/printable';

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

  test('quotes', () => {
    expect(quoted('a\nb')).toBe("'a\\u{a}b'");
  });
});
