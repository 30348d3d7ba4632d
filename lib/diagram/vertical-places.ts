/** Something that takes its height in a column and would like to be at a certain place. */
export interface Wish {
  readonly height: number;
  /** Where its upper edge should be. */
  readonly top: number;
  /** Least distance from the one above it. */
  readonly gap: number;
}

/**
 * Upper edges in the given order, as near to the wishes as they can be without overlapping: pool adjacent violators
 * (https://en.wikipedia.org/wiki/Isotonic_regression) over the wishes less what has to lie above each.
 */
export function placed(wishes: readonly Wish[]): number[] {
  const pools: { sum: number; count: number }[] = [];
  const above: number[] = [];
  let offset = 0;
  wishes.forEach(({ height, top, gap }, index) => {
    offset += index === 0 ? 0 : gap;
    above.push(offset);
    pools.push({ sum: top - offset, count: 1 });
    offset += height;
    while (pools.length > 1 && valueOf(pools.at(-2)!) > valueOf(pools.at(-1)!)) {
      const last = pools.pop()!;
      const merged = pools.at(-1)!;
      merged.sum += last.sum;
      merged.count += last.count;
    }
  });
  const values = pools.flatMap((pool) => Array.from({ length: pool.count }, () => valueOf(pool)));
  return above.map((least, index) => least + values[index]!);
}

function valueOf({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}
