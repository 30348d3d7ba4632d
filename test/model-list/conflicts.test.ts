import { CatalogDocument, catalogProblems, ModelEntry } from '../../lib/catalog';
import { catalogFromModelLists, readModelListPage } from '../../lib/model-list';
import { listOf, row, RowFields } from './rows';

const sku = (name: string, fields: object = {}) => ({ name, scope: 'Base', ...fields });
const on = (day: string) => `${day}T00:00:00Z`;

function base(entry: Partial<ModelEntry>, asOf = '2026-10-05'): CatalogDocument {
  return {
    schemaVersion: 1,
    sources: [{ name: 'Schedule', asOf, kind: 'vendor-docs' }],
    models: [
      { format: 'OpenAI', name: 'gpt-9', version: '2026-01-15', stage: 'generally-available', source: 0, ...entry },
    ],
    spellings: [{ spelling: 'gpt-nine', format: 'OpenAI', name: 'gpt-9' }],
  };
}

const told = ({ conflicts }: ReturnType<typeof listOf>) =>
  conflicts.map((each) => [each.class, each.field, each.kept.value, each.other.map(({ value }) => value)]);

describe('against the catalogue below', () => {
  test.each<[string, Partial<ModelEntry>, RowFields, unknown[]]>([
    ['retirementDate', { retirementDate: '2027-01-15' }, {}, ['retirementDate', '2027-07-15', ['2027-01-15']]],
    [
      'an earliest day',
      { retirementNotBefore: '2027-01-15' },
      {},
      ['retirementDate', '2027-07-15', ['not before 2027-01-15']],
    ],
    ['lifecycle', { stage: 'deprecated' }, { lifecycleStatus: 'Legacy' }, ['lifecycle', 'legacy', ['deprecated']]],
    [
      'a day that was not kept',
      { deprecationDate: '2026-06-12' },
      {},
      ['lifecycle', 'generally-available', ['deprecated from 2026-06-12']],
    ],
    [
      'fineTuneTrainingRetirement',
      { fineTune: { trainingRetirementDate: '2027-04-01' } },
      { capabilities: { fineTune: 'true' }, deprecation: { inference: on('2027-07-15'), fineTune: on('2027-07-15') } },
      ['fineTuneTrainingRetirement', '2027-07-15', ['2027-04-01']],
    ],
    [
      'fineTuneDeploymentRetirement',
      { fineTune: { deploymentRetirementDate: '2027-10-01' } },
      { skus: [{ name: 'Standard', scope: 'Finetune', deprecationDate: on('2028-04-13') }] },
      ['fineTuneDeploymentRetirement', '2028-04-13', ['2027-10-01']],
    ],
    ['version', { versionSpellings: ['1'] }, { version: '1' }, ['version', '1', ['2026-01-15']]],
    ['name', {}, { name: 'gpt-nine' }, ['name', 'gpt-9', ['gpt-nine']]],
    [
      'a SKU',
      { retirementDate: '2027-07-15' },
      { skus: [sku('Standard', { deprecationDate: on('2026-12-15') })] },
      ['retirementDate of Standard', '2026-12-15', ['2027-07-15']],
    ],
  ])('%s', (_, entry, fields, expected) => {
    const built = listOf([row(fields)], { base: base(entry) });
    expect(told(built)).toEqual([['against-base', ...expected]]);
    expect(catalogProblems(built.document)).toEqual([]);
    expect(built.document.conflicts).toHaveLength(1);
  });

  test('no date on the list never takes one away: Azure writes 2099-12-31 for partner models whose date is known', () => {
    const fields = { deprecation: { inference: on('2099-12-31') } };
    const built = listOf([row(fields)], { base: base({ retirementDate: '2027-01-15' }) });
    expect(told(built)).toEqual([['against-base', 'retirementDate', '2027-01-15', [null]]]);
    expect(built.document.models[0]).toMatchObject({ retirementDate: '2027-01-15', furtherSources: [0] });
  });

  test.each([
    ['2026-11-19', '2027-07-15'],
    ['2026-11-20', '2027-07-15'],
    ['2026-11-21', '2027-01-15'],
  ])('a source of %s against a list of 2026-11-20: %s is kept', (asOf, kept) => {
    const built = listOf([row()], { base: base({ retirementDate: '2027-01-15' }, asOf) });
    expect(built.document.models[0]!.retirementDate).toBe(kept);
    expect(built.conflicts).toHaveLength(1);
  });

  test.each<[string, Partial<ModelEntry>]>([
    ['as its source says', { stage: 'retired' }],
    ['as was concluded', { stage: 'generally-available', inferredStage: 'retired' }],
  ])('a retired model, %s, whose date has come on the list too stays retired, and one line says it', (_, entry) => {
    const fields = { deprecation: { inference: on('2026-06-30') } };
    const built = listOf([row(fields)], { base: base({ ...entry, retirementDate: '2026-06-30' }) });
    expect(told(built)).toEqual([['within-row', 'lifecycle', 'retired 2026-06-30', ['generally-available']]]);
    expect(built.document.models[0]).toMatchObject(entry);
  });

  test.each([
    ['2026-12-01', undefined, [['against-base', 'retirementDate of Standard', '2026-12-01', ['2028-01-01']]]],
    ['2028-06-01', { Standard: '2028-01-01' }, []],
  ])('a SKU known to retire on 2028-01-01, of a model now listed until %s: %j', (inference, dates, conflicts) => {
    const below = base({ retirementDate: inference, skuRetirementDates: { Standard: '2028-01-01' } });
    const fields = { deprecation: { inference: on(inference) }, skus: [sku('Standard', { deprecationDate: null })] };
    const built = listOf([row(fields)], { base: below });
    expect(told(built)).toEqual(conflicts);
    expect(built.document.models[0]!.skuRetirementDates).toEqual(dates);
  });

  test('of several replacements that are known, the list adds to the one that it names', () => {
    const known = [{ name: 'gpt-10' }, { name: 'gpt-10-mini' }];
    const fields = { replacementConfig: { targetModelName: 'gpt-10', targetModelVersion: '1' } };
    const built = listOf([row(fields)], { base: base({ retirementDate: '2027-07-15', replacements: known }) });
    expect(told(built)).toEqual([]);
    expect(built.document.models[0]!.replacements).toEqual([{ name: 'gpt-10', version: '1' }, { name: 'gpt-10-mini' }]);
  });

  test('a model that the list has not is said to be missing, and stays', () => {
    const built = listOf([row({ name: 'gpt-10' })], { base: base({}) });
    expect(built.leftTheList).toEqual([{ format: 'OpenAI', name: 'gpt-9', version: '2026-01-15' }]);
    expect(built.document.models.map(({ name }) => name)).toEqual(['gpt-9', 'gpt-10']);
  });
});

describe('of one list', () => {
  const empty: CatalogDocument = { schemaVersion: 1, sources: [], models: [] };
  const earlier = { deprecation: { inference: on('2027-06-01') }, lifecycleStatus: 'Deprecating' };

  test('regions: the earlier date and the later stage are kept, and each SKU names its regions', () => {
    const built = listOf([row(), row({ location: 'West US', ...earlier })], { base: empty });
    expect(told(built)).toEqual([
      ['between-regions', 'lifecycle', 'deprecated', ['generally-available']],
      ['between-regions', 'retirementDate', '2027-06-01', ['2027-07-15']],
    ]);
    expect(built.document.models).toEqual([
      expect.objectContaining({
        stage: 'deprecated',
        retirementDate: '2027-06-01',
        regions: { GlobalStandard: ['eastus2', 'westus'] },
      }),
    ]);
  });

  test('a date is said by the region that gave it, whatever the order of the regions', () => {
    const sweden = row({ location: 'swedencentral', deprecation: { inference: on('2027-06-01') } });
    const built = listOf([row(), sweden], { base: base({ retirementDate: '2027-07-15' }) });
    expect(
      built.conflicts.map((each) => [
        each.class,
        [each.kept.value, each.kept.region],
        ...each.other.map(({ value, region }) => [value, region]),
      ]),
    ).toEqual([
      ['between-regions', ['2027-06-01', 'swedencentral'], ['2027-07-15', 'eastus2']],
      ['against-base', ['2027-06-01', 'swedencentral'], ['2027-07-15', undefined]],
    ]);
    const { sources, models, conflicts } = built.document;
    expect(sources[models[0]!.source]!.name).toBe("Azure's model list, swedencentral");
    expect(
      conflicts!.map(({ kept, other }) => [kept, ...other].map(({ value, source }) => [value, sources[source]!.name])),
    ).toEqual([
      [
        ['2027-06-01', "Azure's model list, swedencentral"],
        ['2027-07-15', "Azure's model list, eastus2"],
      ],
      [
        ['2027-06-01', "Azure's model list, swedencentral"],
        ['2027-07-15', 'Schedule'],
      ],
    ]);
  });

  test.each<[string, RowFields, RowFields]>([
    ['another region', { location: 'westus' }, {}],
    ['another kind of account', { kind: 'AIServices' }, {}],
  ])('a SKU that ends with its model ends no later because %s dates it later', (_, later, fields) => {
    const ended = row({ deprecation: { inference: on('2026-03-01') }, skus: [sku('Standard')], ...fields });
    const dated = row({ skus: [sku('Standard', { deprecationDate: on('2027-06-01') })], ...later });
    for (const rows of [
      [ended, dated],
      [dated, ended],
    ]) {
      const built = listOf(rows, { base: empty });
      expect(built.document.models[0]).toMatchObject({ retirementDate: '2026-03-01' });
      expect(built.document.models[0]!.skuRetirementDates).toBeUndefined();
      expect(told(built)).toContainEqual([
        expect.stringMatching('^between-'),
        'retirementDate of Standard',
        '2026-03-01',
        ['2027-06-01'],
      ]);
    }
  });

  test('a SKU that one row has twice, once without a date, ends with the model', () => {
    const skus = [sku('Standard', { deprecationDate: on('2027-06-01') }), sku('Standard', { deprecationDate: null })];
    const built = listOf([row({ skus, deprecation: { inference: on('2026-12-01') } })], { base: empty });
    expect(told(built)).toEqual([['within-row', 'retirementDate of Standard', '2026-12-01', ['2027-06-01']]]);
    expect(built.document.models[0]!.skuRetirementDates).toBeUndefined();
  });

  test('a model and SKU that are retired by their status are not kept alive by a date of the SKU', () => {
    const skus = [sku('Standard', { lifecycleStatus: 'Deprecated', deprecationDate: on('2027-06-01') })];
    const built = listOf([row({ lifecycleStatus: 'Deprecated', deprecation: {}, skus })], { base: empty });
    expect(told(built)).toEqual([['within-row', 'lifecycle of Standard', 'retired', ['retires 2027-06-01']]]);
    expect(built.document.models[0]).toMatchObject({ stage: 'retired', skus: ['Standard'] });
    expect(built.document.models[0]!.skuRetirementDates).toBeUndefined();
  });

  test.each([
    ['without a date', {}],
    ['before its date', { deprecationDate: on('2027-06-01') }],
  ])('a SKU of a living model that is retired %s is listed no longer', (_, fields) => {
    const skus = [sku('Standard', { lifecycleStatus: 'Deprecated', ...fields }), sku('GlobalStandard')];
    const below = base({ skus: ['Standard', 'GlobalStandard'] });
    for (const known of [empty, below]) {
      const built = listOf([row({ skus })], { base: known });
      expect(built.document.models[0]).toMatchObject({
        skus: ['GlobalStandard'],
        regions: { GlobalStandard: ['eastus2'] },
      });
      expect(built.document.models[0]!.skuRetirementDates).toBeUndefined();
      expect(told(built)).toContainEqual(['within-row', 'lifecycle of Standard', 'generally-available', ['retired']]);
    }
  });

  test.each([
    ['between-kinds', { kind: 'AIServices' }],
    ['between-api-versions', { skus: [{ name: 'GlobalStandard' }] }],
    ['between-pages', {}],
  ])('%s', (where, fields) => {
    const built = listOf([row(), row({ ...earlier, ...fields })], { base: empty });
    expect(built.conflicts.map((conflict) => [conflict.class, conflict.field])).toEqual([
      [where, 'lifecycle'],
      [where, 'retirementDate'],
    ]);
  });

  test.each<[string, RowFields, unknown[]]>([
    [
      'a SKU twice in one scope',
      {
        skus: [
          sku('Standard', { deprecationDate: on('2027-05-01') }),
          sku('Standard', { deprecationDate: on('2027-04-01') }),
        ],
      },
      ['retirementDate of Standard', '2027-04-01', ['2027-05-01']],
    ],
    [
      'a SKU that is retired without a date',
      { skus: [sku('Standard', { lifecycleStatus: 'Deprecated' })] },
      ['lifecycle of Standard', 'generally-available', ['retired']],
    ],
    [
      'a status that lags behind its date',
      { lifecycleStatus: 'Preview', deprecation: { inference: on('2026-10-03') } },
      ['lifecycle', 'retired 2026-10-03', ['preview']],
    ],
    [
      'a SKU without a date under a model with one',
      { skus: [sku('Standard', { deprecationDate: on('2099-12-31') })] },
      ['retirementDate of Standard', '2027-07-15', [null]],
    ],
    [
      'an upgrade after the retirement',
      { replacementConfig: { targetModelName: 'gpt-10', autoUpgradeStartDate: on('2027-08-01') } },
      ['autoUpgradeStartDate', null, ['2027-08-01']],
    ],
  ])('within a row: %s', (_, fields, expected) => {
    const built = listOf([row(fields)], { base: empty });
    expect(told(built)).toEqual([['within-row', ...expected]]);
    expect(catalogProblems(built.document)).toEqual([]);
  });

  test('Azure Government has entries of its own', () => {
    const built = listOf([row(), row({ location: 'usgovvirginia', ...earlier })], { base: empty });
    expect(built.conflicts).toEqual([]);
    expect(built.document.models.map(({ cloud, retirementDate }) => [cloud, retirementDate])).toEqual([
      [undefined, '2027-07-15'],
      ['usgovernment', '2027-06-01'],
    ]);
  });

  test('pages that ask with different api-versions are told apart', () => {
    const page = (version: string, fields: RowFields) =>
      readModelListPage({ value: [row(fields)], nextLink: `https://x/?api-version=${version}` }, version);
    const pages = [page('2024-10-01', {}), page('2026-09-01', earlier)];
    const { conflicts } = catalogFromModelLists(pages, { listedOn: '2026-11-20', base: empty });
    expect(conflicts.map((conflict) => conflict.class)).toEqual(['between-api-versions', 'between-api-versions']);
  });
});
