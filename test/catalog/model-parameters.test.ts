import knowledge from '../../lib/catalog/data/model-parameters.json';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { ModelParameter, parameterAnswer } from '../../lib/catalog/model-parameters';

const REASONING = 'https://learn.microsoft.com/azure/foundry/openai/how-to/reasoning';

function answer(name: string, parameter: ModelParameter, value: unknown, reasoningEffort?: string) {
  return parameterAnswer({ format: 'OpenAI', name, parameter, value, ...(reasoningEffort && { reasoningEffort }) });
}

describe('what models take', () => {
  test.each<[string, ModelParameter, unknown, string | undefined]>([
    ['o3', 'reasoningEffort', 'low', undefined],
    ['gpt-5', 'reasoningEffort', 'minimal', undefined],
    ['gpt-5.1', 'reasoningEffort', 'none', undefined],
    ['gpt-5.1-codex-max', 'reasoningEffort', 'xhigh', undefined],
    ['gpt-5.6-sol', 'reasoningEffort', 'max', undefined],
    ['gpt-5.1', 'temperature', 0.5, undefined],
    ['gpt-5.1', 'temperature', 0.5, 'none'],
    ['gpt-5-mini', 'verbosity', 'high', undefined],
    ['GPT-5-Mini', 'verbosity', 'high', undefined],
    ['text-embedding-3-large', 'dimensions', 3072, undefined],
    ['text-embedding-ada-002', 'dimensions', 1536, undefined],
  ])('%s takes %s %j', (name, parameter, value, effort) => {
    expect(answer(name, parameter, value, effort)).toEqual({ kind: 'accepted' });
  });

  test.each<[string, ModelParameter, unknown, string | undefined, string]>([
    ['o3', 'temperature', 1, undefined, 'o3 does not take temperature'],
    ['gpt-5', 'topP', 1, undefined, 'gpt-5 does not take topP'],
    ['gpt-5', 'temperature', 1, 'minimal', 'gpt-5 does not take temperature'],
    ['o4-mini', 'stop', ['a'], undefined, 'o4-mini does not take stop'],
    ['gpt-5.1', 'temperature', 0, 'low', "gpt-5.1 takes temperature only with reasoningEffort 'none', not with 'low'"],
    [
      'gpt-5.1',
      'reasoningEffort',
      'xhigh',
      undefined,
      "gpt-5.1 takes reasoningEffort 'none', 'low', 'medium', 'high' alone",
    ],
    [
      'gpt-5.1',
      'reasoningEffort',
      'minimal',
      undefined,
      "gpt-5.1 takes reasoningEffort 'none', 'low', 'medium', 'high' alone",
    ],
    [
      'gpt-5',
      'reasoningEffort',
      'none',
      undefined,
      "gpt-5 takes reasoningEffort 'minimal', 'low', 'medium', 'high' alone",
    ],
    [
      'gpt-5-codex',
      'reasoningEffort',
      'minimal',
      undefined,
      "gpt-5-codex takes reasoningEffort 'low', 'medium', 'high' alone",
    ],
    ['gpt-5-pro', 'reasoningEffort', 'low', undefined, "gpt-5-pro takes reasoningEffort 'high' alone"],
    ['o1-mini', 'reasoningEffort', 'low', undefined, 'o1-mini does not take reasoningEffort'],
    ['gpt-4.1', 'reasoningEffort', 'low', undefined, 'gpt-4.1 does not take reasoningEffort'],
    ['text-embedding-3-small', 'temperature', 0, undefined, 'text-embedding-3-small does not take temperature'],
    [
      'text-embedding-3-small',
      'dimensions',
      3072,
      undefined,
      'text-embedding-3-small takes dimensions from 1 to 1536 alone',
    ],
    ['text-embedding-ada-002', 'dimensions', 1024, undefined, 'text-embedding-ada-002 takes dimensions 1536 alone'],
  ])('%s refuses %s %j with effort %s', (name, parameter, value, effort, reason) => {
    expect(answer(name, parameter, value, effort)).toMatchObject({ kind: 'refused', reason });
  });

  test('a refusal names its source', () => {
    expect(answer('o3', 'temperature', 1)).toEqual({
      kind: 'refused',
      reason: 'o3 does not take temperature',
      source: { name: 'Azure OpenAI reasoning models', url: REASONING, asOf: '2026-03-17' },
    });
  });

  test.each<[string, ModelParameter, unknown]>([
    ['gpt-9', 'temperature', 1],
    ['gpt-6-sol', 'reasoningEffort', 'extreme'],
    ['__proto__', 'temperature', 1],
    ['o3 ', 'temperature', 1],
    ['gpt-4o', 'temperature', 2],
  ])('nothing is known of %s and %s', (name, parameter, value) => {
    expect(answer(name, parameter, value)).toEqual({ kind: 'unknown' });
  });

  test("another publisher's model of the same name is unknown", () => {
    expect(parameterAnswer({ format: 'Example', name: 'o3', parameter: 'temperature', value: 1 })).toEqual({
      kind: 'unknown',
    });
  });
});

describe('the file of parameters', () => {
  const rows = knowledge.rules.flatMap(({ models, parameters }) =>
    models.flatMap((model) => parameters.map((parameter) => `${model} ${parameter}`)),
  );

  test('says one thing of each model and parameter', () => {
    expect(rows.filter((row, index) => rows.indexOf(row) < index)).toEqual([]);
  });

  test('names models as the catalogue does', () => {
    const known = new Set(
      ModelCatalog.bundled()
        .records()
        .map(({ facts }) => facts.name),
    );
    expect(knowledge.rules.flatMap(({ models }) => models).filter((model) => !known.has(model))).toEqual([]);
  });

  test('uses every source, and each has an address and a day', () => {
    expect([...new Set(knowledge.rules.map(({ source }) => source))].sort()).toEqual(
      knowledge.sources.map((_, index) => index),
    );
    for (const { url, asOf } of knowledge.sources) {
      expect(url).toMatch(/^https:\/\/(learn\.microsoft|developers\.openai)\.com\//);
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });
});
