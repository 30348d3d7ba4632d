import { catalogStale } from '../../lib/rules/catalog-stale';
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
});
