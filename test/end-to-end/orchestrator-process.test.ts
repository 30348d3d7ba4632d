import { createHash } from 'node:crypto';
import { FakeBackend } from '../emulator/support/fake-backend';
import { FakeAzureOpenAi, FakeDeployment, json, MODEL_TOKEN } from '../gateway/support/fake-azure-openai';
import { FakeIdentityEndpoint } from './support/fake-identity-endpoint';
import { FakeTraceCollector } from './support/fake-trace-collector';
import { OrchestratorProcess, stopOrchestrators } from './support/orchestrator-process';
import { DEPLOYMENT, environmentOf, manifestOf } from './support/releases';
import { readEvents } from './support/server-sent-events';

/*
 * The service as a process, as Container Apps starts and ends it.
 */

const CLIENT = '00000000-0000-0000-0000-00000000000a';
const deployment: FakeDeployment = { model: 'gpt-5.1', version: '2025-11-13' };
let model: FakeAzureOpenAi;
let identity: FakeIdentityEndpoint;

jest.setTimeout(30_000);

beforeAll(async () => {
  model = await FakeAzureOpenAi.start('sweden', { [DEPLOYMENT]: deployment });
  identity = await FakeIdentityEndpoint.start((resource, clientId) => {
    const known = ['https://cognitiveservices.azure.com', 'https://storage.azure.com'].includes(resource);
    return known && clientId === CLIENT ? MODEL_TOKEN : undefined;
  });
});

afterEach(stopOrchestrators);
afterAll(() => Promise.all([model.stop(), identity.stop()]));

const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"message":"hello"}' };
const streamed = { ...request, headers: { ...request.headers, accept: 'text/event-stream' } };

test('it calls the model with a token of its identity, which it asks for once', async () => {
  const service = await OrchestratorProcess.start({
    ...environmentOf(manifestOf(), model.url),
    ...identity.environment,
  });
  await service.settled();
  for (let call = 0; call < 3; call += 1) {
    const answer = await fetch(`${service.url}/chat`, request);
    expect([answer.status, await answer.json()]).toEqual([200, { message: 'sweden', finishReason: 'stop' }]);
  }
  expect(identity.given).toEqual([`${CLIENT} → https://cognitiveservices.azure.com`]);
});

test('without a token nobody is answered', async () => {
  const environment = { ...environmentOf(manifestOf(), model.url), AZURE_CLIENT_ID: 'another' };
  const service = await OrchestratorProcess.start({ ...environment, ...identity.environment });
  await service.settled();
  const answer = await fetch(`${service.url}/chat`, request);
  const message = 'there was no token with which to call the model';
  expect([answer.status, await answer.json()]).toEqual([503, { error: { code: 'identity_unavailable', message } }]);
});

test('a changed prompt without a new release: one line says why, and the process lives', async () => {
  const environment = environmentOf(manifestOf(), model.url);
  const RELEASE_MANIFEST = environment.RELEASE_MANIFEST!.replace('tea', 'gin');
  const service = await OrchestratorProcess.start({ ...environment, RELEASE_MANIFEST });
  await service.settled();
  const digest = createHash('sha256').update(RELEASE_MANIFEST).digest('hex');
  const message = `RELEASE_ID is ${environment.RELEASE_ID}, but SHA-256 of the manifest is ${digest}`;
  expect(service.log.filter(({ code }) => code !== undefined)).toEqual([
    expect.objectContaining({ level: 50, code: 'release_unverified', message, msg: 'release refused' }),
  ]);
  expect((await fetch(`${service.url}/healthz/live`)).status).toBe(200);
  expect((await fetch(`${service.url}/healthz/ready`)).status).toBe(503);
});

describe('a manifest that is kept in a blob', () => {
  async function startWith(text: (given: string) => string, failures = 0) {
    const { RELEASE_MANIFEST, ...environment } = environmentOf(manifestOf(), model.url);
    let left = failures;
    const blob = await FakeBackend.start((_request, response) => {
      left -= 1;
      if (left >= 0) {
        return json(response, 403, {});
      }
      response.end(text(RELEASE_MANIFEST!));
    });
    const RELEASE_MANIFEST_URL = `${blob.url}/manifests/${environment.RELEASE_ID}.json`;
    const service = await OrchestratorProcess.start({ ...environment, RELEASE_MANIFEST_URL, ...identity.environment });
    return { blob, service, environment };
  }

  test('is read with the identity until that is allowed, and verified', async () => {
    const { blob, service, environment } = await startWith((given) => given, 1);
    await service.settled();
    const unready = await fetch(`${service.url}/healthz/ready`);
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { error: { code: 'release_unverified', message: 'RELEASE_MANIFEST_URL answered 403' } },
    ]);
    while ((await fetch(`${service.url}/healthz/ready`)).status !== 200) {
      await new Promise((tick) => setTimeout(tick, 50));
    }
    await blob.stop();
    expect(blob.received.map(({ url, headers }) => [url, headers.authorization, headers['x-ms-version']])).toEqual(
      Array.from({ length: 2 }, () => [
        `/manifests/${environment.RELEASE_ID}.json`,
        `Bearer ${MODEL_TOKEN}`,
        '2021-12-02',
      ]),
    );
    expect((await fetch(`${service.url}/chat`, request)).status).toBe(200);
  });

  test('is refused if somebody replaced it', async () => {
    const { blob, service } = await startWith((given) => given.replace('tea', 'gin'));
    await service.settled();
    await blob.stop();
    expect((await fetch(`${service.url}/chat`, request)).status).toBe(503);
  });
});

test('told to end, it writes the answer to its end, takes no other, and leaves', async () => {
  const service = await OrchestratorProcess.start({
    ...environmentOf(manifestOf(), model.url),
    ...identity.environment,
  });
  await service.settled();
  const answer = await fetch(`${service.url}/chat`, streamed);
  const exited = service.terminate();
  const events = await readEvents(answer);
  expect(events.map(({ event }) => event)).toEqual(['delta', 'delta', 'delta', 'done']);
  expect(await exited).toBe(0);
  await expect(fetch(`${service.url}/healthz/live`)).rejects.toThrow('fetch failed');
});

test('its spans name the release and follow the conventions; what was said is not in them', async () => {
  const collector = await FakeTraceCollector.start();
  const config = { maxOutputTokens: 700 };
  const manifest = manifestOf({ models: { chat: { ...manifestOf().models.chat!, config } } });
  const service = await OrchestratorProcess.start({
    ...environmentOf(manifest, model.url),
    ...identity.environment,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'chat',
    OTEL_RESOURCE_ATTRIBUTES: 'release.owner=tea%20room,deployment.environment.name=staging',
  });
  await service.settled();
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await fetch(`${service.url}/chat`, { ...request, headers: { ...request.headers, traceparent } });
  await readEvents(await fetch(`${service.url}/chat`, streamed));
  const busy = (_request: unknown, response: Parameters<typeof json>[0]): void =>
    json(response, 410, { error: { code: 'model_version_retired' } }, { 'x-should-retry': 'false' });
  deployment.behaviour = busy;
  await fetch(`${service.url}/chat`, request);
  deployment.behaviour = undefined;
  await service.terminate();
  await collector.stop();

  const { RELEASE_ID, RELEASE_LABEL } = environmentOf(manifest, model.url);
  const common = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'azure.ai.openai',
    'gen_ai.request.model': DEPLOYMENT,
    'gen_ai.request.max_tokens': 700,
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(model.url).port),
    'release.id': RELEASE_ID,
    'release.label': RELEASE_LABEL,
    'release.orchestration': '1.0.0',
    'release.model': 'gpt-5.1@2025-11-13',
  };
  const answered = { 'gen_ai.response.model': 'gpt-5.1-2025-11-13', 'gen_ai.response.finish_reasons': ['stop'] };
  expect(collector.spans().map(({ name, attributes }) => [name, attributes])).toEqual([
    [
      `chat ${DEPLOYMENT}`,
      {
        ...common,
        ...answered,
        'gen_ai.request.stream': false,
        'gen_ai.response.id': expect.stringContaining('chatcmpl') as string,
        'gen_ai.usage.input_tokens': 3,
        'gen_ai.usage.output_tokens': 4,
      },
    ],
    [
      `chat ${DEPLOYMENT}`,
      expect.objectContaining({ ...common, 'gen_ai.request.stream': true, 'gen_ai.response.id': 'chatcmpl' }),
    ],
    [`chat ${DEPLOYMENT}`, { ...common, 'gen_ai.request.stream': false, 'error.type': 'model_version_retired' }],
  ]);
  expect(collector.spans()[0]!.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  expect(collector.spans().map(({ resource }) => resource)).toEqual(
    Array.from(
      { length: 3 },
      () =>
        expect.objectContaining({
          'service.name': 'chat',
          'release.owner': 'tea room',
          'deployment.environment.name': 'staging',
        }) as unknown,
    ),
  );
  expect(collector.texts.join()).not.toMatch(/questions on tea|hello/);
});
