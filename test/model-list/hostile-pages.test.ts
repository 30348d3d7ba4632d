import { catalogProblems } from '../../lib/catalog';
import { readModelListPage } from '../../lib/model-list';
import { BUNDLED, listOf, row } from './rows';

const LIST =
  "give what 'az cognitiveservices model list --location REGION --output json' or 'az rest --method get --url …/Microsoft.CognitiveServices/locations/REGION/models?api-version=2026-09-01' prints";

test.each<[unknown, string]>([
  ['<!DOCTYPE html>', `it is '<!DOCTYPE html>'; ${LIST}`],
  [null, `it is null; ${LIST}`],
  [{}, `it is an empty object; ${LIST}`],
  [{ id: 1, value: 'x' }, `it is an object with 'id', 'value'; ${LIST}`],
  [[1], `it is a list whose items have no model (the first is 1); ${LIST}`],
  [row(), `it is one row of the list; ${LIST}`],
  [BUNDLED, 'it is a catalogue file; use it with --catalog'],
  [{ schemaVersion: 1, asOf: '2026-11-20', models: [] }, 'it is an overlay file; use it with --overlay'],
  [{ value: [row()], nextLink: 7 }, `it is a page whose nextLink is 7; ${LIST}`],
  [
    { error: { code: 'AuthorizationFailed', message: 'no \u001b[31maccess' } },
    "Azure refused with 'AuthorizationFailed' ('no \\u{1b}[31maccess'); sign in with 'az login' as somebody who has the role Reader or Cognitive Services User on the subscription, and list again",
  ],
])('%j is refused with what it looks like', (value, message) => {
  expect(() => readModelListPage(value, 'page.json')).toThrow(
    new Error(`'page.json' is no page of Azure's model list: ${message}`),
  );
});

test('an empty list would say that everything is gone, and is refused', () => {
  expect(() => listOf([])).toThrow(/^1 page of Azure's model list and not one model on it; /);
});

test('a file of one region is not taken for one of another', () => {
  expect(() => readModelListPage([row()], 'list.json', 'West US')).toThrow(
    "'list.json' is given as the list of 'westus', and its rows are of 'eastus2'; write eastus2=FILE, or leave the region out",
  );
});

const TEXT = 'expected is a text on one line without control characters';
test.each<[unknown, string]>([
  [7, 'the row is 7; expected is an object with model'],
  [row({ name: 'gpt\u0007' }), `name is 'gpt\\u{7}'; ${TEXT}`],
  [row({ name: 1e308 }), `name is 1e+308; ${TEXT}`],
  [row({ version: null }), `version is null; ${TEXT}`],
  [
    row({ lifecycleStatus: 'Sunset' }),
    "lifecycleStatus is 'Sunset'; known are Stable, GenerallyAvailable, Preview, Legacy, Deprecating and Deprecated",
  ],
  [
    row({ deprecation: { inference: '2026-02-30T00:00:00Z' } }),
    "deprecation.inference is '2026-02-30T00:00:00Z'; expected is midnight of a day in UTC",
  ],
  [row({ deprecation: { inference: 1e21 } }), 'deprecation.inference is 1e+21; expected is midnight of a day in UTC'],
  [
    row({ deprecation: { inference: '9999-12-31' } }),
    'deprecation.inference is 9999-12-31; no model on Azure has a date before 2020-01-01 or after 2099-12-31',
  ],
  [
    row({ deprecation: { inference: '2026-01-14T00:00:00Z' } }),
    'deprecation.inference is 2026-01-14, before the day of the version, 2026-01-15',
  ],
  [row({ deprecation: [] }), 'deprecation is []; expected is an object'],
  [row({ skus: {} }), 'skus is {}; expected is a list'],
  [
    row({ skus: [{ name: '__proto__' }] }),
    'skus[0] is {"name":"__proto__"}; expected is an object with the name of a deployment type',
  ],
  [row({ skus: [{ name: 'Standard', scope: 'Both' }] }), "skus[0].scope is 'Both'; known are Base, Finetune and All"],
  [
    row({ location: 'china east 2' }),
    "location is 'china east 2'; the catalogue knows the public cloud and Azure Government",
  ],
  [
    row({ replacementConfig: { upgradeOnExpiryLeadTimeDays: -1 } }),
    'replacementConfig.upgradeOnExpiryLeadTimeDays is -1; expected is a whole number of days',
  ],
  [
    row({
      capabilities: { fineTune: 'true' },
      deprecation: { fineTune: '2028-01-01T00:00:00Z' },
      skus: [{ name: 'Standard', scope: 'Finetune', deprecationDate: '2027-01-01T00:00:00Z' }],
    }),
    'fine-tuning ends on 2028-01-01, after the last day of what was fine-tuned, 2027-01-01',
  ],
])('a row that no model can have is left out and listed: %#', (bad, problem) => {
  const built = listOf([row({ name: 'gpt-10' }), bad]);
  expect(built.skipped).toEqual([expect.objectContaining({ source: 'list.json', index: 1, problem })]);
  expect(built.counts).toMatchObject({ rows: 2, models: 1 });
});

test('names that objects have of themselves are names like others', () => {
  const built = listOf([row({ name: '__proto__', skus: [{ name: 'constructor' }] })], { base: undefined });
  expect(built.document.models).toEqual([
    expect.objectContaining({ name: '__proto__', regions: { constructor: ['eastus2'] } }),
  ]);
  expect(catalogProblems(JSON.parse(JSON.stringify(built.document)))).toEqual([]);
});

test.each(['2026-13-01', '', undefined])('a day of the list that is none is refused: %j', (listedOn) => {
  expect(() => listOf([row()], { listedOn: listedOn as string })).toThrow(
    /^the day of the list is .*; write a calendar day as YYYY-MM-DD$/,
  );
});
