import { withDynamicBlocks } from '../../lib/facts/dynamic-blocks';
import { Locals } from '../../lib/facts/locals';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { userSeconds } from '../support/user-seconds';

const { scope } = new Locals({});

function items(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `i${index}`);
}

describe('a dynamic block is written out', () => {
  test('with the blocks inside it', () => {
    const inner = { for_each: ['x', 'y'], content: { v: '${outer.value}-${inner.value}' } };
    const written = withDynamicBlocks(
      { dynamic: { outer: { for_each: ['a'], content: { dynamic: { inner } } } } },
      scope,
    );
    const [outer] = written.outer as Record<string, unknown>[];
    expect(withDynamicBlocks(outer!, scope)).toEqual({ inner: [{ v: 'a-x' }, { v: 'a-y' }] });
  });

  test.each([
    [10_000, 10_000],
    [10_001, 1],
  ])('over %i items into %i blocks', (count, blocks) => {
    const written = withDynamicBlocks(
      { dynamic: { env: { for_each: items(count), content: { v: '${env.value}' } } } },
      scope,
    );
    expect(written.env).toHaveLength(blocks);
  });

  test('keeps the collection and the content where the blocks inside it would be too many', () => {
    const inner = { for_each: items(100), content: { v: 'gpt-4' } };
    const dynamic = { outer: { for_each: items(100), content: { settings: [{ dynamic: { inner } }] } } };
    expect(withDynamicBlocks({ dynamic }, scope)).toEqual({
      outer: [dynamic.outer.content],
      dynamic: { outer: { for_each: items(100) } },
    });
  });

  test('in little time, and with the texts in it still found, where blocks nest without end', () => {
    let content: Record<string, unknown> = { v: 'gpt-4' };
    for (let level = 0; level < 12; level++) {
      content = { dynamic: { [`l${level}`]: { for_each: [...items(7), `gpt-5-${level}`], content } } };
    }
    const found = new Set<string>();
    const seconds = userSeconds(() =>
      readStackConfiguration(
        { resource: { t: { x: content } } },
        { literals: (text) => text.startsWith('gpt') },
      ).literals.forEach(({ value }) => found.add(value)),
    );
    expect(seconds).toBeLessThan(10);
    expect(found).toContain('gpt-4');
    expect(found).toContain('gpt-5-11');
  });
});
