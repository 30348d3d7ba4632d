import { classifyUpdate, ModelCatalog } from '../../lib/catalog';

jest.mock('../../lib/catalog/data/azure-models.json', () => {
  throw new Error('the data was read');
});

test('the data is read when first asked, not when the package is loaded or a catalogue is opened', () => {
  const catalog = ModelCatalog.bundled();
  expect(catalog.cloud).toBe('public');
  expect(() => catalog.lookup({ name: 'gpt-4o', version: '2024-08-06' }, '2026-11-21')).toThrow('the data was read');
  expect(() => classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4.1' })).toThrow('the data was read');
});
