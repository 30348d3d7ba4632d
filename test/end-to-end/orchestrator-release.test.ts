import { mayReceiveTokens, readSettings } from '../../examples/orchestrator/src/settings';
import { canonicalJson } from '../../lib/contracts/canonical-json';
import {
  modelDeploymentVariable,
  modelScopeVariable,
  modelUrlVariable,
  ORCHESTRATOR_ENVIRONMENT,
} from '../../lib/contracts/orchestrator-environment';
import { releaseIdOf, releaseLabel } from '../../lib/contracts/release-manifest';
import { FakeAzureOpenAi } from '../gateway/support/fake-azure-openai';
import { DEPLOYMENT, environmentOf, manifestOf, promptOf } from './support/releases';
import { closeServers, serveRelease } from './support/served-release';

/*
 * A release is served only if its manifest is the one that its id was made of, and if the service can do what it asks for.
 */

let model: FakeAzureOpenAi;

beforeAll(async () => {
  model = await FakeAzureOpenAi.start('sweden', { [DEPLOYMENT]: { model: 'gpt-5.1', version: '2025-11-13' } });
});

afterEach(closeServers);
afterAll(() => model.stop());

/** An environment for a text that is no manifest, with the id and label that belong to it. */
function environmentFor(text: string, name = 'chat'): Record<string, string> {
  const id = releaseIdOf(text);
  const environment = environmentOf(manifestOf(), model.url);
  return { ...environment, RELEASE_MANIFEST: text, RELEASE_ID: id, RELEASE_LABEL: releaseLabel(name, id) };
}

const valid = canonicalJson(manifestOf());
const id = releaseIdOf(valid);
const edited = valid.replace('questions on tea', 'questions on gin');

const refused: readonly [string, () => Record<string, string | undefined>, string][] = [
  [
    'a prompt that was edited',
    () => ({ RELEASE_MANIFEST: edited }),
    `RELEASE_ID is ${id}, but SHA-256 of the manifest is ${releaseIdOf(edited)}`,
  ],
  [
    'a blank behind the manifest',
    () => ({ RELEASE_MANIFEST: `${valid} ` }),
    `RELEASE_ID is ${id}, but SHA-256 of the manifest is ${releaseIdOf(`${valid} `)}`,
  ],
  [
    'an id in capitals',
    () => ({ RELEASE_ID: id.toUpperCase() }),
    `RELEASE_ID is '${id.toUpperCase()}' and not 64 hex digits`,
  ],
  ['no id', () => ({ RELEASE_ID: undefined }), "RELEASE_ID is '' and not 64 hex digits"],
  [
    'the label of another release',
    () => ({ RELEASE_LABEL: 'chat-000000000000' }),
    `RELEASE_LABEL is 'chat-000000000000', but the manifest makes it 'chat-${id.slice(0, 12)}'`,
  ],
  ['no manifest', () => ({ RELEASE_MANIFEST: undefined }), 'neither RELEASE_MANIFEST nor RELEASE_MANIFEST_URL is set'],
  [
    'a manifest from a URL without TLS',
    () => ({ RELEASE_MANIFEST: undefined, RELEASE_MANIFEST_URL: 'http://contoso.blob.core.windows.net/m' }),
    "RELEASE_MANIFEST_URL is 'http://contoso.blob.core.windows.net/m'; give a URL with https",
  ],
  ['text that is not JSON', () => environmentFor('{"schemaVersion":1,'), 'the manifest is not JSON'],
  ['null', () => environmentFor('null'), "the manifest's schemaVersion is absent; this service reads 1"],
  [
    'another schema',
    () => environmentFor('{"schemaVersion":2}'),
    "the manifest's schemaVersion is 2; this service reads 1",
  ],
  [
    'a manifest without a model to chat with',
    () => environmentFor(canonicalJson(manifestOf({ models: {} }))),
    "the manifest has no model of role 'chat'",
  ],
  [
    'a manifest whose model is in its prototype',
    () => environmentFor('{"schemaVersion":1,"models":{"__proto__":{"chat":{}}},"prompts":{}}'),
    "the manifest has no model of role 'chat'",
  ],
  [
    'a manifest without a system prompt',
    () => environmentFor(canonicalJson(manifestOf({ prompts: { other: promptOf('x') } }))),
    "the manifest has no prompt 'system'",
  ],
  [
    'a prompt for another version',
    () =>
      environmentFor(
        canonicalJson(manifestOf({ prompts: { system: promptOf('x', { madeFor: ['gpt-5.1@2026-01-01'] }) } })),
      ),
    "prompt 'system' is made for chat gpt-5.1@2026-01-01 and not for chat gpt-5.1@2025-11-13",
  ],
  [
    'a prompt for another role',
    () => environmentFor(canonicalJson(manifestOf({ prompts: { system: promptOf('x', { model: 'reasoning' }) } }))),
    "prompt 'system' is made for reasoning gpt-5.1@2025-11-13 and not for chat gpt-5.1@2025-11-13",
  ],
  [
    'statements of jinja2',
    () =>
      environmentFor(
        canonicalJson(manifestOf({ prompts: { system: promptOf('{% if a %}b', { template: 'jinja2' }) } })),
      ),
    'the prompt uses more of jinja2 than placeholders',
  ],
  [
    'sections of mustache',
    () =>
      environmentFor(
        canonicalJson(manifestOf({ prompts: { system: promptOf('{{#a}}b{{/a}}', { template: 'mustache' }) } })),
      ),
    'the prompt uses more of mustache than placeholders',
  ],
  [
    'a placeholder that is no input',
    () =>
      environmentFor(
        canonicalJson(
          manifestOf({ prompts: { system: promptOf('{{a}} {{b}}', { template: 'mustache', inputs: ['a'] }) } }),
        ),
      ),
    'the prompt has no input b',
  ],
  [
    'messages of tools',
    () =>
      environmentFor(canonicalJson(manifestOf({ prompts: { system: promptOf('tool:\nx', { parser: 'prompty' }) } }))),
    'the prompt has messages of tools',
  ],
  [
    'another parser',
    () =>
      environmentFor(
        canonicalJson(manifestOf({ prompts: { system: promptOf('x', { parser: 'yaml' as 'prompty' }) } })),
      ),
    "the prompt is cut into messages by 'yaml'; this service knows prompty",
  ],
  [
    'a model without TLS',
    () => ({ MODEL_CHAT_URL: 'http://models.contoso.com/openai/v1' }),
    "MODEL_CHAT_URL is 'http://models.contoso.com/openai/v1'; give a URL with https",
  ],
  [
    'neither gateway nor deployment',
    () => ({ MODEL_CHAT_DEPLOYMENT: undefined }),
    'neither MODEL_ROUTE_HEADER nor MODEL_CHAT_DEPLOYMENT is set',
  ],
];

test.each(refused)('%s: alive, never ready, and nobody is answered', async (_, change, message) => {
  const merged = { ...environmentOf(manifestOf(), model.url), ...change() };
  const environment = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  const server = await serveRelease(environment as Record<string, string>);
  const error = { code: 'release_unverified', message };
  const before = model.received.length;

  for (const [url, status] of [
    ['live', 200],
    ['ready', 503],
    ['startup', 503],
  ] as const) {
    const answer = await server.inject(`/healthz/${url}`);
    expect([answer.statusCode, answer.json()]).toEqual([status, status === 200 ? { status: 'live' } : { error }]);
  }
  const chat = await server.inject({ method: 'POST', url: '/chat', payload: { message: 'hello' } });
  expect([chat.statusCode, chat.json(), chat.headers['x-release']]).toEqual([503, { error }, undefined]);
  expect(model.received.length).toBe(before);
});

test('the very manifest of the id is served', async () => {
  const server = await serveRelease(environmentOf(manifestOf(), model.url));
  const label = `chat-${id.slice(0, 12)}`;
  for (const path of ['ready', 'startup']) {
    const answer = await server.inject(`/healthz/${path}`);
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ready', release: label }]);
  }
  const chat = await server.inject({ method: 'POST', url: '/chat', payload: { message: 'hello' } });
  expect([chat.statusCode, chat.json()]).toEqual([200, { message: 'sweden', finishReason: 'stop' }]);
  expect(chat.headers['x-release']).toBe(label);
});

test('the service reads the variables that the constructs write', () => {
  const names = ORCHESTRATOR_ENVIRONMENT;
  const settings = readSettings({
    [names.releaseId]: 'the id',
    [names.releaseLabel]: 'the label',
    [names.manifest]: ' the manifest ',
    [names.manifestUrl]: 'https://manifests/m',
    [names.routeHeader]: 'x-ai-model',
    [names.releaseHeader]: 'x-ai-release',
    [names.knowledgeUrl]: 'https://knowledge/',
    [names.clientId]: 'the client',
    [names.port]: '81',
    [modelUrlVariable('chat')]: 'https://models/openai/v1',
    [modelDeploymentVariable('chat')]: 'the deployment',
    [modelScopeVariable('chat')]: 'the scope',
  });
  expect(settings).toEqual({
    port: 81,
    release: { id: 'the id', label: 'the label', manifest: ' the manifest ', manifestUrl: 'https://manifests/m' },
    model: {
      url: 'https://models/openai/v1',
      scope: 'the scope',
      deployment: 'the deployment',
      routeHeader: 'x-ai-model',
      releaseHeader: 'x-ai-release',
    },
    knowledgeUrl: 'https://knowledge',
    clientId: 'the client',
    tracesEndpoint: undefined,
  });
});

test.each(['-1', '65536', '80.5', 'http'])('the port %s is refused', (port) => {
  expect(() => readSettings({ PORT: port })).toThrow(
    `PORT is '${port}'; give a number from 0 to 65535, or leave it out for 8080`,
  );
});

test.each([
  ['https://models.contoso.com', true],
  ['http://127.0.0.1:81/openai/v1', true],
  ['http://localhost:81', true],
  ['http://127.0.0.1.contoso.com', false],
  ['http://localhost.contoso.com', false],
  ['http://user@127.0.0.1@contoso.com', false],
  ['ftp://127.0.0.1', false],
  ['', false],
])('whether tokens may be sent to %s: %s', (url, expected) => {
  expect(mayReceiveTokens(url)).toBe(expected);
});
