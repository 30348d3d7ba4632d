/** More cases than this nobody has; beyond it the answer is that no number of cases would tell. */
const MOST_CASES = 10_000_000;

/**
 * The least number of cases, of at least `from`, at which a comparison is decided; absent where ten million are too few.
 *
 * @param decidedAt whether a run of so many cases that go on as these did decides; once it does, more cases do, too
 */
export function casesNeeded(from: number, decidedAt: (cases: number) => boolean): number | undefined {
  let tooFew = Math.max(1, Math.floor(from)) - 1;
  let enough = tooFew + 1;
  while (!decidedAt(enough)) {
    if (enough >= MOST_CASES) {
      return undefined;
    }
    tooFew = enough;
    enough = Math.min(MOST_CASES, enough * 2);
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (decidedAt(middle)) {
      enough = middle;
    } else {
      tooFew = middle;
    }
  }
  return enough;
}
