import { ModelCatalog } from '../../lib/catalog';
import { isNewer, newestVersion } from '../../lib/catalog/newest-version';

const catalog = ModelCatalog.bundled();

test.each([
  [{ name: 'gpt-4o' }, '2026-11-21', '2024-11-20'],
  [{ name: 'gpt-4o', sku: 'Standard' }, '2026-11-21', '2024-11-20'],
  [{ name: 'GPT-4O', format: 'openai' }, '2024-01-01', '2024-11-20'],
  [{ name: 'gpt-35-turbo' }, '2024-06-01', '0125'],
  [{ name: 'gpt-3.5-turbo' }, '2024-06-01', '0125'],
  [{ name: 'gpt-35-turbo' }, '2026-11-21', undefined],
  [{ name: 'text-embedding-ada-002', sku: 'Standard' }, '2026-11-21', '2'],
  [{ name: 'gpt-4o', sku: 'NoSuchSku' }, '2026-11-21', undefined],
  [{ name: 'gpt-9' }, '2026-11-21', undefined],
  [{ name: '__proto__' }, '2026-11-21', undefined],
])('the newest living version of %j on %s is %s', (model, on, expected) => {
  expect(newestVersion(model, catalog, on)?.version).toBe(expected);
});

test.each([
  ['2024-11-20', '2024-05-13', true],
  ['2024-05-13', '2024-11-20', false],
  ['2024-11-20', '2024-11-20', false],
])('%s is newer than %s: %s', (version, than, expected) => {
  const name = 'gpt-4o';
  expect(isNewer({ name, version }, { name, version: than }, catalog)).toBe(expected);
});
