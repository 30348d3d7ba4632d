import { catalogProblems, ModelCatalog } from '../../lib/catalog';
import { catalogFromModelLists, ModelListOptions, readModelListPage } from '../../lib/model-list';
import { BUNDLED, row, rowOf } from './rows';

const DAY = '2026-11-20';

/** Model versions of the public cloud that the bundled catalogue says are alive on the day of the lists. */
function alive(seller: 'azure' | 'partner') {
  return BUNDLED.models.filter(
    (entry) =>
      entry.cloud === undefined &&
      (entry.seller ?? 'azure') === seller &&
      entry.version !== null &&
      entry.stage !== 'retired' &&
      entry.inferredStage === undefined &&
      (entry.retirementDate === undefined || entry.retirementDate > DAY),
  );
}

const AZURE = alive('azure');
const PARTNERS = alive('partner');
const half = (entries: typeof AZURE, less = 0) => entries.slice(0, Math.ceil(entries.length / 2) - less).map(rowOf);
const linked = (rows: readonly unknown[]) => ({ value: rows, nextLink: 'https://management.azure.com/next' });
const inWestus = (each: object) => ({ ...each, location: 'westus' });

function built(pages: readonly unknown[], options: Partial<ModelListOptions> = {}) {
  const read = pages.map((page, index) => readModelListPage(page, `page-${index}.json`));
  return catalogFromModelLists(read, { listedOn: DAY, base: BUNDLED, ...options });
}

const azure = (listed: number, fields: object) => ({
  cloud: 'public',
  seller: 'azure',
  known: AZURE.length,
  listed,
  asOf: '2026-10-05',
  ...fields,
});
const partner = (listed: number, fields: object) => ({
  ...azure(listed, fields),
  seller: 'partner',
  known: PARTNERS.length,
});

test.each<[string, readonly unknown[], object[]]>([
  [
    'half of both sellers’ models',
    [[...half(AZURE), ...half(PARTNERS)]],
    [azure(half(AZURE).length, { asOf: DAY }), partner(half(PARTNERS).length, { asOf: DAY })],
  ],
  [
    'one model less than half of what Azure sells',
    [[...half(AZURE, 1), ...half(PARTNERS)]],
    [azure(half(AZURE).length - 1, { uncovered: 'too-few' }), partner(half(PARTNERS).length, { asOf: DAY })],
  ],
  [
    'one model of a seller, in several kinds of account',
    [[...half(AZURE), rowOf(PARTNERS[0]!), { ...rowOf(PARTNERS[0]!), kind: 'AIServices' }]],
    [azure(half(AZURE).length, { asOf: DAY }), partner(1, { uncovered: 'too-few' })],
  ],
  [
    'models that nobody knows',
    [AZURE.map((_, index) => row({ name: `new-${index}` }))],
    [azure(0, { uncovered: 'too-few' }), partner(0, { uncovered: 'too-few' })],
  ],
  [
    'everything, and no last page',
    [linked([...AZURE, ...PARTNERS].map(rowOf))],
    [azure(0, { uncovered: 'unfinished' }), partner(0, { uncovered: 'unfinished' })],
  ],
  [
    'half in a whole list, beside a list of another region that is cut off',
    [[...half(AZURE), ...half(PARTNERS)], linked(AZURE.map(rowOf).map(inWestus))],
    [azure(half(AZURE).length, { asOf: DAY }), partner(half(PARTNERS).length, { asOf: DAY })],
  ],
  [
    'half between the lists of two regions',
    [half(AZURE).slice(0, 20), [...half(AZURE).slice(20), ...half(PARTNERS)].map(inWestus)],
    [azure(half(AZURE).length, { asOf: DAY }), partner(half(PARTNERS).length, { asOf: DAY })],
  ],
])('a list of %s makes younger what it tells of', (_, pages, expected) => {
  const { sellers, document } = built(pages);
  expect(sellers).toEqual(expected);
  expect(catalogProblems(document)).toEqual([]);
  for (const { cloud, seller, asOf } of sellers) {
    expect(document.ages).toContainEqual({ cloud, seller, asOf });
  }
});

test('a cloud that no list is about keeps its age', () => {
  const { document } = built([AZURE.map(rowOf)]);
  expect(document.ages).toContainEqual({ cloud: 'usgovernment', seller: 'azure', asOf: '2026-04-24' });
});

test('a list that is older than the catalogue makes nothing older', () => {
  const { document } = built([[...AZURE, ...PARTNERS].map(rowOf)], { listedOn: '2026-09-01' });
  expect(document.ages).toEqual(ModelCatalog.bundled().ages());
});

test('an overlay that adds a model makes nothing younger when it becomes part of a catalogue', () => {
  const entry = { format: 'House', name: 'house-model', version: '1', stage: 'preview' } as const;
  const overlay = { schemaVersion: 1, asOf: '2026-11-19', models: [entry] } as const;
  const base = ModelCatalog.bundled().withOverlay(overlay).document();
  expect(built([[row()]], { base }).document.ages).toEqual(ModelCatalog.bundled().ages());
});

describe('alone', () => {
  test('a list is all there is, and as old as its day', () => {
    const { sellers, document } = built([[row()]], { base: undefined });
    expect(document.ages).toEqual([{ cloud: 'public', seller: 'azure', asOf: DAY }]);
    expect(sellers).toEqual([{ cloud: 'public', seller: 'azure', known: 0, listed: 0, asOf: DAY }]);
  });

  test.each([
    [DAY, '2026-10-05'],
    ['2025-05-25', '2025-05-25'],
  ])('a list of %s that is cut off is known as of %s', (listedOn, asOf) => {
    const { sellers, document } = built([linked([row({ deprecation: {} })])], { base: undefined, listedOn });
    expect(sellers).toMatchObject([{ uncovered: 'unfinished', asOf }]);
    expect(document.ages).toEqual([{ cloud: 'public', seller: 'azure', asOf }]);
    expect(catalogProblems(document)).toEqual([]);
  });
});
