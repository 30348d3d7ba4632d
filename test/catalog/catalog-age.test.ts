import { agesOf, stalenessOf } from '../../lib/catalog/catalog-age';
import { catalogProblems } from '../../lib/catalog/catalog-validation';
import { ModelCatalog } from '../../lib/catalog/model-catalog';

const bundled = ModelCatalog.bundled();
const MODEL = { format: 'House', name: 'house-model', version: '1', stage: 'preview' } as const;

test('knows the newest source day by cloud and seller', () => {
  expect(bundled.ages()).toEqual([
    { cloud: 'public', seller: 'azure', asOf: '2026-10-05' },
    { cloud: 'public', seller: 'partner', asOf: '2026-10-05' },
    { cloud: 'usgovernment', seller: 'azure', asOf: '2026-04-24' },
  ]);
});

test.each([
  ['2026-10-05', 0, false],
  ['2026-12-04', 60, false],
  ['2026-12-05', 61, true],
  ['2026-10-01', -4, false],
])('on %s it is %d days old and stale is %p', (on, days, stale) => {
  expect(bundled.staleness(on)).toEqual({ asOf: '2026-10-05', days, stale });
  expect(stalenessOf('2026-10-05', on)).toEqual({ asOf: '2026-10-05', days, stale });
});

describe('overlays', () => {
  test('one that adds a model does not make the catalogue younger', () => {
    const catalog = bundled.withOverlay({ schemaVersion: 1, asOf: '2026-11-20', models: [MODEL] });
    expect(catalog.asOf).toBe('2026-10-05');
    expect(catalog.staleness('2026-12-05').stale).toBe(true);
  });

  test('one that lists a seller’s models completely does, for that seller', () => {
    const azure = bundled.withOverlay({ schemaVersion: 1, asOf: '2026-11-20', models: [MODEL], covers: ['azure'] });
    expect(azure.ages()).toContainEqual({ cloud: 'public', seller: 'azure', asOf: '2026-11-20' });
    expect(azure.asOf).toBe('2026-10-05');
    const both = azure.withOverlay({ schemaVersion: 1, asOf: '2026-11-19', models: [MODEL], covers: ['partner'] });
    expect(both.asOf).toBe('2026-11-19');
    expect(both.ages()).toContainEqual({ cloud: 'usgovernment', seller: 'azure', asOf: '2026-04-24' });
  });

  test('an older one does not make it older', () => {
    const models = [MODEL];
    const catalog = bundled.withOverlay({ schemaVersion: 1, asOf: '2026-01-01', models, covers: ['azure', 'partner'] });
    expect(catalog.asOf).toBe('2026-10-05');
  });
});

describe('a catalogue that states ages', () => {
  const sources = [{ name: 'list', asOf: '2026-11-20' }];
  const AZURE = { cloud: 'public', seller: 'azure', asOf: '2026-10-05' };

  test('is as old as it says, and else as its newest source', () => {
    const models = [
      { ...MODEL, source: 0 },
      { ...MODEL, name: 'partner-model', seller: 'partner' as const, source: 0 },
    ];
    const ages = [{ ...AZURE, cloud: 'public' as const, seller: 'azure' as const }];
    expect(agesOf({ schemaVersion: 1, ages, sources, models })).toEqual([
      AZURE,
      { ...AZURE, seller: 'partner', asOf: '2026-11-20' },
    ]);
  });

  test.each<[string, object[], string]>([
    [
      'a day after every source',
      [{ ...AZURE, asOf: '2026-11-21' }],
      'ages[0]: asOf 2026-11-21 is after the day of every source; write a day that a source is of',
    ],
    ['a seller twice', [AZURE, AZURE], 'ages[1] repeats ages[0]; keep one entry'],
    ['no day', [{ ...AZURE, asOf: 'today' }], "ages[0].asOf is 'today'; write a calendar day as YYYY-MM-DD"],
    ['another cloud', [{ ...AZURE, cloud: 'china' }], "ages[0].cloud is 'china'; write 'public' or 'usgovernment'"],
  ])('is refused for %s', (_, ages, problem) => {
    expect(catalogProblems({ schemaVersion: 1, ages, sources, models: [] })).toEqual([problem]);
  });
});

test.each([
  [[], undefined],
  [['azure'], 'partner'],
  [['partner'], 'azure'],
  [['azure', 'partner'], undefined],
] as const)('where an overlay covers %j the seller looked at longest ago is %s', (covers, seller) => {
  const overlay = { schemaVersion: 1, asOf: '2026-11-20', models: [MODEL], covers } as const;
  expect(bundled.withOverlay(overlay).oldestSeller).toBe(seller);
});
