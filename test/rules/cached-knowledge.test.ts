import fc from 'fast-check';
import { LifecycleQuery } from '../../lib/catalog/lifecycle';
import { cachedKnowledge } from '../../lib/rules/cached-knowledge';
import { LifecycleKnowledge } from '../../lib/rules/rule';
import { fakeKnowledge } from '../support/knowledge';
import { TODAY } from './configuration';

/** Answers with the question, so that a mix-up shows. */
function echo(): LifecycleKnowledge & { asked: number } {
  return {
    ...fakeKnowledge([]),
    asOf: '2026-10-05',
    asked: 0,
    lookup(query, on) {
      this.asked++;
      return { kind: 'unknown-model', nearest: [JSON.stringify([query, on])] };
    },
  };
}

describe('knowledge that is asked once', () => {
  test('answers the same question from memory', () => {
    const knowledge = echo();
    const cached = cachedKnowledge(knowledge);
    const query = { format: 'OpenAI', name: 'chat', version: '1' };
    expect(cached.lookup({ ...query }, TODAY)).toBe(cached.lookup({ ...query }, TODAY));
    expect(knowledge.asked).toBe(1);
  });

  test('asks again for another day', () => {
    const cached = cachedKnowledge(echo());
    const query = { name: 'chat', version: '1' };
    expect(cached.lookup(query, '2026-11-21')).not.toEqual(cached.lookup(query, '2026-11-22'));
  });

  test('never gives the answer to another question', () => {
    const text = fc.constantFrom('', 'a', 'ab', 'b', '1', ' ', 'undefined', '\n');
    const query: fc.Arbitrary<LifecycleQuery> = fc.record(
      { format: text, name: text, version: text, sku: text, scope: fc.constantFrom('base', 'fine-tune') },
      { requiredKeys: ['name', 'version'] },
    );
    fc.assert(
      fc.property(fc.array(query, { maxLength: 40 }), (queries) => {
        const knowledge = echo();
        const cached = cachedKnowledge(knowledge);
        for (const one of queries) {
          const { format, name, version, sku, scope } = one;
          const direct = knowledge.lookup({ format, name, version, sku, scope }, TODAY);
          expect(cached.lookup({ format, name, version, sku, scope }, TODAY)).toEqual(direct);
        }
      }),
    );
  });

  test('passes on the age and the spellings', () => {
    const cached = cachedKnowledge(fakeKnowledge([{ name: 'Chat', version: '1' }], '2026-10-05'));
    expect(cached.asOf).toBe('2026-10-05');
    expect(cached.spellings()).toEqual([{ spelling: 'chat', format: 'OpenAI', name: 'Chat', versions: ['1'] }]);
  });
});
