/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one text into the other
 * (optimal string alignment), or `undefined` where it takes more than `limit`.
 *
 * Only cells at most `limit` off the diagonal are computed: every other one costs more than that.
 */
export function editDistance(from: string, to: string, limit: number): number | undefined {
  if (Math.abs(from.length - to.length) > limit) {
    return undefined;
  }
  const tooFar = limit + 1;
  const width = to.length + 1;
  let beforePrevious = new Array<number>(width).fill(tooFar);
  let previous = Array.from({ length: width }, (_, column) => Math.min(column, tooFar));
  let current = new Array<number>(width).fill(tooFar);
  for (let row = 1; row <= from.length; row++) {
    const first = Math.max(1, row - limit);
    const last = Math.min(to.length, row + limit);
    current[first - 1] = first === 1 ? Math.min(row, tooFar) : tooFar;
    let least = current[first - 1]!;
    for (let column = first; column <= last; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const beside = column === row + limit ? tooFar : previous[column]!;
      let best = Math.min(previous[column - 1]! + (isSame ? 0 : 1), beside + 1, current[column - 1]! + 1);
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        best = Math.min(best, beforePrevious[column - 2]! + 1);
      }
      current[column] = best;
      least = Math.min(least, best);
    }
    if (least > limit) {
      return undefined;
    }
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  const distance = previous[to.length]!;
  return distance <= limit ? distance : undefined;
}
