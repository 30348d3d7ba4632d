import { SynthesisedConfiguration } from '../../../lib/emulator/synthesised/configuration';

const file = new SynthesisedConfiguration({
  '//': { metadata: {} },
  variable: {
    region: { default: 'sweden' },
    secret: { type: 'string' },
    turns: { default: '${var.back}' },
    back: { default: '${var.turns}' },
  },
  locals: { prefix: 'ai-${var.region}', count: 3 },
  data: { azurerm_api_management: { old: { name: 'apim-old' } } },
  resource: {
    azurerm_api_management_api: {
      chat: { name: '${local.prefix}-chat', path: 'p', listed: ['a'], constructor: 'c' },
      late: { name: '${var.secret}' },
    },
  },
});

const fill = (text: string): string => file.fill(text, (expression) => `<${expression}>`);

test.each([
  ['nothing', 'nothing'],
  ['${azurerm_api_management_api.chat.name}', 'ai-sweden-chat'],
  ['/x/${azurerm_api_management_api.chat.path}/${local.count}', '/x/p/3'],
  ['${data.azurerm_api_management.old.name}', 'apim-old'],
  ['$${var.region}', '${var.region}'],
  ['${azurerm_api_management_api.chat.id}', '<azurerm_api_management_api.chat.id>'],
  ['${azurerm_api_management_api.chat.listed}', '<azurerm_api_management_api.chat.listed>'],
  ['${azurerm_api_management_api.chat.toString}', '<azurerm_api_management_api.chat.toString>'],
  ['${azurerm_api_management_api.late.name}', '<azurerm_api_management_api.late.name>'],
  ['${azurerm_api_management_api.none.name}', '<azurerm_api_management_api.none.name>'],
  ['${azurerm_api_management.old.name}', '<azurerm_api_management.old.name>'],
  ['${var.secret}', '<var.secret>'],
  ['${var.turns}', '<var.turns>'],
  ['${upper(var.region)}', '<upper(var.region)>'],
  ['${var.region == "x" ? 1 : 2}', '<var.region == "x" ? 1 : 2>'],
])('%s stands for %s', (text, expected) => {
  expect(fill(text)).toBe(expected);
});

test('a stand-in is told what comes before it', () => {
  const before: string[] = [];
  file.fill('a${var.secret}b${var.region}c${var.secret}', (_expression, text) => {
    before.push(text);
    return '?';
  });
  expect(before).toEqual(['a', 'a?bswedenc']);
});

test('texts that double with every reference end as unknown instead of filling the memory', () => {
  const variable = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `v${index}`,
      { default: index === 0 ? 'x'.repeat(100) : `\${var.v${index - 1}}`.repeat(8) },
    ]),
  );
  const hostile = new SynthesisedConfiguration({ variable });
  expect(hostile.fill('${var.v2}', () => '?')).toBe('x'.repeat(6400));
  expect(hostile.fill('${var.v15}', () => '?')).toBe('?');
});

test.each([[null], [1], ['text'], [[]], [{ resource: null }], [{ resource: { a: { b: 'text' } } }]])(
  '%j has no resources',
  (configuration) => {
    expect(new SynthesisedConfiguration(configuration).managed()).toEqual([]);
  },
);
