import { eachBounded } from '../../bin/azure/bounded';

describe('eachBounded', () => {
  test('works on so many at once and no more, and answers in the order of the items', async () => {
    let running = 0;
    let most = 0;
    const results = await eachBounded([5, 1, 4, 2, 3, 0], 3, async (item, index) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, item));
      running--;
      return `${index}:${item}`;
    });
    expect([results, most]).toEqual([['0:5', '1:1', '2:4', '3:2', '4:3', '5:0'], 3]);
  });

  test('has nothing to do for nothing', async () => {
    expect(await eachBounded([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
  });

  test('fails as the first that fails', async () => {
    const work = (item: number) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item));
    await expect(eachBounded([1, 2, 3], 1, work)).rejects.toThrow('two');
  });
});
