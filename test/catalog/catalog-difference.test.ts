import { CatalogRecord } from '../../lib/catalog/catalog-content';
import { catalogDifference } from '../../lib/catalog/catalog-difference';
import { StagedFacts } from '../../lib/catalog/catalog-document';

type Given = Partial<StagedFacts>;

function record(facts: Given): CatalogRecord {
  return {
    facts: { format: 'Acme', name: 'lark', version: '1', stage: 'generally-available', ...facts },
    layer: 'test',
    sources: [{ name: 'test', asOf: '2026-11-20' }],
    statedOn: '2026-11-20',
  };
}

const differ = (older: readonly Given[], newer: readonly Given[]) =>
  catalogDifference(older.map(record), newer.map(record));

const changed = (older: Given, newer: Given) => differ([older], [newer]).changed;

const [DAY, EARLIER, LATER] = ['2027-04-14', '2027-03-15', '2027-05-01'];

describe('a date of a model', () => {
  test.each<[string, Given, Given, object]>([
    ['comes earlier', { retirementDate: DAY }, { retirementDate: EARLIER }, { direction: 'earlier', days: -30 }],
    ['comes later', { retirementDate: DAY }, { retirementDate: LATER }, { direction: 'later', days: 17 }],
    ['is new', {}, { retirementDate: DAY }, { direction: 'new', to: { date: DAY } }],
    ['is removed', { retirementDate: DAY }, {}, { direction: 'removed', from: { date: DAY } }],
    [
      'is removed by the date that means none',
      { retirementDate: DAY },
      { retirementDate: '2099-12-31' },
      { direction: 'removed' },
    ],
    [
      'is confirmed',
      { retirementNotBefore: DAY },
      { retirementDate: DAY },
      { direction: 'confirmed', from: { date: DAY, isEarliest: true }, to: { date: DAY } },
    ],
    ['is loosened', { retirementDate: DAY }, { retirementNotBefore: DAY }, { direction: 'loosened' }],
    [
      'comes later than the earliest day that was known',
      { retirementNotBefore: DAY },
      { retirementDate: LATER },
      { direction: 'later', days: 17, from: { date: DAY, isEarliest: true } },
    ],
  ])('%s', (_, older, newer, expected) => {
    expect(changed(older, newer)).toMatchObject([{ dates: [{ field: 'retirement', ...expected }] }]);
  });

  test.each<[string, Given, Given, object]>([
    ['legacy', { legacyDate: DAY }, { legacyDate: EARLIER }, {}],
    ['deprecation', { deprecationDate: DAY }, { deprecationDate: EARLIER }, {}],
    ['announced-deprecation', { announcedDeprecationDate: DAY }, { announcedDeprecationDate: EARLIER }, {}],
    ['auto-upgrade', { autoUpgrade: { startDate: DAY } }, { autoUpgrade: { startDate: EARLIER } }, {}],
    [
      'retirement',
      { skuRetirementDates: { Standard: DAY } },
      { skuRetirementDates: { standard: EARLIER } },
      { sku: 'standard' },
    ],
    [
      'fine-tune-training-retirement',
      { fineTune: { trainingRetirementDate: DAY } },
      { fineTune: { trainingRetirementDate: EARLIER } },
      {},
    ],
    [
      'fine-tune-retirement',
      { fineTune: { deploymentRetirementDate: DAY } },
      { fineTune: { deploymentRetirementDate: EARLIER } },
      {},
    ],
    [
      'fine-tune-retirement',
      { fineTune: { skuRetirementDates: { Standard: DAY } } },
      { fineTune: { skuRetirementDates: { Standard: EARLIER } } },
      { sku: 'Standard' },
    ],
  ])('is compared: %s %j', (field, older, newer, further) => {
    expect(changed(older, newer).map(({ dates }) => dates)).toEqual([
      [{ field, ...further, from: { date: DAY }, to: { date: EARLIER }, direction: 'earlier', days: -30 }],
    ]);
  });

  test('of a SKU is the model’s where it has none of its own, so that stating it changes nothing', () => {
    const stated = { retirementDate: DAY, skuRetirementDates: { Standard: DAY } };
    expect(differ([{ retirementDate: DAY }], [stated]).changed).toEqual([]);
    expect(differ([stated], [{ retirementDate: DAY }]).changed).toEqual([]);
    expect(changed({ retirementDate: DAY }, { ...stated, skuRetirementDates: { Standard: EARLIER } })).toMatchObject([
      { dates: [{ field: 'retirement', sku: 'Standard', direction: 'earlier', days: -30 }] },
    ]);
  });
});

describe('other facts', () => {
  test.each<[string, Given, Given, object]>([
    [
      'stage, forward',
      {},
      { stage: 'deprecated' },
      { stage: { from: 'generally-available', to: 'deprecated', direction: 'forward' } },
    ],
    [
      'stage, back',
      { stage: 'legacy' },
      {},
      { stage: { from: 'legacy', to: 'generally-available', direction: 'back' } },
    ],
    ['a model that vanished', {}, { inferredStage: 'retired' }, { stage: { to: 'retired', direction: 'forward' } }],
    ['default version', { defaultVersion: true }, {}, { defaultVersion: { from: true, to: false } }],
    [
      'replacements',
      { replacements: [{ name: 'owl' }] },
      { replacements: [{ name: 'owl', version: '2' }] },
      { replacements: { from: [{ name: 'owl' }], to: [{ name: 'owl', version: '2' }] } },
    ],
    ['SKUs', { skus: ['Standard', 'A'] }, { skus: ['B', 'standard'] }, { skus: { added: ['B'], removed: ['A'] } }],
    [
      'regions',
      { regions: { Standard: ['eastus2', 'westus'], A: ['eastus2'] } },
      { regions: { standard: ['eastus2', 'uksouth'], B: ['uksouth'] } },
      {
        regions: [
          { sku: 'A', added: [], removed: ['eastus2'] },
          { sku: 'B', added: ['uksouth'], removed: [] },
          { sku: 'standard', added: ['uksouth'], removed: ['westus'] },
        ],
      },
    ],
  ])('%s', (_, older, newer, expected) => {
    expect(changed(older, newer)).toMatchObject([{ dates: [], ...expected }]);
  });

  test.each<[string, Given, Given]>([
    [
      'the order and the case of replacements',
      { replacements: [{ name: 'a' }, { name: 'b' }] },
      { replacements: [{ name: 'B' }, { name: 'a' }] },
    ],
    ['a default version that is not said', { defaultVersion: false }, {}],
    ['a list of SKUs that only one side has', {}, { skus: ['Standard'] }],
    ['regions that only one side has', { regions: { Standard: ['eastus2'] } }, {}],
    ['notes, kind and confidence', {}, { notes: 'x', kind: 'chat', confidence: 'low' }],
    [
      'how name, format and version are written',
      { format: 'Acme AI', version: '1a' },
      { format: 'acme-ai', name: 'LARK', version: '1A' },
    ],
    ['another spelling of the version', { version: '3' }, { version: '3.0', versionSpellings: ['3'] }],
  ])('do not differ by %s', (_, older, newer) => {
    expect(differ([older], [newer])).toEqual({ added: [], removed: [], changed: [] });
  });
});

test('models that only one catalogue has are new or gone, in order, and clouds are told apart', () => {
  const {
    added,
    removed,
    changed: both,
  } = differ(
    [{ name: 'old', retirementNotBefore: DAY }, {}],
    [
      {},
      { name: 'wren', stage: 'preview' },
      { cloud: 'usgovernment', retirementDate: DAY },
      { name: 'any', version: null },
    ],
  );
  expect(added).toEqual([
    { cloud: 'public', format: 'Acme', name: 'any', version: null, stage: 'generally-available' },
    { cloud: 'public', format: 'Acme', name: 'wren', version: '1', stage: 'preview' },
    {
      cloud: 'usgovernment',
      format: 'Acme',
      name: 'lark',
      version: '1',
      stage: 'generally-available',
      retirementDate: DAY,
    },
  ]);
  expect(removed).toEqual([
    {
      cloud: 'public',
      format: 'Acme',
      name: 'old',
      version: '1',
      stage: 'generally-available',
      retirementDate: DAY,
      retirementIsEarliest: true,
    },
  ]);
  expect(both).toEqual([]);
});
