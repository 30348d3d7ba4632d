import { classifyUpdate, ModelCatalog } from '../../lib/catalog';

jest.mock('../../lib/catalog/data/azure-models-families.json', () => {
  throw new Error('the families were read');
});
jest.mock('../../lib/catalog/data/azure-models-history.json', () => {
  throw new Error('the history was read');
});

const GPT_4O = { name: 'gpt-4o', version: '2024-08-06' };
const families = [{ id: 'ours', format: 'OpenAI', members: [{ name: 'gpt-4o' }] }];
const bundled = ModelCatalog.bundled();
const overlaid = bundled.withOverlay({ schemaVersion: 1, asOf: '2026-11-20', families });

describe.each([
  ['the bundled catalogue', bundled],
  ['an overlay that adds families', overlaid],
])('with %s', (_, catalog) => {
  test('neither families nor history are read for what the guard asks', () => {
    expect(catalog.lookup(GPT_4O, '2026-11-21')).toMatchObject({ answer: { retirementDate: '2027-04-14' } });
    expect(catalog.lookup({ name: 'gpt-4oo', version: '1' }, '2026-11-21').kind).toBe('unknown-model');
    expect(catalog.spellings().length).toBeGreaterThan(200);
    expect(catalog.records().length).toBe(302 - 8);
    expect(catalog.asOf).toBe('2026-10-05');
  });

  test('families are read to compare two models, and not before', () => {
    expect(() => classifyUpdate({ name: 'gpt-4o' }, { name: 'gpt-4.1' }, catalog)).toThrow('the families were read');
  });

  test('the history is read to explain a model, and not before', () => {
    expect(() => catalog.details(GPT_4O)).toThrow('the history was read');
  });
});
