import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import OpenAI, { AzureOpenAI } from 'openai';
import { EmulatedGateway } from '../../lib/emulator';
import { gatewaysOf, targetTransport, withTargets } from '../../lib/emulator/synthesised';
import { FakeAzureOpenAi, json } from '../gateway/support/fake-azure-openai';
import { callerToken } from '../gateway/support/routes';

const EXAMPLE = resolve(__dirname, '../../examples/gateway/expected/gateway.tf.json');
const STABLE = 'gpt-5.1@2025-11-13';
const CANDIDATE = 'gpt-5.6-sol@2026-07-09';
const RESERVED = 'gpt-5.1_2025-11-13_datazoneprovisionedmanaged';
const SPILL_OVER = 'gpt-5.1_2025-11-13_datazonestandard';

let sweden: FakeAzureOpenAi;
let france: FakeAzureOpenAi;
let gateway: EmulatedGateway;
/** Deployments of Sweden that have no capacity. */
const busy = new Set<string>();

beforeAll(async () => {
  const unlessBusy = (model: string, version: string, name: string) => ({
    model,
    version,
    behaviour: (_request: unknown, response: Parameters<typeof json>[0]) =>
      busy.has(name)
        ? json(response, 429, { error: { code: '429', message: 'busy' } }, { 'retry-after': '33' })
        : json(response, 200, { id: name, model: `${model}-${version}`, choices: [], account: 'sweden' }),
  });
  sweden = await FakeAzureOpenAi.start('sweden', {
    [RESERVED]: unlessBusy('gpt-5.1', '2025-11-13', RESERVED),
    [SPILL_OVER]: unlessBusy('gpt-5.1', '2025-11-13', SPILL_OVER),
    'gpt-5_2025-08-07_globalstandard': { model: 'gpt-5', version: '2025-08-07' },
  });
  france = await FakeAzureOpenAi.start('france', {
    [SPILL_OVER]: unlessBusy('gpt-5.1', '2025-11-13', `france/${SPILL_OVER}`),
    'gpt-5.6-sol_2026-07-09_globalstandard': { model: 'gpt-5.6-sol', version: '2026-07-09' },
  });
  const [synthesised] = gatewaysOf(JSON.parse(readFileSync(EXAMPLE, 'utf8')));
  const { definition } = synthesised!;
  const targeted = withTargets(
    definition,
    [...definition.backends!].map(([name, { url }]) => ({
      name,
      url: new URL(url.includes('swedencentral') ? sweden.url : france.url),
    })),
  );
  gateway = await EmulatedGateway.start(targeted.definition, {
    services: {
      transport: targetTransport(targeted),
      verifyToken: () =>
        Promise.resolve({
          claims: new Map([
            ['aud', ['api://model-gateway']],
            ['roles', ['Models.Invoke']],
            ['azp', ['app']],
          ]),
        }),
    },
  });
});

afterAll(async () => {
  await Promise.all([gateway.stop(), sweden.stop(), france.stop()]);
});

beforeEach(() => busy.clear());

const messages = [{ role: 'user' as const, content: 'hello' }];

const openAi = (model: string): OpenAI =>
  new OpenAI({
    baseURL: `${gateway.url}/openai/v1`,
    apiKey: callerToken(),
    maxRetries: 0,
    defaultHeaders: { 'x-ai-model': model },
  });

describe('the synthesised example', () => {
  test.each([
    [STABLE, 'gpt-5.1-2025-11-13'],
    ['chat-production', 'gpt-5.1-2025-11-13'],
    [CANDIDATE, 'gpt-5.6-sol-2026-07-09'],
    ['gpt-5@2025-08-07', 'gpt-5-2025-08-07'],
  ])('serves %s with both clients', async (key, model) => {
    const azure = new AzureOpenAI({
      endpoint: gateway.url,
      apiVersion: '2024-10-21',
      azureADTokenProvider: () => Promise.resolve(callerToken()),
      defaultHeaders: { 'x-ai-model': key },
    });

    expect((await openAi(key).chat.completions.create({ model: key, messages })).model).toBe(model);
    expect((await azure.chat.completions.create({ model: key, messages })).model).toBe(model);
  });

  test('takes provisioned throughput first, then the same region, then the other one', async () => {
    const served = async (): Promise<string | null> =>
      (
        await openAi(STABLE).chat.completions.create({ model: 'gpt-5.1', messages }).withResponse()
      ).response.headers.get('x-ai-attempts');

    expect(await served()).toBe('1');
    busy.add(RESERVED);
    expect(await served()).toBe('2');
    busy.add(SPILL_OVER);
    expect(await served()).toBe('3');
  });

  test.each([
    ['gpt-5.1@2031-01-01', 404, 'model_version_not_found'],
    ['gpt-9@1', 404, 'model_not_found'],
    ['o4-mini@2025-04-16', 410, 'model_version_retired'],
  ])('answers %s with %i %s', async (key, status, code) => {
    await expect(openAi(key).chat.completions.create({ model: '', messages })).rejects.toMatchObject({ status, code });
  });

  test('tells callers of the retiring version when it ends and what follows', async () => {
    const { response } = await openAi('gpt-5@2025-08-07')
      .chat.completions.create({ model: 'gpt-5', messages })
      .withResponse();

    expect(response.headers.get('sunset')).toBe('Tue, 09 Feb 2027 00:00:00 GMT');
    expect(response.headers.get('link')).toBe(`</openai/v1/models/${STABLE}>; rel="successor-version"`);
  });

  test('answers 429 with the earliest time once every deployment is busy', async () => {
    [RESERVED, SPILL_OVER, `france/${SPILL_OVER}`].forEach((name) => busy.add(name));

    const failure = openAi(STABLE).chat.completions.create({ model: 'gpt-5.1', messages });

    await expect(failure).rejects.toMatchObject({ status: 429, code: 'model_capacity_exhausted' });
    await failure.catch((error: InstanceType<typeof OpenAI.APIError>) =>
      expect(Number(error.headers!.get('retry-after'))).toBeGreaterThan(25),
    );
  });
});
