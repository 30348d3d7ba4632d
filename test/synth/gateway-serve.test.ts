import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import OpenAI, { AzureOpenAI } from 'openai';
import { FakeBackend } from '../emulator/support/fake-backend';
import { handWrittenStack } from '../emulator/synthesised/support/hand-written-stack';
import { AUDIENCE, routedStack } from '../emulator/synthesised/support/routed-stack';
import { GatewayServeCommand, ServedGateway } from './support/gateway-serve-command';

const models: FakeBackend[] = [];
let command: GatewayServeCommand;
let stack: string;

beforeAll(() => {
  command = new GatewayServeCommand();
  stack = command.write('gateway/cdk.tf.json', Testing.synth(routedStack()));
});

afterEach(async () => {
  await command.stop();
  await Promise.all(models.splice(0).map((model) => model.stop()));
});

/** A fake Azure OpenAI that says which path it was asked for. */
async function fakeModel(status = 200): Promise<FakeBackend> {
  const model = await FakeBackend.start((request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ path: request.url }));
  });
  models.push(model);
  return model;
}

/** A call of the v1 surface with the printed token. */
function chat(served: ServedGateway, model: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${served.url}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${served.token}`,
      'x-ai-model': model,
      ...headers,
    },
    body: '{"messages":[]}',
  });
}

async function errorOf(response: Response): Promise<Record<string, unknown>> {
  return ((await response.json()) as { error: Record<string, unknown> }).error;
}

describe('calls', () => {
  test('of the official clients go to the target of the route, with the path of the deployment behind it', async () => {
    const [four, five] = [await fakeModel(), await fakeModel()];
    const served = await command.serve(
      stack,
      '--target',
      `gpt-4o@2024-08-06=${four.url}`,
      '--target',
      `gpt-5.1@2025-11-13=${five.url}/five`,
    );
    const messages = [{ role: 'user' as const, content: 'hello' }];
    const azure = new AzureOpenAI({
      endpoint: served.url,
      apiVersion: '2024-10-21',
      azureADTokenProvider: () => Promise.resolve(served.token),
      defaultHeaders: { 'x-ai-model': 'gpt-4o@2024-08-06' },
    });
    await azure.chat.completions.create({ model: 'gpt-4o', messages });
    const openai = new OpenAI({
      baseURL: `${served.url}/openai/v1`,
      apiKey: served.token,
      defaultHeaders: { 'x-ai-model': 'gpt-5.1@2025-11-13' },
    });
    await openai.chat.completions.create({ model: 'gpt-5.1', messages });
    expect(four.received.map(({ url }) => url)).toEqual([
      '/openai/deployments/gpt-4o-2024-08-06-sweden/chat/completions?api-version=2024-10-21',
    ]);
    expect(five.received.map(({ url }) => url)).toEqual(['/five/openai/v1/chat/completions']);
    expect(JSON.parse(five.received[0]!.body)).toEqual({ model: 'gpt-5.1-2025-11-13-sweden', messages });
    expect(four.received[0]!.headers.authorization).toBe(
      'Bearer emulated-token-for-https://cognitiveservices.azure.com',
    );
  });

  test('go on to the next deployment of the version, and each is one printed line', async () => {
    const [throttled, second] = [await fakeModel(429), await fakeModel()];
    const served = await command.serve(
      stack,
      '--target',
      `gpt-4o@2024-08-06=${second.url}`,
      '--target',
      `gpt-4o-2024-08-06-sweden-v1=${throttled.url}`,
    );
    const response = await chat(served, 'chat-production');
    expect([response.status, response.headers.get('x-ai-deployment')]).toEqual([200, 'gpt-4o-2024-08-06-france']);
    const printed = await served.until(/france-v1 200\n/);
    expect(lastLine(printed)).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} POST \/openai\/v1\/chat\/completions 200 gpt-4o@2024-08-06 via gpt-4o-2024-08-06-sweden-v1 429, gpt-4o-2024-08-06-france-v1 200$/,
    );
  });

  test('without target are answered 501 with the flag that is missing, once', async () => {
    const served = await command.serve(stack);
    const response = await chat(served, 'gpt-4o@2024-08-06');
    expect([response.status, response.headers.get('x-emulator-defect')]).toEqual([501, 'target']);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await errorOf(response)).toMatchObject({
      code: 'no_target',
      message:
        'model-lifecycle gateway serve: backend gpt-4o-2024-08-06-sweden-v1 has no target; give ' +
        '--target gpt-4o@2024-08-06=http://127.0.0.1:PORT or --target gpt-4o-2024-08-06-sweden-v1=http://127.0.0.1:PORT',
    });
  });

  test('for what is no live route are answered by the policy', async () => {
    const served = await command.serve(stack);
    for (const [model, status, code] of [
      ['gpt-9@1', 404, 'model_not_found'],
      ['gpt-4o@2020-01-01', 404, 'model_version_not_found'],
      ['gpt-4@0613', 410, 'model_version_retired'],
      ['gpt-4o', 400, 'invalid_model_header'],
    ] as const) {
      const response = await chat(served, model);
      expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
    }
    const printed = await served.until(/ 400 .*\n/);
    expect(printed.match(/\d{3} - answered by the gateway$/gm)).toEqual([
      '404 - answered by the gateway',
      '404 - answered by the gateway',
      '410 - answered by the gateway',
      '400 - answered by the gateway',
    ]);
  });

  test('with the token for one role may use that route alone', async () => {
    const model = await fakeModel();
    const served = await command.serve(
      stack,
      '--role',
      'Invoke.gpt-5.1',
      '--target',
      `gpt-5.1@2025-11-13=${model.url}`,
    );
    expect((await chat(served, 'gpt-5.1@2025-11-13')).status).toBe(200);
    expect((await chat(served, 'gpt-4o@2024-08-06')).status).toBe(403);
    expect((await chat(served, 'gpt-5.1@2025-11-13', { authorization: 'Bearer x' })).status).toBe(401);
  });
});

describe('what is printed', () => {
  test('at the start: URLs for clients, routes with targets, a token, what the file does not say', async () => {
    const served = await command.serve(stack, '--target', 'gpt-4o@2024-08-06=http://127.0.0.1:9');
    expect(served.printed().replaceAll(served.url, 'URL').replace(served.token, 'TOKEN')).toBe(
      `apim-models listens on URL

  AzureOpenAI  endpoint URL
  OpenAI       baseURL  URL/openai/v1

Routes:
  gpt-4o@2024-08-06   http://127.0.0.1:9 (also chat-production)
  gpt-5.1@2025-11-13  no target
  gpt-4@0613          answered without a model

Bearer token for audience ${AUDIENCE}, roles Invoke.gpt-4o, Invoke.gpt-5.1 (unsigned, for this computer only):
  TOKEN

Taken from elsewhere:
  \${data.azurerm_client_config.client.tenant_id} is known after apply; 'unresolved-data.azurerm_client_config.client.tenant_id' stands for it in azurerm_api_management_api_policy.policy-dated and 3 more

Ctrl-C stops it.
`,
    );
  });

  test('with --quiet: the URL alone, and no key of a query ever', async () => {
    const quiet = await command.serve(stack, '--quiet');
    await chat(quiet, 'gpt-9@1');
    expect(quiet.printed()).toBe(`${quiet.url}\n`);
    const served = await command.serve(stack);
    await fetch(`${served.url}/openai/v1/models?subscription-key=secret`);
    expect(lastLine(await served.until(/GET/))).toMatch(/ GET \/openai\/v1\/models 401 - answered by the gateway$/);
  });

  test('subscription keys, for a gateway that takes them', async () => {
    const keyed = command.write('keyed/cdk.tf.json', Testing.synth(handWrittenStack()));
    const model = await fakeModel();
    const served = await command.serve(keyed, '--target', `main=${model.url}`);
    expect(served.printed()).toContain(
      'Subscription keys, header api-key:\n  local-Team-1 (product gold)\n  local-Team-1-team (product gold)\n',
    );
    const call = (key: string): Promise<Response> =>
      fetch(`${served.url}/openai/chat/completions`, { method: 'POST', headers: { 'api-key': key } });
    expect([(await call('local-Team-1')).status, (await call('wrong')).status]).toEqual([200, 401]);
    expect(model.received[0]!.url).toBe('/openai/deployments/chat/chat/completions');
    expect(model.received[0]!.headers['x-region']).toBe('sweden');
  });
});

describe('a router', () => {
  const platform = join(__dirname, '../../examples/router-and-gateway/expected/chat.tf.json');

  test('gives the user of the token a release, whose target is named by its label', async () => {
    const released = JSON.parse(readFileSync(platform, 'utf8')) as {
      resource: { azurerm_container_app: Record<string, { name: string }> };
    };
    const labels = Object.values(released.resource.azurerm_container_app)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('chat-'));
    const apps = await Promise.all(labels.map(() => fakeModel()));
    const targets = labels.flatMap((label, index) => ['--target', `${label}=${apps[index]!.url}`]);
    const served = await command.serve(platform, ...targets, '--user', 'employee-7');

    expect(served.printed()).toContain(`  Router       URL      ${served.url}/chat\n`);
    expect(served.printed()).toMatch(
      new RegExp(`^  ${labels[0]} +\\d+ %  (?:stable|canary)     ${apps[0]!.url}$`, 'm'),
    );
    const [, token] = /audience api:\/\/chat [^]*?\n {2}(eyJ\S+)$/m.exec(served.printed())!;
    const answer = await fetch(`${served.url}/chat/turns`, { headers: { authorization: `Bearer ${token}` } });
    const label = answer.headers.get('x-release')!;
    expect([answer.status, await answer.json()]).toEqual([200, { path: '/turns' }]);
    expect(apps[labels.indexOf(label)]!.received[0]!.headers['x-user-id']).toBe('employee-7');
  });
});

describe('the end', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 0, open calls included', async (signal) => {
    const silent = await FakeBackend.start(() => undefined);
    models.push(silent);
    const served = await command.serve(stack, '--target', `gpt-5.1@2025-11-13=${silent.url}`);
    const open = chat(served, 'gpt-5.1@2025-11-13').catch(() => 'cut');
    while (silent.received.length === 0) {
      await new Promise((wait) => setTimeout(wait, 5));
    }
    served.child.kill(signal);
    const [code] = (await once(served.child, 'exit')) as [number | null];
    expect([code, await open]).toEqual([0, 'cut']);
  });
});

function lastLine(printed: string): string {
  return printed.trimEnd().split('\n').pop()!;
}
