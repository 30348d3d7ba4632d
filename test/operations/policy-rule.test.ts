import { ModelVersion } from '../../lib/accounts';
import { ModelCatalog } from '../../lib/catalog';
import { addDays } from '../../lib/contracts/calendar-date';
import { exceededLimit } from '../../lib/operations/policy-limits';
import { modelRule, PolicyCondition, PolicyRule, upgradeOptionRule } from '../../lib/operations/policy-rule';
import { retirementDays } from '../../lib/operations/retirement-days';
import { applies, PolicyRequest } from './support/azure-policy';

const LONG_AFTER = '2045-01-01';
const bundled = ModelCatalog.bundled();
const rule = ruleOf(bundled);

const pinned: PolicyRequest = {
  format: 'OpenAI',
  name: 'gpt-5.1',
  version: '2025-11-13',
  sku: 'GlobalStandard',
  versionUpgradeOption: 'NoAutoUpgrade',
};

function ruleOf(catalog: ModelCatalog, allowed?: readonly ModelVersion[]): PolicyRule {
  return modelRule({ retirements: retirementDays(catalog), asOf: catalog.asOf, allowed });
}

function at(day: string): string {
  return `${day}T00:00:00.0000000Z`;
}

function overlay(models: readonly object[]): ModelCatalog {
  return bundled.withOverlay({ schemaVersion: 1, asOf: '2026-11-01', models } as never);
}

test.each<[string, boolean, Partial<PolicyRequest>]>([
  ['a living model with its version is allowed', false, {}],
  ['a retired version of a model is refused', true, { name: 'gpt-35-turbo', version: '0613' }],
  [
    'another spelling of upper and lower case changes nothing',
    true,
    { name: 'GPT-35-Turbo', format: 'openai', version: '0613' },
  ],
  ['a version that is left out is refused', true, { version: undefined }],
  ['an empty version is refused', true, { version: '' }],
  ['a version that floats is refused', true, { version: 'Latest' }],
  ['a version that is the default is refused', true, { version: 'DEFAULT' }],
  ['a version that Azure chooses is refused', true, { version: 'Auto' }],
  ['a format that is left out is refused, as no list holds it', true, { format: undefined }],
  [
    'a retired version without its format is refused',
    true,
    { name: 'gpt-35-turbo', version: '0613', format: undefined },
  ],
  ['an empty format is refused', true, { format: '' }],
  ['a living model without an SKU is allowed', false, { sku: undefined }],
  ['a model that the catalogue does not know is allowed', false, { name: 'gpt-99', version: '2031-01-01' }],
  ['a request about nothing but a type is refused', true, { format: undefined, name: undefined, version: undefined }],
])('without a list: %s', (_what, refused, change) => {
  expect(applies(rule, { ...pinned, ...change })).toBe(refused);
});

test.each([
  'Microsoft.CognitiveServices/accounts',
  'Microsoft.CognitiveServices/accounts/projects',
  'Microsoft.Storage/storageAccounts',
])('resources of type %s are left alone by both rules', (type) => {
  expect(applies(rule, { type })).toBe(false);
  expect(applies(upgradeOptionRule(), { type })).toBe(false);
});

test('the type is compared without regard to case, as Azure writes it now and then', () => {
  const type = 'microsoft.cognitiveservices/ACCOUNTS/deployments';
  expect(applies(rule, { ...pinned, type, version: undefined })).toBe(true);
});

test.each<[string, boolean, Partial<PolicyRequest>]>([
  ['a listed model is allowed', false, {}],
  ['upper and lower case change nothing', false, { name: 'GPT-5.1', format: 'OPENAI' }],
  ['a version beside the listed one is refused', true, { version: '2025-11-14' }],
  ['a living model that is not listed is refused', true, { name: 'gpt-5-mini', version: '2025-08-07' }],
  ['a listed name of another publisher is refused', true, { format: 'Microsoft' }],
  ['a missing format is refused', true, { format: undefined }],
  [
    'a listed model that has retired is refused',
    true,
    { name: 'gpt-4o', version: '2024-08-06', now: at('2027-04-14') },
  ],
  [
    'a listed model is allowed on the day before it retires',
    false,
    { name: 'gpt-4o', version: '2024-08-06', now: at('2027-04-13') },
  ],
])('with a list: %s', (_what, refused, change) => {
  const allowed = [ModelVersion.parse('gpt-5.1@2025-11-13'), ModelVersion.openAi('gpt-4o', '2024-08-06')];
  expect(applies(ruleOf(bundled, allowed), { ...pinned, ...change })).toBe(refused);
});

test.each<[string | undefined, boolean]>([
  ['NoAutoUpgrade', false],
  ['noautoupgrade', false],
  ['OnceNewDefaultVersionAvailable', true],
  ['OnceCurrentVersionExpired', true],
  ['', true],
  [undefined, true],
])('the version upgrade option %p is refused: %p', (versionUpgradeOption, refused) => {
  expect(applies(upgradeOptionRule(), { ...pinned, versionUpgradeOption })).toBe(refused);
});

test('a retirement that lies ahead takes effect at 00:00 UTC by the clock of Azure', () => {
  const request = { ...pinned, name: 'gpt-4o', version: '2024-08-06' };
  expect(bundled.lookup({ ...request, name: 'gpt-4o', version: '2024-08-06' }, '2027-04-14')).toMatchObject({
    kind: 'known',
    answer: { retirementDate: '2027-04-14', stage: 'retired' },
  });
  expect(applies(rule, { ...request, now: '2027-04-13T23:59:59.9999999Z' })).toBe(false);
  expect(applies(rule, { ...request, now: '2027-04-14T00:00:00.0000000Z' })).toBe(true);
});

test.each<[string, string, boolean]>([
  ['2026-10-31', '2020-01-01', true],
  ['2026-11-01', '2020-01-01', true],
  ['2026-11-02', '2020-01-01', false],
  ['2026-11-02', '2026-11-01', false],
  ['2026-11-02', '2026-11-02', true],
])(
  'by a catalogue of 2026-11-01, what retires on %s is refused on %s: %p; up to its own day the clock is not asked',
  (day, today, refused) => {
    const sage = { format: 'Contoso', name: 'sage', version: '1' };
    const retirements = [{ ...sage, day, skuDays: [], exceptVersions: [] }];
    const made = modelRule({ retirements, asOf: '2026-11-01' });
    expect(applies(made, { ...sage, now: at(today) })).toBe(refused);
  },
);

test('the rule names each day once, oldest first, and each entry in one condition', () => {
  const entry = (name: string, day: string, version?: string) => ({
    format: 'Contoso',
    name,
    ...(version !== undefined && { version }),
    day,
    skuDays: [],
    exceptVersions: [],
  });
  const retirements = [
    entry('thyme', '2027-02-01', '1'),
    entry('sage', '2027-01-01', '1'),
    entry('mint', '2027-02-01', '2'),
    entry('dill', '2026-11-01'),
  ];
  const field = (name: string) => `coalesce(field('Microsoft.CognitiveServices/accounts/deployments/${name}'), '')`;
  const model = ['model.format', 'model.name'].map(field).join(", '|', ");
  const version = `[concat(${model}, '|', ${field('model.version')})]`;
  const from = (day: string) => ({ value: '[utcNow()]', greaterOrEquals: `[addDays('${day}T00:00:00Z', 0)]` });
  const [, { anyOf }] = modelRule({ retirements, asOf: '2026-11-01' }).if.allOf as [never, { anyOf: object[] }];
  expect(anyOf.slice(2)).toEqual([
    { value: `[concat(${model})]`, in: ['Contoso|dill'] },
    { allOf: [from('2027-01-01'), { value: version, in: ['Contoso|sage|1'] }] },
    { allOf: [from('2027-02-01'), { value: version, in: ['Contoso|thyme|1', 'Contoso|mint|2'] }] },
  ]);
});

test('an SKU with a date of its own is refused by that date, the other SKUs by theirs', () => {
  const request = { ...pinned, name: 'gpt-4o', version: '2024-08-06', now: at('2026-11-22') };
  expect(applies(rule, { ...request, sku: 'Standard' })).toBe(true);
  expect(applies(rule, { ...request, sku: 'standard' })).toBe(true);
  expect(applies(rule, { ...request, sku: 'GlobalStandard' })).toBe(false);
});

test('a retired version is refused under each of its spellings', () => {
  const catalog = overlay([
    {
      format: 'Contoso',
      name: 'sage',
      version: '1',
      versionSpellings: ['1.0'],
      stage: 'generally-available',
      retirementDate: '2027-01-01',
      skuRetirementDates: { Standard: '2026-12-01' },
    },
  ]);
  const spelt = modelRule({ retirements: retirementDays(catalog), asOf: catalog.asOf });
  const request = { format: 'Contoso', name: 'sage', version: '1.0' };
  const refused = (day: string, sku: string) => applies(spelt, { ...request, sku, now: at(day) });
  expect(refused('2026-12-31', 'GlobalStandard')).toBe(false);
  expect(refused('2027-01-01', 'GlobalStandard')).toBe(true);
  expect(refused('2026-12-01', 'Standard')).toBe(true);
});

test('an SKU that outlives its model is not refused with it', () => {
  const catalog = overlay([
    {
      format: 'Contoso',
      name: 'sage',
      version: '1',
      stage: 'generally-available',
      retirementDate: '2027-01-01',
      skuRetirementDates: { ProvisionedManaged: '2027-06-01', DataZoneStandard: '2099-12-31' },
    },
  ]);
  const request = { format: 'Contoso', name: 'sage', version: '1', now: at('2027-01-01') };
  const refused = (sku: string | undefined, now = request.now) => applies(ruleOf(catalog), { ...request, sku, now });
  expect([refused(undefined), refused('Standard'), refused('ProvisionedManaged')]).toEqual([true, true, false]);
  expect([refused('ProvisionedManaged', at('2027-06-01')), refused('DataZoneStandard', at(LONG_AFTER))]).toEqual([
    true,
    false,
  ]);
});

test('facts for every version of a name hold for versions that nobody listed, and not for those with facts of their own', () => {
  const catalog = overlay([
    { format: 'Contoso', name: 'sage', version: null, stage: 'retired', retirementDate: '2026-01-01' },
    { format: 'Contoso', name: 'sage', version: '7', stage: 'generally-available' },
  ]);
  const refused = (version: string) => applies(ruleOf(catalog), { format: 'contoso', name: 'Sage', version });
  expect([refused('1'), refused('7'), refused('8')]).toEqual([true, false, true]);
});

test.each(['${var.name}', '%{ if x }', "[concat('a')]", "it's", '[[x]]', '"\\'])(
  'a name of an overlay such as %p is data and nothing else',
  (name) => {
    const model = { format: 'Contoso', name, version: '1', stage: 'retired', retirementDate: '2026-01-01' };
    const made = ruleOf(overlay([model]));
    expect(applies(made, { format: 'Contoso', name, version: '1' })).toBe(true);
    expect(applies(made, { format: 'Contoso', name: `${name}.`, version: '1' })).toBe(false);
  },
);

test('a text in square brackets is no expression', () => {
  const model = { format: '[Contoso', name: 'sage', version: '1]', stage: 'retired', retirementDate: '2026-01-01' };
  expect(applies(ruleOf(overlay([model])), { format: '[Contoso', name: 'sage', version: '1]' })).toBe(true);
});

/** Requests for every entry, under an SKU that it lists and every one with a date of its own, on both sides of every day that it states. */
function differences(catalog: ModelCatalog, made: PolicyRule): object[] {
  return catalog.records().flatMap(({ facts }) => {
    const { format, name, retirementDate, retirementNotBefore, skuRetirementDates = {}, skus = [] } = facts;
    const stated = [retirementDate, retirementNotBefore, ...Object.values(skuRetirementDates)];
    const days = stated.filter((day) => day !== undefined).flatMap((day) => [addDays(day, -1), day]);
    const asked = [...new Set([catalog.asOf, ...days, LONG_AFTER])].filter((day) => day >= catalog.asOf);
    const sold = [undefined, 'NoSuchSku', ...new Set([...skus.slice(0, 1), ...Object.keys(skuRetirementDates)])];
    const versions = facts.version === null ? [...(facts.versions ?? []), 'nobody-listed-it'] : [facts.version];
    return versions.flatMap((version) =>
      sold.flatMap((sku) =>
        asked.flatMap((day) => {
          const query = { format, name, version, sku };
          const lookup = catalog.lookup(query, day);
          const retired = lookup.kind === 'known' && lookup.answer.stage === 'retired';
          const refused = applies(made, { ...query, now: at(day) });
          return retired === refused ? [] : [{ ...query, day, retired, refused }];
        }),
      ),
    );
  });
}

test('for every row of the catalogue the rule refuses what a lookup calls retired, on that day and SKU', () => {
  expect(bundled.records().length).toBeGreaterThan(250);
  expect(differences(bundled, rule)).toEqual([]);
});

test('the same holds in Azure Government', () => {
  const government = ModelCatalog.bundled({ cloud: 'usgovernment' });
  expect(government.records().length).toBeGreaterThan(5);
  expect(differences(government, ruleOf(government))).toEqual([]);
});

test('the same holds for a model fine-tuned from another one, and for one that left the lists without notice', () => {
  const catalog = overlay([
    {
      format: 'OpenAI',
      name: 'gpt-4.1-2025-04-14.ft-b044a9d3',
      version: '1',
      stage: 'generally-available',
      fineTunedFrom: { name: 'gpt-4.1', version: '2025-04-14' },
    },
    { format: 'Contoso', name: 'gone', version: '1', stage: 'retired' },
  ]);
  const made = ruleOf(catalog);
  const tuned = { format: 'OpenAI', name: 'gpt-4.1-2025-04-14.ft-b044a9d3', version: '1' };
  expect(applies(made, { ...tuned, now: at('2027-10-01') })).toBe(false);
  expect(applies(made, { ...tuned, now: at(LONG_AFTER) })).toBe(true);
  expect(applies(made, { format: 'Contoso', name: 'gone', version: '1' })).toBe(true);
});

function operatorsIn(condition: PolicyCondition): number {
  return [...(condition.allOf ?? []), ...(condition.anyOf ?? [])].reduce((sum, inner) => sum + operatorsIn(inner), 1);
}

test('the rule of the bundled catalogue is far from the limits of Azure Policy', () => {
  expect(exceededLimit(rule)).toBeUndefined();
  expect(operatorsIn(rule.if)).toBeLessThan(400);
  expect(JSON.stringify(rule).length).toBeLessThan(100_000);
});

test('the same catalogue makes the same rule', () => {
  expect(JSON.stringify(ruleOf(ModelCatalog.bundled()))).toBe(JSON.stringify(rule));
});
