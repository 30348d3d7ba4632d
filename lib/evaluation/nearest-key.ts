/** The known key that a text was probably meant to be: the same letters, or one letter more, less, other or swapped. */
export function nearestKey(written: string, known: readonly string[]): string | undefined {
  const wanted = plain(written);
  return known.find((key) => plain(key) === wanted) ?? known.find((key) => isOneEditAway(wanted, plain(key)));
}

function isOneEditAway(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) {
    end++;
  }
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  const isSwap = left.length === 2 && left === [...right].reverse().join('');
  return isSwap || (left.length <= 1 && right.length <= 1);
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[\s._-]+/g, '');
}
