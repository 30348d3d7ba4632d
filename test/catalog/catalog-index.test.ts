import { contentOf } from '../../lib/catalog/catalog-content';
import { CatalogDocument, ModelEntry, SpellingEntry } from '../../lib/catalog/catalog-document';
import { CatalogIndex, NamedModel } from '../../lib/catalog/catalog-index';
import { AzureCloud } from '../../lib/catalog/lifecycle';

function entry(format: string, name: string, version: string, cloud?: AzureCloud): ModelEntry {
  return { format, name, version, stage: 'preview', source: 0, ...(cloud && { cloud }) };
}

const MODELS = [
  entry('Acme', 'One', '1'),
  entry('Other', 'two', '1'),
  entry('acme', 'ONE', '2'),
  entry('Other', 'one', '3'),
  entry('Acme', 'state-only', '1', 'usgovernment'),
];

function indexOf(cloud: AzureCloud, spellings: readonly SpellingEntry[] = []): CatalogIndex {
  const sources = [{ name: 'test', asOf: '2026-11-20' }];
  const document: CatalogDocument = { schemaVersion: 1, sources, models: MODELS, spellings };
  return new CatalogIndex(contentOf(document, 'test'), cloud);
}

function written({ format, name, records, spellings }: NamedModel): unknown {
  return [format, name, records.map(({ facts }) => facts.version), spellings];
}

const ONE_OF_ACME = ['Acme', 'One', ['1', '2'], ['One']];
const ONE_OF_OTHER = ['Other', 'one', ['3'], ['one']];

describe('the models of a cloud by name', () => {
  test.each<[string, string | undefined, unknown[]]>([
    ['one', undefined, [ONE_OF_ACME, ONE_OF_OTHER]],
    ['ONE', 'a-c-m-e', [ONE_OF_ACME]],
    ['one', 'other', [ONE_OF_OTHER]],
    ['one', 'nobody', []],
    ['state-only', undefined, []],
    ['', undefined, []],
    ['__proto__', undefined, []],
    ['constructor', undefined, []],
  ])('%p of format %p', (name, format, expected) => {
    expect(indexOf('public').named(name, format).map(written)).toEqual(expected);
  });

  test('are the same ones whenever they are asked for, and in whatever order', () => {
    const index = indexOf('public');
    const [later] = index.named('two');
    const all = index.all();
    expect(all.map(written)).toEqual([ONE_OF_ACME, ONE_OF_OTHER, ['Other', 'two', ['1'], ['two']]]);
    expect(all[2]).toBe(later);
    expect(index.all()[0]).toBe(index.named('One', 'Acme')[0]);
  });

  test('hold those of Azure Government there alone', () => {
    expect(indexOf('usgovernment').all().map(written)).toEqual([['Acme', 'state-only', ['1'], ['state-only']]]);
  });
});

describe('spellings', () => {
  const index = indexOf('public', [
    { spelling: 'Uno', format: 'Acme', name: 'one' },
    { spelling: 'two', format: 'Acme', name: 'uno' },
    { spelling: 'two', format: 'Other', name: 'one' },
    { spelling: 'three', format: 'Acme', name: 'nothing' },
  ]);

  test('name their model, by way of another spelling as well', () => {
    expect(index.named('UNO').map(({ name }) => name)).toEqual(['One']);
    expect(index.named('two', 'Acme').map(written)).toEqual([['Acme', 'One', ['1', '2'], ['One', 'Uno', 'two']]]);
    expect(index.named('three')).toEqual([]);
  });

  test('never take a name away from the model that bears it', () => {
    expect(index.named('two', 'Other').map(written)).toEqual([['Other', 'two', ['1'], ['two']]]);
  });

  test('list no model twice', () => {
    expect(index.all().map(({ format, name }) => `${format} ${name}`)).toEqual(['Acme One', 'Other one', 'Other two']);
  });

  test('are among the names that were probably meant', () => {
    expect(index.nearest('unoo')).toEqual(['One']);
    expect(index.nearest('state-onl')).toEqual([]);
  });
});
