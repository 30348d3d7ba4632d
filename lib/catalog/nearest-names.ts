import { editDistance } from './edit-distance';

const MOST = 3;

/** Longer than any model name; a longer text is no misspelling of one. */
const LONGEST_NAME = 100;

/**
 * The names that a text was probably meant to be, best first, at most three.
 * Case, dots, dashes and blanks do not count: `gpt4o`, `gpt-4-o` and `GPT 4o` all mean `gpt-4o`.
 */
export function nearestNames(written: string, names: Iterable<string>): string[] {
  const wanted = lettersAndDigits(written);
  if (wanted === '' || written.length > LONGEST_NAME) {
    return [];
  }
  const limit = Math.max(1, Math.floor(wanted.length / 4));
  const near: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = editDistance(wanted, lettersAndDigits(name), limit);
    if (distance !== undefined) {
      near.push({ name, distance });
    }
  }
  const best = near.some(({ distance }) => distance === 0) ? near.filter(({ distance }) => distance === 0) : near;
  return best
    .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name))
    .slice(0, MOST)
    .map(({ name }) => name);
}

function lettersAndDigits(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
