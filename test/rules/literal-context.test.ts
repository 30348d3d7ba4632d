import { contextOf, meaningOf, wordsOf } from '../../lib/rules/literal-context';

test.each([
  ['AZURE_OPENAI_ChatModel-name', ['azure', 'openai', 'chat', 'model', 'name']],
  ['x-ai-model', ['x', 'ai', 'model']],
  ['', []],
])('the words of %j', (key, words) => {
  expect(wordsOf(key)).toEqual(words);
});

test.each([
  ['MODEL', 'model'],
  ['modelName', 'model'],
  ['OpenAI:ChatModel', 'model'],
  ['x-ai-model', 'model'],
  ['llm', 'model'],
  ['AZURE_OPENAI_DEPLOYMENT', 'deployment'],
  ['deploymentId', 'deployment'],
  ['engine', 'deployment'],
  ['model_description', 'prose'],
  ['system_prompt', 'prose'],
  ['MODEL_OWNER', 'owner'],
  ['model_path', 'model'],
  ['MODEL_IMAGE', 'model'],
  ['MODEL_GROUP', 'model'],
  ['CHAT_MODEL_USER', 'model'],
  ['MODEL_EMAIL', 'owner'],
  ['AZURE_OPENAI_IMAGE', 'hint'],
  ['AZURE_OPENAI_DEPLOYMENT_CHAT', 'deployment'],
  ['DEPLOYMENT_ENVIRONMENT', 'label'],
  ['deployment_slot', 'other'],
  ['hardware_model', 'other'],
  ['device_model_name', 'label'],
  ['storage_engine', 'other'],
  ['deniedModels', 'denied'],
  ['BLOCKED_MODELS', 'denied'],
  ['block_models', 'denied'],
  ['RETIRED_MODELS', 'denied'],
  ['DEPRECATED_MODEL_NAMES', 'denied'],
  ['models_to_exclude', 'denied'],
  ['content_block', 'other'],
  ['image', 'file'],
  ['display_name', 'label'],
  ['chat_name', 'label'],
  ['AZURE_OPENAI_CHAT', 'hint'],
  ['size', 'other'],
  ['remodelling', 'other'],
  ['__proto__', 'other'],
])('the key %s means %s', (key, meaning) => {
  expect(meaningOf(key)).toBe(meaning);
});

describe('the key of a literal', () => {
  const origin = { address: 'variable.chat_model', type: 'variable' };

  test.each<[string, Record<string, string>, string]>([
    ['env[0].value', { name: 'MODEL' }, 'MODEL'],
    ['value', { name: 'nv', display_name: 'default-model' }, 'default-model'],
    ['args[1]', { '[0]': '--model' }, '--model'],
    ['args[1]', { '[0]': 'serve' }, 'args'],
    ['parameters.modelName.value', {}, 'modelName'],
    ['default', {}, 'chat_model'],
    ['model.name', {}, 'model.name'],
    ['a["my key"]', {}, 'my key'],
  ])('at %s beside %j is %s', (path, siblings, key) => {
    expect(contextOf({ origin, path, value: 'x', siblings }).key).toBe(key);
  });

  test('in tags is a tag', () => {
    expect(contextOf({ origin, path: 'tags.model', value: 'x', siblings: {} }).isTag).toBe(true);
  });
});
