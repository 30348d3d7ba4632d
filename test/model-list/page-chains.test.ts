import { catalogFromModelLists, readModelListPage } from '../../lib/model-list';
import { row } from './rows';

/** A page as the API answers: its rows say no region. */
function page(source: string, name: string, link?: string, region?: string) {
  const value = [{ ...row({ name }), location: undefined }];
  const nextLink = link && `https://management.azure.com/subscriptions/x/locations/${link}&$skiptoken=1`;
  return readModelListPage({ value, nextLink }, source, region);
}

const EAST = 'eastus/models?api-version=2026-09-01';
const WEST = 'westus/models?api-version=2026-09-01';
const OLDER = 'eastus/models?api-version=2024-10-01';

const a1 = page('a1', 'a', EAST);
const b1 = page('b1', 'b', WEST);
const end = page('end', 'c');

test.each([
  ['a list and its end', [a1, end], []],
  ['the end first, as a shell sorts them', [end, a1], []],
  ['two regions, and one end behind the second', [a1, b1, end], ['a1 eastus']],
  ['two regions, and one end behind the first', [a1, end, b1], ['b1 westus']],
  ['two regions and two ends', [a1, b1, end, page('end 2', 'd')], []],
  ['two api-versions and one end', [a1, page('o1', 'd', OLDER), end], ['a1 eastus']],
  ['a page that repeats rows, which is of another list', [a1, page('other', 'a')], ['a1 eastus']],
  [
    'the end of another region',
    [page('a1', 'a', EAST, 'eastus'), page('end', 'c', undefined, 'westus')],
    ['a1 eastus'],
  ],
  ['an end without a row', [a1, readModelListPage({ value: [] }, 'empty')], []],
])('%s', (_, pages, expected) => {
  const { unfinished } = catalogFromModelLists(pages, { listedOn: '2026-11-20' });
  expect(unfinished.map(({ source, region }) => `${source} ${region}`)).toEqual(expected);
});

test('a region without a row is named, unless it is the last page of a longer list', () => {
  const pages = [
    page('east', 'a', EAST, 'eastus'),
    readModelListPage({ value: [] }, 'east-2', 'eastus'),
    readModelListPage({ value: [] }, 'west', 'westus'),
  ];
  expect(catalogFromModelLists(pages, { listedOn: '2026-11-20' }).emptyRegions).toEqual(['westus']);
});

const rows = (count: number, fields: object) =>
  Array.from({ length: count }, (_, index) => row({ name: `m-${index}`, ...fields }));

test.each([
  [4, 6, true],
  [5, 5, false],
  [1, 8, false],
])('of a list with %i readable rows and %i that are not a catalogue is refused: %j', (readable, odd, isRefused) => {
  const list = [...rows(odd, { lifecycleStatus: 'Resting\u001b[2J' }), ...rows(readable, {})];
  const made = () => catalogFromModelLists([readModelListPage(list, 'list.json')], { listedOn: '2026-11-20' });
  if (isRefused) {
    expect(made).toThrow(
      "6 of 10 rows of Azure's model list cannot be read, so that no catalogue is made of it ('list.json' row 0 (m-0@2026-01-15): " +
        "lifecycleStatus is 'Resting\\u{1b}[2J'; known are Stable, GenerallyAvailable, Preview, Legacy, Deprecating and Deprecated); " +
        'Azure may write its list differently now: update cdktf-azure-model-lifecycle',
    );
  } else {
    expect(made().skipped).toHaveLength(odd);
  }
});
