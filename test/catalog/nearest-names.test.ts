import fc from 'fast-check';
import { editDistance } from '../../lib/catalog/edit-distance';
import { nearestNames } from '../../lib/catalog/nearest-names';

describe('edit distance', () => {
  test.each([
    ['', '', 0],
    ['gpt4o', 'gpt4o', 0],
    ['gpt4o', 'gpt4', 1],
    ['gpt4', 'gpt5', 1],
    ['gtp4', 'gpt4', 1],
    ['gpt4omni', 'gpt4omini', 1],
    ['abc', 'cab', 2],
  ])('from %p to %p is %d', (from, to, distance) => {
    expect(editDistance(from, to, 3)).toBe(distance);
    if (distance > 0) {
      expect(editDistance(from, to, distance - 1)).toBeUndefined();
    }
  });

  test('is the same both ways, and at most the longer text', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const there = editDistance(a, b, 12)!;
        expect(editDistance(b, a, 12)).toBe(there);
        expect(there).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(there === 0).toBe(a === b);
      }),
    );
  });
});

describe('nearest names', () => {
  const NAMES = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5', 'whisper'];

  test.each([
    ['gpt4o', ['gpt-4o']],
    ['GPT 4.1', ['gpt-4.1']],
    ['gpt-4', ['gpt-4.1', 'gpt-4o', 'gpt-5']],
    ['wisper', ['whisper']],
    ['', []],
    ['---', []],
    ['llama', []],
  ])('%p is near %p', (written, near) => {
    expect(nearestNames(written, NAMES)).toEqual(near);
  });

  test('a text longer than any name is near none', () => {
    expect(nearestNames('gpt-4o'.repeat(1_000_000), NAMES)).toEqual([]);
  });

  test('any text gets at most three of the names that there are', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const near = nearestNames(written, NAMES);
        expect(near.length).toBeLessThanOrEqual(3);
        expect(near.every((name) => NAMES.includes(name))).toBe(true);
      }),
    );
  });
});
