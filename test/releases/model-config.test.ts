import { ModelVersion } from '../../lib/accounts';
import { ModelConfig } from '../../lib/releases';
import { EMBEDDING, GPT_4O, GPT_51, messageOf, release } from './support';

const O3 = ModelVersion.openAi('o3', '2025-04-16');
const UNKNOWN = ModelVersion.of('Example', 'model', '1');
const REASONING = 'https://learn.microsoft.com/azure/foundry/openai/how-to/reasoning';

function configured(model: ModelVersion, config: unknown): unknown {
  return release({ models: { chat: { model, config: config as ModelConfig } }, prompts: {} })._manifest.models.chat!
    .config;
}

describe('the configuration of a model', () => {
  test.each<[ModelVersion, ModelConfig]>([
    [GPT_4O, {}],
    [GPT_4O, { temperature: 0, topP: 1, presencePenalty: -2, frequencyPenalty: 2, seed: -1, maxOutputTokens: 1 }],
    [GPT_4O, { temperature: 2, topP: 0, stop: ['a', 'b', 'c', '\n'] }],
    [GPT_4O, { other: { response_format: { type: 'json_object' }, logit_bias: { '50256': -100 }, user: null } }],
    [GPT_51, { reasoningEffort: 'none', temperature: 0.2 }],
    [GPT_51, { temperature: 0.2, verbosity: 'low' }],
    [GPT_51, { other: { reasoning: { summary: 'auto' }, text: { format: { type: 'text' } } } }],
    [O3, { reasoningEffort: 'high', maxOutputTokens: 100_000 }],
    [UNKNOWN, { reasoningEffort: 'whatever', verbosity: 'whatever', temperature: 2 }],
    [EMBEDDING, { other: { dimensions: 1024 } }],
  ])('of %s may be %j', (model, config) => {
    expect(configured(model, config)).toEqual(config);
  });

  test('leaves out what is undefined', () => {
    expect(configured(GPT_4O, { temperature: undefined, seed: 1, other: undefined })).toEqual({ seed: 1 });
  });

  test.each<[string, unknown, string]>([
    ['temperature', 2.1, 'temperature is 2.1; write a number from 0 to 2'],
    ['temperature', -0.1, 'temperature is -0.1; write a number from 0 to 2'],
    ['temperature', Number.NaN, 'temperature is NaN; write a number from 0 to 2'],
    ['temperature', '1', "temperature is '1'; write a number from 0 to 2"],
    ['temperature', null, 'temperature is null; write a number from 0 to 2'],
    ['topP', 1.01, 'topP is 1.01; write a number from 0 to 1'],
    ['presencePenalty', 2.5, 'presencePenalty is 2.5; write a number from -2 to 2'],
    ['frequencyPenalty', -2.5, 'frequencyPenalty is -2.5; write a number from -2 to 2'],
    ['maxOutputTokens', 0, 'maxOutputTokens is 0; write a whole number from 1 on'],
    ['maxOutputTokens', 1.5, 'maxOutputTokens is 1.5; write a whole number from 1 on'],
    ['seed', 2 ** 53, 'seed is 9007199254740992; write a whole number'],
    ['stop', [], 'stop is []; write a list of 1 to 4 texts that are not empty'],
    [
      'stop',
      ['a', 'b', 'c', 'd', 'e'],
      'stop is ["a","b","c","d","e"]; write a list of 1 to 4 texts that are not empty',
    ],
    ['stop', 'END', "stop is 'END'; write a list of 1 to 4 texts that are not empty"],
    ['stop', [''], 'stop is [""]; write a list of 1 to 4 texts that are not empty'],
    ['reasoningEffort', '', "reasoningEffort is ''; write a word, for instance 'low'"],
    ['verbosity', 3, "verbosity is 3; write a word, for instance 'low'"],
    ['other', [], "other is []; write an object, for instance { response_format: { type: 'json_object' } }"],
  ])('cannot have %s %j', (name, value, problem) => {
    expect(messageOf(() => configured(UNKNOWN, { [name]: value }))).toBe(
      `release 'assistant', models.chat.config.${problem}`,
    );
  });

  test.each<[ModelVersion, ModelConfig, string]>([
    [O3, { temperature: 1 }, `temperature is 1, but o3 does not take temperature (${REASONING})`],
    [
      O3,
      { reasoningEffort: 'minimal' },
      `reasoningEffort is 'minimal', but o3 takes reasoningEffort 'low', 'medium', 'high' alone (${REASONING})`,
    ],
    [
      GPT_51,
      { topP: 0.5, reasoningEffort: 'low' },
      "topP is 0.5, but gpt-5.1 takes topP only with reasoningEffort 'none', not with 'low' (https://developers.openai.com/api/docs/guides/latest-model)",
    ],
    [
      GPT_4O,
      { reasoningEffort: 'low' },
      "reasoningEffort is 'low', but gpt-4o does not take reasoningEffort (https://learn.microsoft.com/azure/foundry/openai/latest)",
    ],
  ])('of %s is refused with %j', (model, config, problem) => {
    expect(messageOf(() => configured(model, config))).toBe(
      `release 'assistant', models.chat.config.${problem}; change it or leave it out`,
    );
  });

  test('names no parameter that it does not know', () => {
    expect(messageOf(() => configured(UNKNOWN, { max_tokens: 5 }))).toBe(
      "release 'assistant', models.chat.config has the unknown parameter 'max_tokens'; known are temperature, topP, maxOutputTokens, reasoningEffort, " +
        'verbosity, seed, stop, presencePenalty, frequencyPenalty, other, and others go under other by their name in the request',
    );
    expect(messageOf(() => configured(UNKNOWN, 'cold'))).toBe(
      "release 'assistant', models.chat.config is 'cold'; write an object, for instance { temperature: 0 }",
    );
  });
});

describe('further parameters', () => {
  test.each<[unknown, string]>([
    [{ temperature: 1 }, "may not set 'temperature': write it as temperature beside other"],
    [{ top_p: 1 }, "may not set 'top_p': write it as topP beside other"],
    [{ max_tokens: 1 }, "may not set 'max_tokens': write it as maxOutputTokens beside other"],
    [{ max_completion_tokens: 1 }, "may not set 'max_completion_tokens': write it as maxOutputTokens beside other"],
    [{ reasoning_effort: 'low' }, "may not set 'reasoning_effort': write it as reasoningEffort beside other"],
    [{ reasoning: { effort: 'low' } }, "may not set 'reasoning.effort': write it as reasoningEffort beside other"],
    [{ text: { verbosity: 'low' } }, "may not set 'text.verbosity': write it as verbosity beside other"],
    ...['model', 'messages', 'input', 'stream'].map((name): [unknown, string] => [
      { [name]: 1 },
      `may not set '${name}': it is set with every call, so it is no part of a model's configuration`,
    ]),
  ])('may not be %j', (other, problem) => {
    expect(messageOf(() => configured(UNKNOWN, { other }))).toBe(
      `release 'assistant', models.chat.config.other ${problem}`,
    );
  });

  const deep: unknown[] = [];
  deep.push(deep);
  const ADVICE = 'write values that JSON has: texts, numbers, true, false, null, lists and plain objects';
  test.each<[string, unknown, string]>([
    [
      'a function',
      { a: () => 1 },
      `release 'assistant', models.chat.config.other.a is function, which JSON cannot hold; ${ADVICE}`,
    ],
    [
      'a date',
      { a: new Date(0) },
      `release 'assistant', models.chat.config.other.a is an object of a class, which JSON cannot hold; ${ADVICE}`,
    ],
    [
      'infinity',
      { a: [Infinity] },
      `release 'assistant', models.chat.config.other.a[0] is Infinity, which JSON cannot hold; ${ADVICE}`,
    ],
    [
      'half a character',
      { a: '\ud800' },
      `release 'assistant', models.chat.config.other.a is no Unicode text: it holds half of a surrogate pair; ${ADVICE}`,
    ],
    [
      'a key that objects treat specially',
      JSON.parse('{"__proto__": {"polluted": true}}'),
      "release 'assistant', models.chat.config.other, parameter '__proto__' is not valid: write 1 to 64 letters, digits and '_', starting with a letter, for instance 'response_format'",
    ],
  ])('may not hold %s', (_, other, message) => {
    expect(messageOf(() => configured(UNKNOWN, { other }))).toBe(message);
  });

  test('may not hold themselves', () => {
    expect(messageOf(() => configured(UNKNOWN, { other: { deep } }))).toBe(
      `release 'assistant', models.chat.config is nested too deeply; ${ADVICE}`,
    );
  });
});
