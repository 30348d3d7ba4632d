import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { App, Fn, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { ModelVersion } from '../../lib/accounts';
import { readReleaseManifest } from '../../lib/contracts/release-manifest-reader';
import { KnowledgeIndex, OrchestratorReleaseProps, Prompt, PromptTemplate } from '../../lib/releases';
import { DIGEST, EMBEDDING, GPT_4O, GPT_51, IMAGE, messageOf, release } from './support';

const variable = new TerraformVariable(new TerraformStack(new App(), 'stack'), 'variable', { type: 'string' });
const KNOWLEDGE: KnowledgeIndex = { index: 'docs-2026', embeddingModel: EMBEDDING, dimensions: 3072 };
const TOKEN_ADVICE =
  "holds a Terraform token, whose value is known only when Terraform runs; a release's id is the hash of what it is made of, " +
  'so write it as text; what differs between environments (endpoints, accounts, deployment names, identities) is no part of a release: ' +
  'pass it to the orchestrator';

describe('a release', () => {
  test('has canonical JSON as its manifest, and its hash as its id', () => {
    const given = release({
      models: {
        embeddings: { model: EMBEDDING },
        chat: { model: GPT_51, config: { reasoningEffort: 'none', temperature: 0.2, other: { user: 'a' } } },
      },
      knowledge: KNOWLEDGE,
      prompts: {
        system: Prompt.inline('Answer ${briefly}, {{name}}.', {
          madeFor: [GPT_51, GPT_4O],
          template: PromptTemplate.MUSTACHE,
          inputs: ['name'],
        }),
      },
    });
    expect(given.manifestText).toBe(
      `{"image":"${IMAGE}","knowledge":{"dimensions":3072,"embeddingModel":"text-embedding-3-large@1","index":"docs-2026"},` +
        '"models":{"chat":{"config":{"other":{"user":"a"},"reasoningEffort":"none","temperature":0.2},"format":"OpenAI","name":"gpt-5.1","version":"2025-11-13"},' +
        '"embeddings":{"config":{},"format":"OpenAI","name":"text-embedding-3-large","version":"1"}},"name":"assistant","orchestration":"2.3.0",' +
        '"prompts":{"system":{"inputs":["name"],"madeFor":["gpt-4o@2024-11-20","gpt-5.1@2025-11-13"],"model":"chat","template":"mustache",' +
        '"text":"Answer ${briefly}, {{name}}."}},"schemaVersion":1}',
    );
    expect(given.releaseId).toBe(createHash('sha256').update(given.manifestText).digest('hex'));
    expect(given.label).toBe(`assistant-${given.releaseId.slice(0, 12)}`);
    expect(readReleaseManifest(given.manifestText)).toEqual({ kind: 'manifest', manifest: given._manifest });
  });

  test('keeps its id from one version of this package to the next', () => {
    expect(release().releaseId).toBe('024877bdad624475c6b0e12469f026ede7a235e55d81b9eafcdc1f8f47beda98');
  });

  test('is verified by a line of shell, as the page about releases says', () => {
    const text = 'Ä "quoted" \\n $HOME ${x} %{y} `id`\n\u{1F600}\u2028\u007f';
    const given = release({ prompts: { system: Prompt.inline(text, { madeFor: [GPT_51] }) } });
    const printed = execFileSync('sh', ['-c', `printf %s "$RELEASE_MANIFEST" | sha256sum | cut -d ' ' -f 1`], {
      env: { ...process.env, RELEASE_MANIFEST: given.manifestText },
      encoding: 'utf8',
    });
    expect(printed).toBe(`${given.releaseId}\n`);
  });

  test('offers what it is made of', () => {
    const given = release({ knowledge: KNOWLEDGE, evidence: 'https://example.org/evidence/1' });
    expect(given).toMatchObject({
      name: 'assistant',
      image: IMAGE,
      orchestration: '2.3.0',
      models: { chat: { model: GPT_51, config: {} } },
      knowledge: KNOWLEDGE,
      evidence: 'https://example.org/evidence/1',
    });
    expect(given.prompts.system!.text).toBe('Answer briefly.');
  });

  test('cannot be changed afterwards, neither through itself nor through what it was made of', () => {
    const config = { stop: ['END'], other: { tags: ['a'] } };
    const props = { models: { chat: { model: GPT_51, config } }, knowledge: { ...KNOWLEDGE } };
    const given = release(props);
    config.stop.push('MORE');
    config.other.tags.push('b');
    expect(given.models.chat!.config).toEqual({ stop: ['END'], other: { tags: ['a'] } });
    expect(() => given.models.chat!.config!.stop!.push('x')).toThrow(TypeError);
    expect(() => Object.assign(given, { label: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(given.prompts, { other: given.prompts.system })).toThrow(TypeError);
    expect(() => Object.assign(given.prompts.system!, { text: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(given.knowledge!, { index: 'other' })).toThrow(TypeError);
    expect(config.other.tags).toEqual(['a', 'b']);
  });

  test('is wired to the very model that is in its manifest, whatever is assigned or a getter says next', () => {
    const mutable = ModelVersion.openAi('gpt-5.1', '2025-11-13');
    const answers = [{ model: mutable }, { model: GPT_4O }, { model: GPT_4O }];
    const models = {
      get chat() {
        return answers.shift()!;
      },
    };
    const given = release({ models, prompts: {} });
    expect(() => Object.assign(mutable, { version: '2024-11-20' })).toThrow(TypeError);
    expect(given.models.chat!.model.key).toBe('gpt-5.1@2025-11-13');
    expect(given._manifest.models.chat).toMatchObject({ name: 'gpt-5.1', version: '2025-11-13' });
  });

  test('takes no notice of a tag beside the digest', () => {
    expect(release({ image: `example.azurecr.io/assistant:2.3.0@${DIGEST}` })).toMatchObject({
      image: IMAGE,
      releaseId: release().releaseId,
    });
  });

  test('may have no prompts', () => {
    expect(release({ prompts: {} })._manifest.prompts).toEqual({});
  });

  test('has evidence outside its id', () => {
    const given = release().withEvidence('sha256:1');
    expect(given).toMatchObject({ releaseId: release().releaseId, evidence: 'sha256:1', knowledge: undefined });
    expect(given.manifestText).toBe(release().manifestText);
    const known = variable.stringValue;
    expect(release({ evidence: known })).toMatchObject({ releaseId: given.releaseId, evidence: known });
  });

  test.each(['', 'a\nb', 'x'.repeat(257), 7])('has no evidence such as %j', (evidence) => {
    expect(messageOf(() => release({ evidence: evidence as string }))).toMatch(
      /^release 'assistant', evidence .* is not valid: it becomes a tag, so write a reference of 1 to 256 characters/,
    );
  });
});

describe('a release is refused', () => {
  const prompts = { system: Prompt.inline('Answer.', { madeFor: [GPT_51] }) };

  test.each<[string, Partial<Record<keyof OrchestratorReleaseProps, unknown>>, string]>([
    [
      'with a name that no Container App could have',
      { name: 'Assistant' },
      "release name 'Assistant' is not valid: write 1 to 19 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash",
    ],
    [
      'without a name',
      { name: undefined },
      'release name undefined is not valid: write 1 to 19 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
    ],
    [
      'with an orchestration version that is none',
      { orchestration: '2 3' },
      "release 'assistant', orchestration '2 3' is not valid: write 1 to 64 letters, digits, '.', '_', '+' and '-', starting with a letter or digit, for instance '2.3.0'",
    ],
    [
      'with null for its models',
      { models: null },
      "release 'assistant', models is null; write an object, for instance { chat: { model: ModelVersion.openAi('gpt-5.1', '2025-11-13') } }",
    ],
    [
      'with a list of prompts',
      { prompts: ['a'] },
      'release \'assistant\', prompts is ["a"]; write an object, for instance { system: Prompt.inline(…) }',
    ],
    [
      'with null for its knowledge',
      { knowledge: null },
      "release 'assistant', knowledge is null; write an object, for instance { index, embeddingModel, dimensions }",
    ],
    [
      'with a list that has a hole',
      { models: { chat: { model: GPT_51, config: { other: { tags: new Array(1) } } } }, prompts: {} },
      "release 'assistant', models.chat.config.other.tags[0] is undefined, which JSON cannot hold; write values that JSON has: texts, numbers, true, false, null, lists and plain objects",
    ],
    [
      'with an image by its tag',
      { image: 'assistant:latest' },
      "release 'assistant', image 'assistant:latest' is not named by its digest: a tag can be moved to another image, so write '[host/]repository@sha256:<64 hex digits>', which 'docker buildx imagetools inspect <image>' shows",
    ],
    [
      'without models',
      { models: {} },
      "release 'assistant' binds no model; write models: { chat: { model: ModelVersion.openAi(…) } }",
    ],
    [
      'with a model version where a binding belongs',
      { models: { chat: GPT_51 } },
      'release \'assistant\', models.chat is {"format":"OpenAI","name":"gpt-5.1","version":"2025-11-13"}; write { model: ModelVersion.openAi(\'gpt-5.1\', \'2025-11-13\') }',
    ],
    [
      'with a role that is no word',
      { models: { Chat: { model: GPT_51 } }, prompts: {} },
      "release 'assistant', role 'Chat' is not valid: write 1 to 31 lower-case letters, digits and dashes, starting with a letter, for instance 'chat'",
    ],
    [
      'with a prompt name that is no word',
      { prompts: { 'a b': prompts.system } },
      "release 'assistant', prompt name 'a b' is not valid: write 1 to 63 lower-case letters, digits and dashes, starting with a letter, for instance 'system'",
    ],
    [
      'with text where a prompt belongs',
      { prompts: { system: 'Answer.' } },
      "release 'assistant', prompts.system is 'Answer.'; write Prompt.inline(…), Prompt.fromFile(…) or Prompt.fromPrompty(…)",
    ],
    [
      'with a prompt for a role that is not bound',
      { models: { reasoning: { model: GPT_51 }, chat2: { model: GPT_51 } } },
      "release 'assistant', prompts.system goes to the model of role 'chat', which the release does not bind; bound are 'reasoning', 'chat2': bind the role under models, or name another as model of the prompt",
    ],
    [
      'with a prompt that is made for another version',
      { models: { chat: { model: GPT_4O } } },
      "release 'assistant', prompts.system is made for gpt-5.1@2025-11-13, and the release binds role 'chat' to gpt-4o@2024-11-20 (prompt-model-mismatch); " +
        'evaluate the prompt with that version and add it to madeFor, or bind a version that the prompt is made for',
    ],
    [
      'with an index that has no such name',
      { knowledge: { ...KNOWLEDGE, index: 'Docs' } },
      "release 'assistant', knowledge.index 'Docs' is not valid: write 2 to 128 lower-case letters, digits, and single '-' or '_' between them",
    ],
    [
      'with vectors of no length',
      { knowledge: { ...KNOWLEDGE, dimensions: 0 } },
      "release 'assistant', knowledge.dimensions 0 is not valid: write how many numbers a vector of the index has, from 1 to 4096",
    ],
    [
      'with vectors longer than an index holds them',
      {
        knowledge: {
          ...KNOWLEDGE,
          embeddingModel: ModelVersion.of('Contoso', 'own-embeddings', '1'),
          dimensions: 4097,
        },
      },
      "release 'assistant', knowledge.dimensions 4097 is not valid: write how many numbers a vector of the index has, from 1 to 4096",
    ],
    [
      'with vectors longer than the model makes them',
      { knowledge: { ...KNOWLEDGE, dimensions: 4096 } },
      "release 'assistant', knowledge.dimensions 4096 is not valid: text-embedding-3-large takes dimensions from 1 to 3072 alone (https://learn.microsoft.com/azure/search/vector-search-how-to-create-index)",
    ],
    [
      'with an embedding model that is no version',
      { knowledge: { ...KNOWLEDGE, embeddingModel: 'text-embedding-3-large@1' } },
      "release 'assistant', knowledge.embeddingModel is 'text-embedding-3-large@1'; write ModelVersion.openAi('gpt-5.1', '2025-11-13')",
    ],
    [
      'that embeds questions with another version than the index was embedded with',
      {
        knowledge: KNOWLEDGE,
        models: { chat: { model: GPT_51 }, embeddings: { model: ModelVersion.openAi('text-embedding-3-large', '2') } },
      },
      "release 'assistant' embeds questions with text-embedding-3-large@2 (role 'embeddings'), and index 'docs-2026' holds vectors of text-embedding-3-large@1: " +
        'vectors of different versions cannot be compared; bind the version of the index, or embed the index anew under another name',
    ],
  ])('%s', (_, changes, message) => {
    expect(messageOf(() => release(changes as Partial<OrchestratorReleaseProps>))).toBe(message);
  });

  const text = variable.stringValue;
  test.each<[string, () => unknown, string]>([
    ['its name', () => release({ name: text }), 'release name'],
    ['its orchestration version', () => release({ orchestration: `1.${text}` }), "release 'assistant', orchestration"],
    ['a role', () => release({ models: { [text]: { model: GPT_51 } } }), "release 'assistant', role"],
    [
      'a model version',
      () => release({ models: { chat: { model: ModelVersion.openAi('gpt-5.1', text) } } }),
      "release 'assistant', models.chat",
    ],
    [
      'a number of the configuration',
      () => release({ models: { chat: { model: GPT_51, config: { maxOutputTokens: variable.numberValue } } } }),
      "release 'assistant', models.chat.config.maxOutputTokens",
    ],
    [
      'something deep in the configuration',
      () => release({ models: { chat: { model: GPT_51, config: { other: { a: [{ b: text }] } } } } }),
      "release 'assistant', models.chat.config.other.a[0].b",
    ],
    [
      'a function of Terraform',
      () => release({ models: { chat: { model: GPT_51, config: { other: { a: Fn.upper(text) as unknown } } } } }),
      "release 'assistant', models.chat.config.other.a",
    ],
    [
      'a list',
      () => release({ models: { chat: { model: GPT_51, config: { stop: variable.listValue as string[] } } } }),
      "release 'assistant', models.chat.config.stop",
    ],
    ['the index', () => release({ knowledge: { ...KNOWLEDGE, index: text } }), "release 'assistant', knowledge.index"],
    [
      'the dimensions',
      () => release({ knowledge: { ...KNOWLEDGE, dimensions: Token.asNumber(variable.value) } }),
      "release 'assistant', knowledge.dimensions",
    ],
    [
      'the embedding model',
      () => release({ knowledge: { ...KNOWLEDGE, embeddingModel: ModelVersion.openAi(text, '1') } }),
      "release 'assistant', knowledge.embeddingModel",
    ],
    ['a prompt', () => Prompt.inline(`Answer ${text}`, { madeFor: [GPT_51] }), 'the prompt'],
    ["a prompt's role", () => Prompt.inline('Answer', { madeFor: [GPT_51], model: text }), 'the prompt, options.model'],
    [
      "a prompt's model version",
      () => Prompt.inline('Answer', { madeFor: [ModelVersion.openAi('gpt-5.1', text)] }),
      'the prompt, madeFor[0]',
    ],
  ])('where %s is known to Terraform alone', (_, call, place) => {
    expect(messageOf(call)).toBe(`${place} ${TOKEN_ADVICE}`);
  });

  test('where the registry of its image is known to Terraform alone, and says what to do instead', () => {
    expect(messageOf(() => release({ image: `${text}/assistant@${DIGEST}` }))).toBe(
      "release 'assistant', image holds a Terraform token, whose value is known only when Terraform runs; a release's id is the hash of what it is made of, " +
        "so write 'repository@sha256:<64 hex digits>' without the registry's host and pass the registry to the orchestrator",
    );
  });
});
