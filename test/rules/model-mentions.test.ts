import fc from 'fast-check';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { ModelMentions } from '../../lib/rules/model-mentions';
import { fakeKnowledge } from '../support/knowledge';

const spellings = fakeKnowledge([
  { name: 'gpt-4', version: '0613' },
  { name: 'gpt-4', version: '1106-preview' },
  { name: 'gpt-4', version: 'turbo-2024-04-09' },
  { name: 'gpt-4o', version: '2024-05-13' },
  { name: 'gpt-4o', version: '2024-05-13-ev3' },
  { name: 'o1', version: '2024-12-17' },
  { name: 'ada', version: '1' },
  { name: 'phi-3', version: '' },
]).spellings();
const mentions = new ModelMentions(spellings);

function found(text: string) {
  return mentions
    .in(text)
    .map(({ models, version, start, end, isOpen }) => [
      models[0]!.name,
      version,
      text.slice(start, end),
      ...(isOpen ? ['open'] : []),
    ]);
}

describe('a model is found in a text as a word of its own', () => {
  test.each<[string, unknown[]]>([
    ['gpt-4', [['gpt-4', undefined, 'gpt-4']]],
    ['GPT-4', [['gpt-4', undefined, 'GPT-4']]],
    ['gpt-4.', [['gpt-4', undefined, 'gpt-4']]],
    ['gpt-4o', [['gpt-4o', undefined, 'gpt-4o']]],
    ['gpt-4.1', []],
    ['gpt-45', []],
    ['gpt-4-1', []],
    ['gpt-4-1-mini', []],
    ['gpt-4_1', []],
    ['gpt-4-1x', [['gpt-4', undefined, 'gpt-4']]],
    ['gpt-4o-1', [['gpt-4o', undefined, 'gpt-4o']]],
    ['xgpt-4', []],
    ['日gpt-4', []],
    ['gpt-4日', []],
    ['my-gpt-4', [['gpt-4', undefined, 'gpt-4']]],
    [
      'gpt-4 and gpt-4o',
      [
        ['gpt-4', undefined, 'gpt-4'],
        ['gpt-4o', undefined, 'gpt-4o'],
      ],
    ],
    ['foo1 o1 o10', [['o1', undefined, 'o1']]],
    ['g', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(mayNameModel(spellings)(text)).toBe(expected.length > 0);
  });
});

describe('a version that is joined to a name belongs to it', () => {
  test.each<[string, string | undefined, string]>([
    ['gpt-4-0613', '0613', 'gpt-4-0613'],
    ['gpt-4_0613', '0613', 'gpt-4_0613'],
    ['gpt-4@0613', '0613', 'gpt-4@0613'],
    ['gpt-4:0613', '0613', 'gpt-4:0613'],
    ['gpt-4/0613', '0613', 'gpt-4/0613'],
    ['gpt-4 0613', '0613', 'gpt-4 0613'],
    ['gpt-4 (0613)', '0613', 'gpt-4 (0613'],
    ['gpt-4 version 0613', '0613', 'gpt-4 version 0613'],
    ['gpt-4, version: 0613', '0613', 'gpt-4, version: 0613'],
    ['gpt-4-1106-Preview', '1106-preview', 'gpt-4-1106-Preview'],
    ['gpt-4-turbo', 'turbo-2024-04-09', 'gpt-4-turbo'],
    ['gpt-4-turbo-2024-04-09', 'turbo-2024-04-09', 'gpt-4-turbo-2024-04-09'],
    ['gpt-4o-2024-05-13', '2024-05-13', 'gpt-4o-2024-05-13'],
    ['gpt-4o-2024-05-13-ev3', '2024-05-13-ev3', 'gpt-4o-2024-05-13-ev3'],
    ['gpt-4o-2024', '2024', 'gpt-4o-2024'],
    ['gpt-4o,2024-05-13', '2024-05-13', 'gpt-4o,2024-05-13'],
    ['models/gpt-4o/versions/2024-05-13', '2024-05-13', 'gpt-4o/versions/2024-05-13'],
    ['ada/versions/1', '1', 'ada/versions/1'],
    ['ada version 1', '1', 'ada version 1'],
    ['ada,1', undefined, 'ada'],
    ['gpt-4-0613.ft-0e20ab, x', '0613', 'gpt-4-0613.ft-0e20ab'],
    ['gpt-4.ft-0e20ab', undefined, 'gpt-4.ft-0e20ab'],
    ['gpt-4o-2031-01-01', '2031-01-01', 'gpt-4o-2031-01-01'],
    ['gpt-4-06135', undefined, 'gpt-4'],
    ['gpt-4-eu', undefined, 'gpt-4'],
    ['ada@1', '1', 'ada@1'],
    ['phi-3@x', undefined, 'phi-3'],
    ['ada 1', undefined, 'ada'],
    ['ada-1', undefined, 'ada'],
  ])('%j', (text, version, written) => {
    expect(mentions.in(text).map((mention) => [mention.version, text.slice(mention.start, mention.end)])).toEqual([
      [version, written],
    ]);
  });
});

describe('an unresolved expression', () => {
  test.each<[string, unknown[]]>([
    ['${var.gpt-4}', []],
    ['$${gpt-4}', [['gpt-4', undefined, 'gpt-4']]],
    ['gpt-4${var.x}', [['gpt-4', undefined, 'gpt-4', 'open']]],
    ['gpt-4-${var.x}', [['gpt-4', undefined, 'gpt-4', 'open']]],
    ['gpt-4/${var.x}', [['gpt-4', undefined, 'gpt-4']]],
    ['${var.x}/gpt-4', [['gpt-4', undefined, 'gpt-4']]],
    ['${unclosed gpt-4', [['gpt-4', undefined, 'gpt-4']]],
  ])('names nothing and may continue a name: %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

test('indexes stay true beside letters that are longer in lower case', () => {
  expect(found('İİİ gpt-4-0613')).toEqual([['gpt-4', '0613', 'gpt-4-0613']]);
});

test('any text is searched without an error, and mentions stand in it in order', () => {
  const text = fc
    .array(fc.oneof(fc.string(), fc.constantFrom('gpt-4', '-0613', '${', '}', ' ', '"', 'o1')))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (given) => {
      let last = 0;
      for (const { start, end } of mentions.in(given)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
    }),
  );
});
