import { compareText } from '../contracts/text-order';
import { editDistance } from './edit-distance';

const MOST = 3;

/** One edit is forgiven for so many letters. */
const EDITS_EVERY = 4;

/** Longer than any model name; a longer text is no misspelling of one. */
const LONGEST_NAME = 100;

/** Names to choose from; made once for many questions. */
export class KnownNames {
  private readonly names: readonly { readonly name: string; readonly plain: string }[];

  public constructor(names: Iterable<string>) {
    this.names = Array.from(names, (name) => ({ name, plain: withoutSeparators(name) }));
  }

  /**
   * The names that a text was probably meant to be, best first, at most three.
   * Case, dots, dashes and blanks do not count: `gpt4o`, `gpt-4-o` and `GPT 4o` all mean `gpt-4o`.
   */
  public nearest(written: string): string[] {
    if (written.length > LONGEST_NAME) {
      return [];
    }
    const wanted = withoutSeparators(written);
    if (wanted === '') {
      return [];
    }
    const limit = Math.max(1, Math.floor(wanted.length / EDITS_EVERY));
    const near: { name: string; distance: number }[] = [];
    for (const { name, plain } of this.names) {
      const distance = editDistance(wanted, plain, limit);
      if (distance !== undefined) {
        near.push({ name, distance });
      }
    }
    const same = near.filter(({ distance }) => distance === 0);
    return (same.length > 0 ? same : near)
      .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name))
      .slice(0, MOST)
      .map(({ name }) => name);
  }
}

/** The names that a text was probably meant to be; for one question only. */
export function nearestNames(written: string, names: Iterable<string>): string[] {
  return new KnownNames(names).nearest(written);
}

function withoutSeparators(text: string): string {
  return text.toLowerCase().replace(/[\s._-]+/g, '');
}
