import { ModelVersion } from '../../lib/accounts';
import { ModelConfig, OrchestratorRelease, Prompt } from '../../lib/releases';
import { GPT_4O, GPT_51, messageOf, release, temporaryFiles } from './support';

const files = temporaryFiles();
let counter = 0;

/** A Prompty file; returns its path. */
function prompty(frontMatter: string, body = 'system:\nAnswer briefly.\n\nuser:\n{{question}}\n'): string {
  return files.write(`${(counter += 1)}.prompty`, `---\n${frontMatter}\n---\n${body}`);
}

function read(path: string, model = GPT_4O): Prompt {
  return Prompt.fromPrompty(path, { madeFor: [model] });
}

function boundTo(path: string, model: ModelVersion, config: ModelConfig = {}): OrchestratorRelease {
  return release({ models: { chat: { model, config } }, prompts: { system: read(path, model) } });
}

const VERSION_1 = `name: Basic
description: Answers questions
version: "1.0"
authors: [a, b]
tags: [test]
model:
  api: chat
  configuration:
    type: azure_openai
    azure_endpoint: \${env:AZURE_OPENAI_ENDPOINT}
    azure_deployment: gpt-4o
    api_version: 2024-10-21
  parameters:
    temperature: 0.2
    max_tokens: 500
    top_p: 0.9
    presence_penalty: 0.3
    frequency_penalty: 0.5
    seed: 7
    stop: END
    stream: true
    response_format: { type: json_object }
inputs:
  question:
    type: string
  name: Jane
sample:
  question: Why?
template: jinja2`;

const VERSION_2 = `name: basic
metadata:
  authors: [a]
model:
  id: gpt-4o
  provider: azure
  apiType: chat
  connection:
    kind: key
    endpoint: \${env:AZURE_OPENAI_ENDPOINT}
  options:
    temperature: 0.2
    maxOutputTokens: 500
    topP: 0.9
    presencePenalty: 0.3
    frequencyPenalty: 0.5
    seed: 7
    stopSequences: [END]
    additionalProperties:
      response_format: { type: json_object }
inputSchema:
  properties:
    - name: question
      kind: string
      default: Why?
    - name: name
      kind: string
template:
  format:
    kind: mustache
  parser:
    kind: prompty`;

const CONFIG: ModelConfig = {
  temperature: 0.2,
  maxOutputTokens: 500,
  topP: 0.9,
  presencePenalty: 0.3,
  frequencyPenalty: 0.5,
  seed: 7,
  stop: ['END'],
  other: { response_format: { type: 'json_object' } },
};

describe('a Prompty file', () => {
  test.each([
    ['1', VERSION_1, 'jinja2'],
    ['2', VERSION_2, 'mustache'],
  ])(
    'of version %s gives text, template and inputs, and fits a release that is configured as it says',
    (_, text, template) => {
      const given = boundTo(prompty(text), GPT_4O, CONFIG);
      expect(given._manifest.prompts.system).toEqual({
        text: 'system:\nAnswer briefly.\n\nuser:\n{{question}}\n',
        model: 'chat',
        madeFor: ['gpt-4o@2024-11-20'],
        template,
        inputs: ['name', 'question'],
        parser: 'prompty',
      });
    },
  );

  test.each<[string, string, object]>([
    ['empty front matter', '', { template: 'jinja2', inputs: [], cutIntoMessages: true }],
    ['a comment alone', '# nothing', { inputs: [] }],
    ['a model in short', 'model: gpt-4o', { inputs: [] }],
    ['a template by type', 'template: { type: mustache }', { template: 'mustache' }],
    ['a template by format', 'template: { format: mustache, parser: prompty }', { template: 'mustache' }],
    ['a list of inputs', 'inputs: [{ name: a }, { name: b }]', { inputs: ['a', 'b'] }],
    ['a sample alone', 'sample: { a: 1, b: 2 }', { inputs: ['a', 'b'] }],
    ['a sample in a file', 'sample: sample.json', { inputs: [] }],
    ['fields without value', 'model:\ninputs:\ntemplate:\nbase:', { template: 'jinja2', inputs: [] }],
    ['a text that is completed', 'model: { api: completion }', { cutIntoMessages: false }],
  ])('may have %s', (_, text, expected) => {
    expect(read(prompty(text))).toMatchObject(expected);
  });

  test('is the same with line ends of Windows', () => {
    const windows = files.write(
      'windows.prompty',
      `\uFEFF---\n${VERSION_1}\n---  \nsystem:\nHi\n`.replaceAll('\n', '\r\n'),
    );
    const linux = prompty(VERSION_1, 'system:\nHi\n');
    expect(boundTo(windows, GPT_4O, CONFIG).releaseId).toBe(boundTo(linux, GPT_4O, CONFIG).releaseId);
  });

  test('may have lines of dashes in its text', () => {
    expect(read(prompty('name: a', 'system:\n---\nx: 1\n---\n')).text).toBe('system:\n---\nx: 1\n---\n');
  });

  test.each<[string, string, string]>([
    [
      'no front matter',
      'system:\nHi',
      "has no front matter: a Prompty file starts with a line '---'; read a plain text with Prompt.fromFile",
    ],
    ['front matter without end', '---\nname: a\n', "has front matter without end; write a line '---' after it"],
    ['no text', '---\nname: a\n---\n', 'is empty; write what the model is to be told'],
    [
      'an unknown field',
      '---\nmodle: gpt-4o\n---\nHi',
      "has the unknown field 'modle'; known are $schema, authors, base, description, displayName, inputSchema, inputs, kind, metadata, model, name, outputSchema, outputs, sample, tags, template, tools, version: put what is yours under metadata",
    ],
    [
      'another file that it builds on',
      '---\nbase: other.prompty\n---\nHi',
      'builds on another file (base), whose text would not be in the release; write its content out here',
    ],
  ])('is refused with %s', (name, content, problem) => {
    const path = files.write(`${name}.prompty`, content);
    expect(messageOf(() => read(path))).toBe(`prompt file '${path}' ${problem}`);
  });

  test.each<[string, string, string, string]>([
    ['template', 'template: erb', "'erb'", 'jinja2 or mustache'],
    ['template', 'template: { format: { kind: 7 } }', '7', 'jinja2 or mustache'],
    ['template.parser', 'template: { parser: xml }', "'xml'", 'prompty'],
    ['model', 'model: 7', '7', 'the name of a model, or a mapping'],
    ['model.configuration', 'model: { configuration: gpt }', "'gpt'", 'a mapping'],
    ['model.parameters', 'model: { parameters: [1] }', '[1]', 'a mapping'],
    ['inputs', 'inputs: [a, b]', '["a","b"]', 'a mapping of names, or a list of items with a name'],
  ])('is refused if %s has another shape', (field, text, given, allowed) => {
    const path = prompty(text);
    expect(messageOf(() => read(path))).toBe(`${field} of prompt file '${path}' is ${given}; write ${allowed}`);
  });

  test.each<[string, string, string]>([
    [
      'model.parameters.temperature',
      'model: { parameters: { temperature: "${env:TEMPERATURE}" } }',
      "'${env:TEMPERATURE}'",
    ],
    ['model.parameters.tools', 'model: { parameters: { tools: "${file:tools.json}" } }', "'${file:tools.json}'"],
    ['model.parameters', 'model: { parameters: "${file:parameters.json}" }', "'${file:parameters.json}'"],
  ])('is refused if %s lies elsewhere', (field, text, given) => {
    const path = prompty(text);
    expect(messageOf(() => read(path))).toBe(
      `${field} of prompt file '${path}' is ${given}, which is looked up elsewhere; a release holds what it is made of, so write the value out`,
    );
  });
});

describe('YAML that is refused with its line', () => {
  test.each<[string, string, number, string]>([
    ['a key that is written twice', 'name: a\nname: b', 3, 'Map keys must be unique'],
    ['a tag', 'name: a\nmodel: !!js/function "1"', 3, 'Unresolved tag: tag:yaml.org,2002:js/function'],
    ['an anchor that is used again', 'name: &a x\ndescription: *a', 3, 'it repeats *a; write the value out'],
    ['a bomb of aliases', 'name: &a [x, x]\ntags: [*a, *a]', 3, 'it repeats *a; write the value out'],
    ['a key that is no text', 'name: a\n? [b]\n: c', 3, 'With stringKeys, all keys must be strings'],
    [
      'a bracket that is not closed',
      'name: a\ntags: [a',
      3,
      'Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a list', '- a', 2, 'it is no mapping; write fields such as name: and model:'],
    ['a tab', 'model:\n\tapi: chat', 3, 'Tabs are not allowed as indentation'],
  ])('%s', (_, text, line, problem) => {
    const path = prompty(text);
    expect(messageOf(() => read(path))).toBe(
      `front matter of prompt file '${path}' cannot be used at line ${line}: ${problem}`,
    );
  });

  test('keys that objects treat specially stay keys', () => {
    const path = prompty('__proto__: { polluted: true }');
    expect(messageOf(() => read(path))).toContain("has the unknown field '__proto__'");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('the model that a Prompty file declares', () => {
  test.each([
    ['the bound name', 'model: gpt-4o'],
    ['the bound name in other letters', 'model: GPT-4o'],
    ['the bound name and version', 'model: { id: gpt-4o-2024-11-20 }'],
    ['a deployment that no model is called', 'model: { configuration: { azure_deployment: chat-production } }'],
    ['a deployment from the environment', 'model: { configuration: { azure_deployment: "${env:DEPLOYMENT}" } }'],
    ['nothing', 'name: a'],
  ])('fits as %s', (_, text) => {
    expect(boundTo(prompty(text), GPT_4O).models.chat!.model).toBe(GPT_4O);
  });

  test.each([
    ['model: gpt-4o', 'model', 'gpt-4o', GPT_51],
    ['model: { id: gpt-5 }', 'model.id', 'gpt-5', GPT_51],
    ['model: { id: gpt-4o-2024-08-06 }', 'model.id', 'gpt-4o-2024-08-06', GPT_4O],
    [
      'model: { configuration: { azure_deployment: gpt-35-turbo } }',
      'model.configuration.azure_deployment',
      'gpt-35-turbo',
      GPT_4O,
    ],
    ['model: { configuration: { type: openai, name: gpt-4 } }', 'model.configuration.name', 'gpt-4', GPT_4O],
  ])('contradicts the release: %s', (text, field, declared, model) => {
    const path = prompty(text);
    expect(messageOf(() => boundTo(path, model))).toBe(
      `prompt file '${path}' declares model '${declared}' (${field}), and release 'assistant' binds role 'chat' to ${model.key}; ` +
        'bind the declared model, or change the file after evaluating the prompt with the other',
    );
  });

  test.each([
    ['model: { api: embedding }', 'embedding', 'model.api'],
    ['model: { configuration: { type: azure_serverless } }', 'azure_serverless', 'model.configuration.type'],
  ])('is called in another way than the release calls it: %s', (text, declared, field) => {
    const path = prompty(text);
    expect(messageOf(() => boundTo(path, GPT_4O))).toBe(
      `prompt file '${path}' declares '${declared}' (${field}), which does not fit: release 'assistant' binds role 'chat' to gpt-4o@2024-11-20`,
    );
  });
});

describe('the parameters that a Prompty file declares', () => {
  const COMMON = "in release 'assistant'";

  test.each<[string, ModelConfig, string]>([
    [
      'temperature: 0.2',
      { temperature: 0.7 },
      `declares model.parameters.temperature 0.2, and the config of role 'chat' ${COMMON} sets temperature to 0.7`,
    ],
    [
      'temperature: 0.2',
      {},
      `declares model.parameters.temperature 0.2, and the config of role 'chat' ${COMMON} sets no temperature`,
    ],
    [
      'max_completion_tokens: 5',
      { maxOutputTokens: 6 },
      `declares model.parameters.max_completion_tokens 5, and the config of role 'chat' ${COMMON} sets maxOutputTokens to 6`,
    ],
    [
      'temperature: "0.2"',
      { temperature: 0.2 },
      `declares model.parameters.temperature '0.2', and the config of role 'chat' ${COMMON} sets temperature to 0.2`,
    ],
    [
      'temperature: .inf',
      { temperature: 2 },
      `declares model.parameters.temperature Infinity, and the config of role 'chat' ${COMMON} sets temperature to 2`,
    ],
    [
      'logprobs: true',
      {},
      `declares model.parameters.logprobs true, and the config of role 'chat' ${COMMON} sets no logprobs`,
    ],
    [
      'response_format: { type: text }',
      { other: { response_format: { type: 'json_object' } } },
      `declares model.parameters.response_format {"type":"text"}, and the config of role 'chat' ${COMMON} sets response_format to {"type":"json_object"}`,
    ],
    [
      'toString: 1',
      {},
      `declares model.parameters.toString 1, and the config of role 'chat' ${COMMON} sets no toString`,
    ],
  ])('contradict the release: %s and %j', (parameters, config, problem) => {
    const path = prompty(`model: { parameters: { ${parameters} } }`);
    expect(messageOf(() => boundTo(path, GPT_4O, config))).toBe(
      `prompt file '${path}' ${problem}; make them agree, since the model is called with the config`,
    );
  });

  test('may be fewer than the release sets, or have no value', () => {
    const path = prompty('model: { parameters: { temperature: , stream: true, logprobs: true } }');
    expect(boundTo(path, GPT_4O, { seed: 1, other: { logprobs: true } })._manifest.models.chat!.config.seed).toBe(1);
  });
});
