import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CatalogDocument } from '../../lib/catalog/catalog-document';
import { buildCatalogFiles, SOURCE_DIRECTORY } from '../../tools/build-catalog';
import sourceFacts from '../../tools/catalog-sources/azure-openai-model-lifecycle.json';
import corrections from '../../tools/catalog-sources/corrections.json';
import spellings from '../../tools/catalog-sources/spellings.json';

const files = buildCatalogFiles();
const committed = files.map(({ path }) => readFileSync(path, 'utf8'));
const [models, families, history] = committed.map((text) => JSON.parse(text) as CatalogDocument);
const catalog = { ...models!, ...families, ...history };

test.each(files.map(({ path, text }, index) => [basename(path), text, committed[index]]))(
  '%s is what the script makes of its sources, byte for byte',
  (_, text, file) => {
    expect(text).toBe(file);
  },
);

test('what no lookup needs lies in files of its own', () => {
  expect(
    files.map(({ path }, index) => [basename(path), Object.keys(JSON.parse(committed[index]!) as object)]),
  ).toEqual([
    ['azure-models.json', ['$schema', 'schemaVersion', 'sources', 'models', 'spellings']],
    ['azure-models-families.json', ['families']],
    ['azure-models-history.json', ['dateHistory', 'conflicts']],
  ]);
});

test('the facts are those whose checksum their README gives', () => {
  const facts = readFileSync(join(SOURCE_DIRECTORY, 'azure-openai-model-lifecycle.json'));
  const readme = readFileSync(join(SOURCE_DIRECTORY, 'README.md'), 'utf8');
  expect(readme).toContain(`SHA-256 of the facts: \`${createHash('sha256').update(facts).digest('hex')}\``);
});

test('every source entry is kept', () => {
  expect(catalog.models).toHaveLength(149 + 145 + 8);
  expect(catalog.models.filter(({ cloud }) => cloud === 'usgovernment')).toHaveLength(8);
  expect(catalog.models.filter(({ seller }) => seller === 'partner')).toHaveLength(
    sourceFacts.foundryModels.filter(({ soldBy }) => soldBy === 'partner').length,
  );
  expect(catalog.dateHistory).toEqual(sourceFacts.dateHistory);
  expect(catalog.conflicts).toEqual(sourceFacts.conflicts);
});

test('every field of an entry is kept, translated to the catalogue’s words', () => {
  const entry = catalog.models.find(({ name, version }) => name === 'gpt-4o' && version === '2024-08-06');
  expect(entry).toEqual({
    format: 'OpenAI',
    name: 'gpt-4o',
    version: '2024-08-06',
    kind: 'chat',
    stage: 'deprecated',
    announcedDeprecationDate: '2025-08-06',
    retirementDate: '2027-04-14',
    skuRetirementDates: { Standard: '2026-03-31' },
    fineTune: {
      trainingRetirementDate: '2027-04-14',
      deploymentRetirementDate: '2028-04-13',
      skuRetirementDates: { Standard: '2028-04-13', GlobalStandard: '2028-04-13', DataZoneStandard: '2028-04-13' },
    },
    skus: [
      'Standard',
      'GlobalStandard',
      'DataZoneStandard',
      'GlobalBatch',
      'DataZoneBatch',
      'GlobalProvisionedManaged',
      'DataZoneProvisionedManaged',
      'ProvisionedManaged',
    ],
    defaultVersion: false,
    replacements: [{ name: 'gpt-5.1', version: '2025-11-13' }],
    autoUpgrade: { startDate: '2026-03-09', expiryLeadDays: 23 },
    source: 1,
  });
});

test.each([
  ['retirementDate', 'retirementDate'],
  ['retirementNotBefore', 'retirementNotBefore'],
  ['deprecationDate', 'deprecationDate'],
  ['legacyDate', 'legacyDate'],
  ['announcedDeprecationDate', 'announcedDeprecationDate'],
  ['skuSpecificDates', 'skuRetirementDates'],
  ['autoUpgradeStartDate', 'autoUpgrade'],
  ['skus', 'skus'],
  ['isDefaultVersion', 'defaultVersion'],
  ['notes', 'notes'],
] as const)('as many entries have %s as the source', (field, kept) => {
  const all: object[] = [...sourceFacts.models, ...sourceFacts.foundryModels, ...sourceFacts.azureGovernment];
  expect(catalog.models.filter((model) => kept in model)).toHaveLength(all.filter((model) => field in model).length);
});

test('every correction and every spelling of ours gives its reason', () => {
  for (const { reason } of [...corrections.models, ...corrections.sources, ...spellings.spellings]) {
    expect(reason.length).toBeGreaterThan(20);
  }
});

test('says nothing of the place where it was compiled', () => {
  expect(committed.join('')).not.toMatch(/\/work\/|\/root\/|\/home\/|\/tmp\//);
});

test('one model is one line', () => {
  for (const model of catalog.models) {
    expect(committed[0]).toContain(`\n${JSON.stringify(model)}`);
  }
});
