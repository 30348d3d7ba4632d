import { LifecycleAnswer } from '../../lib/catalog/lifecycle';
import { livingReplacement } from '../../lib/rules/replacement-advice';
import { fakeKnowledge, KnownVersion } from '../support/knowledge';
import { contextOf, TODAY } from './configuration';

const RETIRED = '2025-01-01';

const SOON = '2027-01-20';

function replacementOf(versions: readonly KnownVersion[], sku?: string): string | undefined {
  const catalog = fakeKnowledge(versions);
  const first = versions[0]!;
  const lookup = catalog.lookup({ name: first.name, version: first.version }, TODAY) as { answer: LifecycleAnswer };
  return livingReplacement(contextOf([], { catalog }), lookup.answer, sku);
}

function old(version: string, ...replacements: string[]): KnownVersion {
  return {
    name: 'chat',
    version,
    retirementDate: RETIRED,
    replacements: replacements.map((key) => ({ name: key.split('@')[0]!, version: key.split('@')[1] })),
  };
}

describe('which model to deploy instead', () => {
  test.each<[string, KnownVersion[], string | undefined]>([
    ['the one that is named', [old('1', 'chat@2'), { name: 'chat', version: '2' }], 'chat@2'],
    ['several that are named', [old('1', 'a@1', 'b@1')], 'a@1 or b@1'],
    ['the living one of several', [old('1', 'chat@2', 'b@1'), old('2', 'c@1')], 'b@1'],
    ['the next living one in a chain', [old('1', 'chat@2'), old('2', 'chat@3'), old('3', 'chat@4')], 'chat@4'],
    ['none at the end of a dead chain', [old('1', 'chat@2'), old('2')], undefined],
    ['none where none is named', [old('1')], undefined],
    ['none in a circle', [old('1', 'chat@2'), old('2', 'chat@1')], undefined],
    ['one that the catalogue does not know', [old('1', 'newer@1')], 'newer@1'],
    ['the only version of a name without version', [old('1', 'b'), { name: 'b', version: '7' }], 'b@7'],
    [
      'the only living version of a name without version',
      [old('1', 'b'), { name: 'b', version: '6', retirementDate: RETIRED }, { name: 'b', version: '7' }],
      'b@7',
    ],
    [
      'a version to choose where several live',
      [old('1', 'b'), { name: 'b', version: '6' }, { name: 'b', version: '7' }],
      'a pinned version of b',
    ],
    ['a version to choose where no version is known', [old('1', 'b')], 'a pinned version of b'],
    [
      'the next one that lasts in place of one that is Deprecated or retires soon',
      [
        old('1', 'b@1', 'c@1'),
        { name: 'b', version: '1', stage: 'deprecated', replacements: [{ name: 'd', version: '1' }] },
        { name: 'c', version: '1', retirementDate: SOON, replacements: [{ name: 'e', version: '1' }] },
      ],
      'd@1 or e@1',
    ],
    [
      'none where all that are named are Deprecated',
      [old('1', 'b@1'), { name: 'b', version: '1', stage: 'deprecated' }],
      undefined,
    ],
    [
      'a model of another publisher',
      [
        old('1', 'b@1'),
        {
          format: 'Other',
          name: 'b',
          version: '1',
          retirementDate: RETIRED,
          replacements: [{ name: 'c', version: '1' }],
        },
      ],
      'c@1',
    ],
  ])('names %s', (_, versions, expected) => {
    expect(replacementOf(versions)).toBe(expected);
  });

  test.each([
    ['Standard', 'b@1 (not listed on Standard) or a current model of the same kind on Standard'],
    ['GlobalStandard', 'b@1'],
    [undefined, 'b@1'],
  ])('for a deployment on %s it names %s', (sku, expected) => {
    expect(replacementOf([old('1', 'b@1'), { name: 'b', version: '1', skus: ['GlobalStandard'] }], sku)).toBe(expected);
  });

  test('gives up on a chain without end', () => {
    const chain = Array.from({ length: 50 }, (_, index) => old(`${index}`, `chat@${index + 1}`));
    expect(replacementOf(chain)).toBeUndefined();
  });
});
