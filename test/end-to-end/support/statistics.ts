/** Standard deviations: a share that is drawn fairly is outside of them once in 15,000 times. */
const DEVIATIONS = 4;

/** By how much the count of a fair share may differ from its expectation. */
export function binomialBound(draws: number, share: number): number {
  return DEVIATIONS * Math.sqrt(draws * share * (1 - share));
}

/** Work on many, a few at a time, in any order; results in the order given. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
