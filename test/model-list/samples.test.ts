import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogProblems } from '../../lib/catalog';
import { catalogFromModelLists, readModelListPage } from '../../lib/model-list';
import { BUNDLED, row, rowOf } from './rows';

function sample(name: string, location?: string) {
  return readModelListPage(JSON.parse(readFileSync(join(__dirname, 'samples', name), 'utf8')), name, location);
}

test('a page of the API of 2026-09 is read with the dates of its SKUs and scopes', () => {
  const built = catalogFromModelLists([sample('arm-2026-09-01.json')], { listedOn: '2026-10-05' });
  expect(built.counts).toEqual({ pages: 1, rows: 3, models: 3, regions: 1 });
  expect(built.unfinished).toEqual([{ source: 'arm-2026-09-01.json', region: 'eastus2', pages: 1 }]);
  const [whisper, omni, tuned] = built.document.models;
  expect(whisper).toEqual({
    format: 'OpenAI',
    name: 'whisper',
    version: '001',
    kind: 'transcription',
    stage: 'generally-available',
    retirementDate: '2026-12-15',
    skus: ['Standard'],
    regions: { Standard: ['eastus2'] },
    defaultVersion: true,
    source: 0,
  });
  expect(omni).toMatchObject({
    stage: 'deprecated',
    retirementDate: '2026-12-09',
    skuRetirementDates: { Standard: '2026-03-31' },
    replacements: [{ name: 'gpt-5.6-sol', version: '2026-07-09' }],
    autoUpgrade: { startDate: '2026-11-24', expiryLeadDays: 23 },
  });
  expect(tuned).toMatchObject({
    fineTune: { deploymentRetirementDate: '2028-04-13', skuRetirementDates: { Standard: '2028-04-13' } },
  });
  expect(built.document.sources[0]).toEqual({
    name: "Azure's model list, eastus2",
    kind: 'vendor-api',
    region: 'eastus2',
    asOf: '2026-10-05',
  });
});

test('what az printed in 2025 is one entry for each model, whatever kinds of account it is listed for', () => {
  const built = catalogFromModelLists([sample('az-2025-05.json', 'East US')], { listedOn: '2025-05-25' });
  expect(built.counts).toEqual({ pages: 1, rows: 22, models: 11, regions: 1 });
  expect([built.unfinished, built.skipped]).toEqual([[], []]);
  expect(built.document.models.find(({ name }) => name === 'dall-e-3')).toMatchObject({
    version: '3.0',
    stage: 'generally-available',
    retirementDate: '2025-06-30',
    skuRetirementDates: { Standard: '2025-07-31' },
    regions: { Standard: ['eastus'] },
  });
  expect(built.document.models.find(({ name }) => name === 'davinci')).toMatchObject({
    stage: 'retired',
    retirementDate: '2024-06-14',
  });
});

test('an older list does not take newer facts away, and says where it differs', () => {
  const built = catalogFromModelLists([sample('az-2025-05.json')], { listedOn: '2025-05-25', base: BUNDLED });
  expect(catalogProblems(built.document)).toEqual([]);
  expect(built.document.models.find(({ name }) => name === 'dall-e-3')).toMatchObject({
    inferredStage: 'retired',
    retirementDate: '2026-03-04',
  });
  expect(built.conflicts.filter(({ name }) => name === 'dall-e-3').map(({ field }) => field)).toEqual([
    'retirementDate',
    'retirementDate of Standard',
    'lifecycle',
  ]);
});

test('426 entries on nine pages are one complete list', () => {
  const entries = BUNDLED.models.filter(({ cloud, version }) => cloud === undefined && version !== null);
  const rows = [...entries.map(rowOf), ...entries.map((entry) => ({ ...rowOf(entry), kind: 'AIServices' }))].slice(
    0,
    426,
  );
  const link = 'https://management.azure.com/x?api-version=2026-09-01&$skiptoken=';
  const pages = Array.from({ length: 9 }, (_, page) => ({
    value: rows.slice(page * 48, (page + 1) * 48),
    ...(page < 8 && { nextLink: `${link}${page}` }),
  }));
  const read = (all: readonly unknown[]) => all.map((page, index) => readModelListPage(page, `page-${index}.json`));
  const built = catalogFromModelLists(read(pages), { listedOn: '2026-11-20', base: BUNDLED });
  expect(built.counts).toMatchObject({ pages: 9, rows: 426, regions: 1 });
  expect([built.unfinished, built.skipped]).toEqual([[], []]);
  expect(catalogProblems(built.document)).toEqual([]);
  const cut = catalogFromModelLists(read(pages.slice(0, 3)), { listedOn: '2026-11-20', base: BUNDLED });
  expect(cut.unfinished).toEqual([{ source: 'page-2.json', region: 'eastus2', pages: 3 }]);
});

test('10,000 rows are read', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    row({ name: `model-${index % 5000}`, location: `region${index % 7}` }),
  );
  const built = catalogFromModelLists([readModelListPage(rows, 'many.json')], { listedOn: '2026-11-20' });
  expect(built.counts).toEqual({ pages: 1, rows: 10_000, models: 5000, regions: 7 });
});
