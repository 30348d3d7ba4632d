import fc from 'fast-check';
import { editDistance } from '../../lib/catalog/edit-distance';
import { KnownNames } from '../../lib/catalog/nearest-names';

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

  test('is what the full table says, whatever the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.nat(9), (a, b, limit) => {
        const distance = fullTable(a, b);
        expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : undefined);
      }),
      { numRuns: 2_000 },
    );
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
  const known = new KnownNames(NAMES);

  test.each([
    ['gpt4o', ['gpt-4o']],
    ['GPT 4.1', ['gpt-4.1']],
    ['gpt-4', ['gpt-4.1', 'gpt-4o', 'gpt-5']],
    ['wisper', ['whisper']],
    ['', []],
    ['---', []],
    ['llama', []],
  ])('%p is near %p', (written, near) => {
    expect(known.nearest(written)).toEqual(near);
  });

  test('a text longer than any name is near none', () => {
    expect(known.nearest('gpt-4o'.repeat(1_000_000))).toEqual([]);
  });

  test('any text gets at most three of the names that there are', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const near = known.nearest(written);
        expect(near.length).toBeLessThanOrEqual(3);
        expect(near.every((name) => NAMES.includes(name))).toBe(true);
      }),
    );
  });
});

/** The definition, without anything left out. */
function fullTable(a: string, b: string): number {
  const cost = (i: number, j: number): number => {
    if (i === 0 || j === 0) {
      return Math.max(i, j);
    }
    const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    return Math.min(
      table(i - 1, j) + 1,
      table(i, j - 1) + 1,
      table(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]),
      isSwap ? table(i - 2, j - 2) + 1 : Infinity,
    );
  };
  const known = new Map<string, number>();
  const table = (i: number, j: number): number => {
    const key = `${i},${j}`;
    known.set(key, known.get(key) ?? cost(i, j));
    return known.get(key)!;
  };
  return table(a.length, b.length);
}
