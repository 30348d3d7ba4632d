import fc from 'fast-check';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { ModelMentions } from '../../lib/rules/model-mentions';
import { QuickNameSearch } from '../../lib/rules/quick-name-search';

const spellings = ModelCatalog.bundled().spellings();
const names = [...new Set(spellings.map(({ spelling }) => spelling))];
const search = new QuickNameSearch(names);
const mentions = new ModelMentions(spellings);

test('every name of the catalogue is found, in any case and between any characters', () => {
  const texts = names.flatMap((name) => [
    name,
    name.toUpperCase(),
    `a ${name}`,
    `/${name}-0613`,
    `\u00a0${name}\u00a0`,
    `—${name}`,
    `${name}😀`,
  ]);
  expect(texts.length).toBeGreaterThan(1_000);
  expect(texts.filter((text) => !search.mayAppearIn(text))).toEqual([]);
});

test.each([
  ['a line break', 'gpt-4o\n'],
  ['an escape before it', '\ngpt-4o'],
  ['a backslash before it', '\\gpt-4o'],
  ['a quote before it', '"gpt-4o"'],
])('in JSON as well, with %s', (_, text) => {
  const json = Buffer.from(JSON.stringify({ text }));
  expect(search.mayAppearInJson(json, 0, json.length)).toBe(true);
  expect(search.mayAppearInJson(json, 0, 3)).toBe(false);
});

test('in JSON behind the escapes that Terraform writes', () => {
  const json = Buffer.from('{"text":"\\u003cgpt-4o\\u003e"} ');
  expect(search.mayAppearInJson(json, 0, json.length)).toBe(true);
});

test.each([
  '',
  'o',
  'agpt-4o',
  'xo1',
  'ggpt-4',
  'the quick brown fox',
  'com',
  'text-embeddin',
  'é\u0141gpt-4',
  'x'.repeat(100_000),
])('no name stands in %j', (text) => {
  expect(search.mayAppearIn(text)).toBe(false);
});

test.each(['\u212aimi-k2', 'm\u0130ni', '\u0130'])('a letter that is ASCII in lower case may be a name: %j', (text) => {
  expect(search.mayAppearIn(text)).toBe(true);
});

test.each(['@cf/model', 'é-1', 'x'])('a name of another kind switches the search off: %j', (name) => {
  expect(new QuickNameSearch([name]).mayAppearIn('nothing')).toBe(true);
});

test('a long text between short ones', () => {
  expect(search.mayAppearIn(`${'x '.repeat(100_000)}gpt-4o`)).toBe(true);
  expect(search.mayAppearIn('x g')).toBe(false);
});

test('finds a name wherever mentions are found', () => {
  const part = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom(' ', '-', '.', '\u00a0', 'é', '\u212a', '\u0130', '1', 'a', '\u0141', '${', '}', '"', '\n'),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom(...names).map((name) => name.toUpperCase()),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const text = parts.join('');
      expect(search.mayAppearIn(text) || !mentions.appearIn(text)).toBe(true);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
  );
});
