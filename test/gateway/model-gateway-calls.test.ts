import { Testing } from 'cdktf';
import OpenAI, { AzureOpenAI } from 'openai';
import { DeploymentSku, ModelVersion } from '../../lib/accounts';
import { GatewayBackend } from '../../lib/emulator/gateway-definition';
import { gatewaysOf } from '../../lib/emulator/synthesised';
import { FakeAzureOpenAi, FakeDeployment, json } from './support/fake-azure-openai';
import { accountIn, deploymentOf, gatewayIn, GPT, platformStack } from './support/gateway-stack';
import { callerToken } from './support/routes';
import { runGateway, stopGateways } from './support/running-gateway';

/*
 * What the construct synthesises, read from its JSON and executed: the policies themselves are tested in `policy/`.
 */

const OLDER = ModelVersion.openAi('gpt-5.1', '2025-10-01');
const DEEPSEEK = ModelVersion.of('DeepSeek', 'DeepSeek-R1', '1');
const CALLER = '22222222-3333-4444-5555-666666666666';
const messages = [{ role: 'user' as const, content: 'hello' }];

let inFrance: Record<string, FakeDeployment>;
let accounts: Record<'sweden' | 'france', FakeAzureOpenAi>;
let url: string;

beforeAll(async () => {
  const stack = platformStack(Testing.app());
  const gateway = gatewayIn(stack);
  const [sweden, france] = [accountIn(stack, 'sweden'), accountIn(stack, 'france')];
  const members = [deploymentOf(sweden), deploymentOf(france, GPT, DeploymentSku.globalProvisionedManaged(15))];
  const chat = gateway.addRoute(members[0]!, { failover: [members[1]!] });
  const older = deploymentOf(sweden, OLDER);
  gateway.addRoute(older, { appRole: 'Models.Older' });
  const deepSeek = deploymentOf(sweden, DEEPSEEK);
  gateway.addRoute(deepSeek);
  gateway.addRetiredRoute(ModelVersion.openAi('gpt-4', '0613'), { retiredOn: '2025-06-06', successor: GPT });
  gateway.addAlias('chat-production', chat);
  gateway.grantAccess(CALLER, [chat]);

  const fakes = (deployments: readonly (typeof older)[]): Record<string, FakeDeployment> =>
    Object.fromEntries(
      deployments.map(({ deploymentName, model }) => [deploymentName, { model: model.name, version: model.version }]),
    );
  inFrance = fakes([members[1]!]);
  accounts = {
    sweden: await FakeAzureOpenAi.start('sweden', fakes([members[0]!, older, deepSeek])),
    france: await FakeAzureOpenAi.start('france', inFrance),
  };
  const [{ definition } = { definition: undefined }] = gatewaysOf(JSON.parse(Testing.synth(stack)));
  const backends = new Map(
    [...definition!.backends!].map(([id, backend]): [string, GatewayBackend] => {
      const [, account, path] = /^https:\/\/(\w+)\.openai\.azure\.com(\/.*)$/.exec(backend.url)!;
      return [id, { ...backend, url: accounts[account as 'sweden' | 'france'].url + path }];
    }),
  );
  const { gateway: running } = await runGateway({ ...definition!, backends });
  url = running.url;
});

afterAll(async () => {
  await stopGateways();
  await Promise.all(Object.values(accounts).map((account) => account.stop()));
});

function clients(model: string, claims: Record<string, unknown> = {}) {
  const options = { maxRetries: 0, defaultHeaders: { 'x-ai-model': model } };
  return {
    v1: new OpenAI({ ...options, baseURL: `${url}/openai/v1`, apiKey: callerToken(claims) }),
    dated: new AzureOpenAI({
      ...options,
      endpoint: url,
      apiVersion: '2024-10-21',
      azureADTokenProvider: () => Promise.resolve(callerToken(claims)),
    }),
  };
}

async function refusalOf(
  call: Promise<unknown>,
): Promise<[number | undefined, string | null | undefined, Headers | undefined]> {
  try {
    await call;
  } catch (error) {
    if (error instanceof OpenAI.APIError) {
      return [error.status as number, error.code, error.headers as Headers];
    }
    throw error;
  }
  throw new Error('the call was answered');
}

test.each(['v1', 'dated'] as const)('the provisioned deployment serves first, on %s', async (surface) => {
  const { data, response } = await clients('gpt-5.1@2025-11-13')
    [surface].chat.completions.create({ model: 'gpt-5.1', messages })
    .withResponse();
  expect(data.model).toBe('gpt-5.1-2025-11-13');
  expect(data.choices[0]!.message.content).toBe('france');
  expect(response.headers.get('x-ai-deployment')).toBe('gpt-5.1_2025-11-13_globalprovisionedmanaged');
  expect(response.headers.get('x-ai-model')).toBe('gpt-5.1@2025-11-13');
});

test.each(['v1', 'dated'] as const)('another version is another deployment, on %s', async (surface) => {
  const client = clients('gpt-5.1@2025-10-01', { roles: ['Models.Older'] })[surface];
  const { data, response } = await client.chat.completions.create({ model: 'gpt-5.1', messages }).withResponse();
  expect(data.model).toBe('gpt-5.1-2025-10-01');
  expect(response.headers.get('x-ai-attempts')).toBe('1');
});

test('a form reaches the deployment in the backend of the dated surface', async () => {
  const file = new File(['sound'], 'sound.wav');
  const answer = await clients('gpt-5.1@2025-11-13').v1.audio.transcriptions.create({ file, model: 'gpt-5.1' });
  expect(answer.text).toBe('france');
});

test('models of other formats answer on v1 alone', async () => {
  const { v1, dated } = clients('DeepSeek-R1@1');
  expect((await v1.chat.completions.create({ model: 'DeepSeek-R1', messages })).model).toBe('DeepSeek-R1-1');
  const [status, code] = await refusalOf(dated.chat.completions.create({ model: 'DeepSeek-R1', messages }));
  expect([status, code]).toEqual([404, 'model_not_found']);
});

test('a caller reaches what it was granted and nothing else', async () => {
  const ask = (model: string) =>
    clients(model, { roles: [], azp: CALLER }).v1.chat.completions.create({ model: model.split('@')[0]!, messages });
  expect((await ask('gpt-5.1@2025-11-13')).model).toBe('gpt-5.1-2025-11-13');
  expect((await refusalOf(ask('gpt-5.1@2025-10-01'))).slice(0, 2)).toEqual([403, 'model_not_allowed']);
});

test.each([
  ['gpt-4@0613', 410, 'model_version_retired'],
  ['gpt-5.1@2025-12-31', 404, 'model_version_not_found'],
  ['gpt-6@1', 404, 'model_not_found'],
])('%s is answered %i', async (model, status, code) => {
  const [given, error] = await refusalOf(clients(model).v1.chat.completions.create({ model: 'x', messages }));
  expect([given, error]).toEqual([status, code]);
});

test('the retired version names its day and successor', async () => {
  const [, , headers] = await refusalOf(clients('gpt-4@0613').dated.chat.completions.create({ model: 'x', messages }));
  expect(headers!.get('sunset')).toBe('Fri, 06 Jun 2025 00:00:00 GMT');
  expect(headers!.get('link')).toBe('</openai/v1/models/gpt-5.1@2025-11-13>; rel="successor-version"');
});

test('models are listed with aliases, and one by one', async () => {
  const { v1 } = clients('unused');
  const ids = (await v1.models.list()).data.map(({ id }) => id);
  expect(ids).toEqual(['gpt-5.1@2025-11-13', 'gpt-5.1@2025-10-01', 'DeepSeek-R1@1', 'chat-production']);
  expect(await v1.models.retrieve('chat-production')).toMatchObject({ alias_of: 'gpt-5.1@2025-11-13' });
});

test('a path that is not served is an error that clients can read', async () => {
  expect((await refusalOf(clients('gpt-5.1@2025-11-13').v1.batches.list())).slice(0, 2)).toEqual([404, 'unknown_url']);
});

test('a throttled deployment is left out for a while by its circuit breaker; the other one serves', async () => {
  const throttled = 'gpt-5.1_2025-11-13_globalprovisionedmanaged';
  inFrance[throttled]!.behaviour = (_request, response) =>
    json(response, 429, { error: { code: '429' } }, { 'retry-after': '60' });
  const ask = () =>
    clients('chat-production').v1.chat.completions.create({ model: 'chat-production', messages }).withResponse();
  const before = accounts.france.received.length;
  for (const attempts of ['2', '2']) {
    const { data, response } = await ask();
    expect(data.choices[0]!.message.content).toBe('sweden');
    expect(response.headers.get('x-ai-attempts')).toBe(attempts);
    expect(response.headers.get('x-ai-model-alias')).toBe('chat-production');
  }
  expect(accounts.france.received.length).toBe(before + 1);
});
