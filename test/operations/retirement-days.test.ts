import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelCatalog } from '../../lib/catalog';
import { AzureCloud } from '../../lib/catalog/lifecycle';
import { retirementDays } from '../../lib/operations/retirement-days';

/** Day of the catalogue; what is sold by partners was looked at later. */
const AS_OF = '2026-11-01';
const PARTNERS_AS_OF = '2026-11-20';
const [ITS_DAY, PARTNERS] = [0, 1];

const folder = mkdtempSync(join(tmpdir(), 'retirement-days-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A catalogue of these models alone; a model that lives gives it its day. */
function catalogue(models: readonly object[], cloud?: AzureCloud): ModelCatalog {
  const file = join(folder, 'catalog.json');
  const common = { format: 'Contoso', name: 'sage', version: '1', stage: 'generally-available', source: ITS_DAY };
  const document = {
    schemaVersion: 1,
    sources: [
      { name: 'list', asOf: AS_OF },
      { name: 'list of partners', asOf: PARTNERS_AS_OF },
    ],
    models: [{ name: 'alive' }, { name: 'alive', cloud: 'usgovernment' }, ...models].map((model) => ({
      ...common,
      ...model,
    })),
  };
  writeFileSync(file, JSON.stringify(document));
  const catalog = ModelCatalog.open({ file, cloud });
  expect(catalog.asOf).toBe(AS_OF);
  return catalog;
}

/** What retires, without its format and without lists that are empty. */
function days(models: readonly object[], cloud?: AzureCloud): object[] {
  return retirementDays(catalogue(models, cloud)).map(({ name, version, day, skuDays, exceptVersions }) => ({
    name,
    ...(version !== undefined && { version }),
    ...(day !== undefined && { day }),
    ...(skuDays.length > 0 && { skuDays }),
    ...(exceptVersions.length > 0 && { exceptVersions }),
  }));
}

describe('the day on which a version retires', () => {
  test.each<[string, object, string]>([
    ['the day of the catalogue, where its own has passed', { retirementDate: '2026-10-31' }, AS_OF],
    ['the day of the catalogue, where it is that', { retirementDate: '2026-11-01' }, AS_OF],
    ['its own, one day later', { retirementDate: '2026-11-02' }, '2026-11-02'],
    ['its own, years later', { retirementDate: '2031-02-28' }, '2031-02-28'],
    ['the day of the catalogue, where the source says no day but retired', { stage: 'retired' }, AS_OF],
    [
      'the day of the catalogue, where the source says retired before the day that it gives',
      { stage: 'retired', retirementDate: '2027-05-01' },
      AS_OF,
    ],
    [
      'the day of a newer source that says retired before the day that it gives',
      { stage: 'retired', retirementDate: '2027-05-01', seller: 'partner', source: PARTNERS },
      PARTNERS_AS_OF,
    ],
    [
      'the earliest day that is given, where the source only infers that it is retired',
      { stage: 'generally-available', inferredStage: 'retired', retirementNotBefore: '2027-06-01' },
      '2027-06-01',
    ],
  ])('is %s', (_what, facts, day) => {
    expect(days([facts])).toEqual([{ name: 'sage', version: '1', day }]);
  });

  test.each<[string, object]>([
    ['nothing says a day', {}],
    ['it has no date by agreement', { retirementDate: '2099-12-31' }],
    ['a day is given before which it does not retire', { retirementNotBefore: '2026-10-01' }],
    ['it is deprecated', { stage: 'deprecated', deprecationDate: '2026-10-01' }],
    ['all of its SKUs live as long as it does', { skuRetirementDates: { Standard: '2099-12-31' } }],
  ])('is none where %s', (_what, facts) => {
    expect(days([facts])).toEqual([]);
  });
});

describe('the days of SKUs', () => {
  test('are those that differ from the day of the version, before or after it, or never', () => {
    const skuRetirementDates = {
      Standard: '2026-12-31',
      GlobalStandard: '2027-01-01',
      ProvisionedManaged: '2027-01-02',
      DataZoneStandard: '2099-12-31',
    };
    expect(days([{ retirementDate: '2027-01-01', skuRetirementDates }])).toEqual([
      {
        name: 'sage',
        version: '1',
        day: '2027-01-01',
        skuDays: [
          { sku: 'Standard', day: '2026-12-31' },
          { sku: 'ProvisionedManaged', day: '2027-01-02' },
          { sku: 'DataZoneStandard', day: undefined },
        ],
      },
    ]);
  });

  test.each([
    ['2026-10-31', AS_OF],
    ['2026-11-01', AS_OF],
    ['2026-11-02', '2026-11-02'],
  ])('of %s begin on %s, also where the version has no day', (date, day) => {
    expect(days([{ skuRetirementDates: { Standard: date } }])).toEqual([
      { name: 'sage', version: '1', skuDays: [{ sku: 'Standard', day }] },
    ]);
  });

  test('that have passed are none of their own, where the version has gone as well', () => {
    const facts = { retirementDate: '2026-10-01', skuRetirementDates: { Standard: '2026-09-01' } };
    expect(days([facts])).toEqual([{ name: 'sage', version: '1', day: AS_OF }]);
  });

  test('of a model fine-tuned from another one are those of its fine-tuned deployments, each once', () => {
    const base = {
      name: 'base',
      retirementDate: '2027-01-01',
      skus: ['Standard', 'GlobalStandard'],
      fineTune: { deploymentRetirementDate: '2027-07-01', skuRetirementDates: { Standard: '2027-09-01' } },
    };
    const tuned = { name: 'tuned', fineTunedFrom: { name: 'base', version: '1' } };
    expect(days([base, tuned])).toEqual([
      { name: 'base', version: '1', day: '2027-01-01' },
      { name: 'tuned', version: '1', day: '2027-07-01', skuDays: [{ sku: 'Standard', day: '2027-09-01' }] },
    ]);
  });
});

test('a model fine-tuned from another one with dates of its own has each of its SKUs once', () => {
  const tuned = { name: 'tuned', fineTunedFrom: { name: 'base', version: '1' }, skus: ['Standard', 'GlobalStandard'] };
  const dates = { retirementDate: '2027-01-01', skuRetirementDates: { Standard: '2027-02-01' } };
  expect(days([{ name: 'base' }, { ...tuned, ...dates }])).toEqual([
    { name: 'tuned', version: '1', day: '2027-01-01', skuDays: [{ sku: 'Standard', day: '2027-02-01' }] },
  ]);
});

describe('the day on which every version of a name retires', () => {
  const every = { version: null, retirementDate: '2027-03-01' };

  test.each<[string, object, string]>([
    ['its own', {}, '2027-03-01'],
    ['the day of the catalogue, where it has passed', { retirementDate: '2026-10-31' }, AS_OF],
    [
      'the earliest day that is given, where the source only infers that it is retired',
      { retirementDate: undefined, retirementNotBefore: '2027-06-01', inferredStage: 'retired' },
      '2027-06-01',
    ],
    [
      'the day of a newer source that says retired before the day that it gives',
      { stage: 'retired', seller: 'partner', source: PARTNERS },
      PARTNERS_AS_OF,
    ],
  ])('is %s', (_what, facts, day) => {
    expect(days([{ ...every, ...facts }])).toEqual([{ name: 'sage', day }]);
  });

  test('leaves out the versions with facts of their own, each once, whatever they are called', () => {
    const others = [
      { version: '1' },
      { version: 'Turbo-2', versionSpellings: ['TURBO-2', 'turbo-two'] },
      { name: 'SAGE', version: 'turbo-TWO' },
      { name: 'thyme', version: '9' },
      { format: 'Fabrikam', version: '8' },
    ];
    expect(days([every, ...others])).toEqual([
      { name: 'sage', day: '2027-03-01', exceptVersions: ['1', 'Turbo-2', 'turbo-two'] },
    ]);
  });
});

describe('all days', () => {
  test('are of the cloud of the catalogue alone', () => {
    const models = [
      { name: 'here', retirementDate: '2027-01-01' },
      { name: 'there', retirementDate: '2027-02-01', cloud: 'usgovernment' },
      { name: 'both', retirementDate: '2027-03-01' },
      { name: 'both', retirementDate: '2027-04-01', cloud: 'usgovernment' },
    ];
    expect(days(models)).toEqual([
      { name: 'here', version: '1', day: '2027-01-01' },
      { name: 'both', version: '1', day: '2027-03-01' },
    ]);
    expect(days(models, 'usgovernment')).toEqual([
      { name: 'there', version: '1', day: '2027-02-01' },
      { name: 'both', version: '1', day: '2027-04-01' },
    ]);
  });

  test('are worked out once for a catalogue, and for each catalogue', () => {
    const [one, other] = [catalogue([{ retirementDate: '2027-01-01' }]), catalogue([{ retirementDate: '2028-01-01' }])];
    expect(retirementDays(one)).toBe(retirementDays(one));
    expect([one, other, one].map((catalog) => retirementDays(catalog)[0]!.day)).toEqual([
      '2027-01-01',
      '2028-01-01',
      '2027-01-01',
    ]);
  });
});
