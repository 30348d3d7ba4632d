import { Lazy, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { ModelVersion } from '../../lib/accounts';

test('openAi gives format, name, version and key', () => {
  const model = ModelVersion.openAi('gpt-5.1', '2025-11-13');
  expect(model).toMatchObject({
    format: 'OpenAI',
    name: 'gpt-5.1',
    version: '2025-11-13',
    key: 'gpt-5.1@2025-11-13',
    isResolved: true,
  });
});

test.each([
  ['DeepSeek', 'DeepSeek-V3.1', '1'],
  ['Mistral AI', 'Mistral-large-2411', '2'],
  ['OpenAI', 'gpt-4', '1106-Preview'],
  ['OpenAI', 'dall-e-3', '3.0'],
  ['OpenAI', 'gpt-4o-2024-08-06.ft-0123abcd-team', '1'],
])('of accepts %s %s %s', (format, name, version) => {
  expect(ModelVersion.of(format, name, version)).toMatchObject({ format, name, version });
});

test('parse reads name and version, of format OpenAI unless told otherwise', () => {
  expect(ModelVersion.parse('gpt-5.1@2025-11-13')).toEqual(ModelVersion.openAi('gpt-5.1', '2025-11-13'));
  expect(ModelVersion.parse('DeepSeek-V3.1@1', 'DeepSeek')).toEqual(ModelVersion.of('DeepSeek', 'DeepSeek-V3.1', '1'));
});

test.each(['', 'gpt-5.1', 'gpt-5.1@2025@11', '@', undefined as unknown as string])('parse refuses %p', (text) => {
  expect(() => ModelVersion.parse(text)).toThrow(
    /^(?:'[^']*'|undefined) is not a model key: write name@version|^model name '' is not valid/,
  );
});

test('parse says what a key looks like', () => {
  expect(() => ModelVersion.parse('gpt-5.1')).toThrow(
    new Error(
      "'gpt-5.1' is not a model key: write name@version, for instance 'gpt-5.1@2025-11-13', or use ModelVersion.of(format, name, version)",
    ),
  );
});

test.each(['', ' gpt-4o', 'gpt 4o', 'gpt-4o\n', '-gpt', 'gpt/4o', '${var.name}', 'gpt@4o'])(
  'the model name %p is refused',
  (name) => {
    expect(() => ModelVersion.openAi(name, '1')).toThrow(
      /^model name '.*' is not valid: it starts with a letter or digit and goes on with letters, digits, '\.', '_' and '-'; write it as the model list gives it, for instance 'gpt-5\.1'$/,
    );
  },
);

test.each(['', ' 1', '1 ', '1\n', '@', '${var.version}'])('the version %p is refused', (version) => {
  expect(() => ModelVersion.openAi('gpt-5.1', version)).toThrow(
    /^version '.*' of model 'gpt-5\.1' is not valid: it starts with a letter or digit and goes on with letters, digits, '\.', '_' and '-'; write it as the model list gives it, for instance '2025-11-13'$/,
  );
});

test.each(['latest', 'Latest', 'default', 'AUTO'])('the version %p is refused, because it is none', (version) => {
  expect(() => ModelVersion.openAi('gpt-5.1', version)).toThrow(
    new Error(
      `version '${version}' of model 'gpt-5.1' names no version: a deployment is pinned to one exact version; ` +
        "write it as the model list gives it, for instance '2025-11-13'",
    ),
  );
});

test.each(['', ' OpenAI', 'Open\nAI', 'Mistral AI '])('the format %p is refused', (format) => {
  expect(() => ModelVersion.of(format, 'x', '1')).toThrow(/^model format '.*' is not valid: /);
});

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  [4, '4'],
  [{ name: 'gpt-5.1' }, '{"name":"gpt-5.1"}'],
])('%p is no text and is refused as it was written', (value, written) => {
  const given = value as unknown as string;
  expect(() => ModelVersion.openAi(given, '1')).toThrow(`model name ${written} is not valid: `);
  expect(() => ModelVersion.openAi('gpt-5.1', given)).toThrow(`version ${written} of model 'gpt-5.1' is not valid: `);
  expect(() => ModelVersion.of(given, 'gpt-5.1', '1')).toThrow(`model format ${written} is not valid: `);
});

test('a message stays on one line and bounded whatever was given', () => {
  expect(() => ModelVersion.openAi(`a\n${'x'.repeat(10_000)}`, '1')).toThrow(
    new RegExp(`^model name 'a\\\\u\\{a\\}x{118}…' is not valid`),
  );
});

test('tokens pass through and are not resolved', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const version = new TerraformVariable(stack, 'version', {}).stringValue;
  const lazy = Lazy.stringValue({ produce: () => '1' });
  for (const model of [
    ModelVersion.openAi('gpt-5.1', version),
    ModelVersion.of(lazy, 'gpt-5.1', '1'),
    ModelVersion.openAi(lazy, '1'),
    ModelVersion.parse(`gpt-5.1@${version}`),
  ]) {
    expect(model.isResolved).toBe(false);
  }
  expect(ModelVersion.openAi('gpt-5.1', version).version).toBe(version);
  expect(ModelVersion.openAi('gpt-5.1', version).key).toBe(`gpt-5.1@${version}`);
});

test('a key that is one token cannot be taken apart', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  expect(() => ModelVersion.parse(new TerraformVariable(stack, 'key', {}).stringValue)).toThrow(
    /or use ModelVersion\.of\(format, name, version\)$/,
  );
});
