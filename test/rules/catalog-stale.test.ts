import { cachedKnowledge } from '../../lib/rules/cached-knowledge';
import { catalogStale } from '../../lib/rules/catalog-stale';
import { LifecycleKnowledge } from '../../lib/rules/rule';
import { fakeKnowledge } from '../support/knowledge';

function check(asOf: string) {
  const catalog = fakeKnowledge([], '2026-10-05');
  return catalogStale.checkRun({ catalog, judgement: { asOf, clock: asOf }, unguardedStacks: [], configurations: [] });
}

describe('catalog-stale: the catalogue is more than 60 days old', () => {
  test.each([
    ['2026-10-01', 0, 'before the catalogue'],
    ['2026-10-05', 0, 'on its day'],
    ['2026-12-04', 0, '60 days after'],
    ['2026-12-05', 1, '61 days after'],
    ['2027-11-21', 1, 'a year after'],
  ])('judged on %s there are %i findings, %s', (asOf, count) => {
    expect(check(asOf)).toHaveLength(count);
  });

  test('is a warning that names both days', () => {
    expect(check('2026-12-05')).toEqual([
      {
        rule: 'catalog-stale',
        severity: 'warning',
        status: 'violation',
        resource: { address: 'catalog', type: 'catalog' },
        message:
          'the catalogue is of 2026-10-05, 61 days before 2026-12-05; Azure announces retirements 60 days ahead, so newer ones may be missing',
        fix: 'update cdktf-azure-model-lifecycle, or give a newer catalogue file or an overlay',
      },
    ]);
  });

  test.each<[string, Partial<LifecycleKnowledge>, string, string]>([
    [
      'partners’ models that nobody looked at',
      { oldestSeller: 'partner' },
      'what the catalogue knows of models sold by partners is of 2026-10-05, 61 days before 2026-12-05;',
      'update cdktf-azure-model-lifecycle, or give a newer catalogue file or an overlay',
    ],
    [
      'a file that takes the place of what the package brings',
      { file: 'models/catalog.json' },
      'the catalogue is of 2026-10-05,',
      "make 'models/catalog.json' again with 'model-lifecycle catalog refresh', or leave it out for the catalogue of the package",
    ],
    [
      'a file whose regions have no models of partners',
      { file: 'a\nb.json', oldestSeller: 'partner' },
      'what the catalogue knows of models sold by partners is of 2026-10-05,',
      "make 'a\\u{a}b.json' again with 'model-lifecycle catalog refresh', with regions that list these models, or leave it out for the catalogue of the package",
    ],
  ])('names the cause: %s', (_, known, message, fix) => {
    const catalog = cachedKnowledge({ ...fakeKnowledge([], '2026-10-05'), ...known });
    const judgement = { asOf: '2026-12-05', clock: '2026-12-05' };
    const [finding] = catalogStale.checkRun({ catalog, judgement, unguardedStacks: [], configurations: [] });
    expect(finding!.message.startsWith(message)).toBe(true);
    expect(finding!.fix).toBe(fix);
  });
});
