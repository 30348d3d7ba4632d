import OpenAI, { AzureOpenAI } from 'openai';
import { FakeAzureOpenAi, FakeDeployment } from '../support/fake-azure-openai';
import { callerToken, member, route, tableOf } from '../support/routes';
import { definitionOf, runGateway, stopGateways } from '../support/running-gateway';
import { StepwiseStream } from '../support/stepwise-stream';

const OLD = 'gpt-4o_2024-08-06_globalstandard';
const NEW = 'gpt-4o_2024-11-20_globalstandard';
const EMBEDDINGS = 'text-embedding-3-large_1_globalstandard';

const table = tableOf(
  [
    route('gpt-4o@2024-08-06', [member('north', OLD)], {
      deprecatedOn: '2026-04-14',
      retiresOn: '2027-04-14',
      successor: 'gpt-4o@2024-11-20',
    }),
    route('gpt-4o@2024-11-20', [member('north', NEW), member('south', NEW, { tier: 1 })]),
    route('text-embedding-3-large@1', [member('south', EMBEDDINGS)]),
    route('whisper@001', [member('north', 'whisper_001_standard')]),
  ],
  {
    retired: [{ key: 'gpt-4@0613', retiredOn: '2025-06-06', successor: 'gpt-4o@2024-11-20' }],
    aliases: [{ name: 'chat-production', key: 'gpt-4o@2024-11-20' }],
  },
);

let inNorth: Record<string, FakeDeployment>;
let north: FakeAzureOpenAi;
let south: FakeAzureOpenAi;
let url: string;

beforeEach(async () => {
  inNorth = {
    [OLD]: { model: 'gpt-4o', version: '2024-08-06' },
    [NEW]: { model: 'gpt-4o', version: '2024-11-20' },
    whisper_001_standard: { model: 'whisper', version: '001' },
  };
  north = await FakeAzureOpenAi.start('north', inNorth);
  south = await FakeAzureOpenAi.start('south', {
    [NEW]: { model: 'gpt-4o', version: '2024-11-20' },
    [EMBEDDINGS]: { model: 'text-embedding-3-large', version: '1' },
  });
  const running = await runGateway(definitionOf(table, (account) => (account === 'north' ? north.url : south.url)));
  url = running.gateway.url;
});

afterEach(async () => {
  await stopGateways();
  await Promise.all([north.stop(), south.stop()]);
});

/** The client of the v1 surface, as its documentation sets it up. */
function openAi(model?: string, headers: Record<string, string> = {}): OpenAI {
  return new OpenAI({
    baseURL: `${url}/openai/v1`,
    apiKey: callerToken(),
    maxRetries: 0,
    defaultHeaders: { ...(model !== undefined && { 'x-ai-model': model }), ...headers },
  });
}

/** The client of the dated surface. */
function azureOpenAi(model: string): AzureOpenAI {
  return new AzureOpenAI({
    endpoint: url,
    apiVersion: '2024-10-21',
    azureADTokenProvider: () => Promise.resolve(callerToken()),
    maxRetries: 0,
    defaultHeaders: { 'x-ai-model': model },
  });
}

const messages = [{ role: 'user' as const, content: 'hello' }];

describe('the client OpenAI on the v1 surface', () => {
  test.each(['gpt-4o@2024-08-06', 'gpt-4o@2024-11-20'])('reaches %s and no other version', async (key) => {
    const { data, response } = await openAi(key).chat.completions.create({ model: 'gpt-4o', messages }).withResponse();

    expect(data.model).toBe(key.replace('@', '-'));
    expect(response.headers.get('x-ai-model')).toBe(key);
    expect(response.headers.get('x-ai-attempts')).toBe('1');
    expect(response.headers.get('x-ai-model-alias')).toBeNull();
  });

  test('reaches a route by its alias, and is told so', async () => {
    const { data, response } = await openAi('chat-production')
      .chat.completions.create({ model: 'chat-production', messages })
      .withResponse();

    expect(data.model).toBe('gpt-4o-2024-11-20');
    expect(response.headers.get('x-ai-model')).toBe('gpt-4o@2024-11-20');
    expect(response.headers.get('x-ai-model-alias')).toBe('chat-production');
  });

  test('says when a version goes and what follows it', async () => {
    const { response } = await openAi('gpt-4o@2024-08-06')
      .chat.completions.create({ model: 'gpt-4o', messages })
      .withResponse();

    expect(response.headers.get('deprecation')).toBe('@1776124800');
    expect(response.headers.get('sunset')).toBe('Wed, 14 Apr 2027 00:00:00 GMT');
    expect(response.headers.get('link')).toBe('</openai/v1/models/gpt-4o@2024-11-20>; rel="successor-version"');
  });

  test('streams chunk by chunk', async () => {
    const words = ['one', 'two', 'three'];
    const stepwise = new StepwiseStream('gpt-4o-2024-11-20', words);
    inNorth[NEW]!.behaviour = stepwise.behaviour;
    const received: string[] = [];
    const stream = await openAi('gpt-4o@2024-11-20').chat.completions.create({
      model: 'gpt-4o',
      messages,
      stream: true,
    });
    for await (const chunk of stream) {
      received.push(chunk.choices[0]!.delta.content!);
      stepwise.writeNext();
    }

    expect(received).toEqual(words);
  });

  test('embeds, and changes nothing but the model in the body', async () => {
    await openAi('text-embedding-3-large@1').embeddings.create({
      model: 'text-embedding-3-large',
      input: '2024-05-01T00:00:00.000Z',
      encoding_format: 'float',
    });

    expect(south.received[0]!.body).toBe(
      `{"model":"${EMBEDDINGS}","input":"2024-05-01T00:00:00.000Z","encoding_format":"float"}`,
    );
  });

  test('transcribes a file, at the backend that names the deployment', async () => {
    const answer = await openAi('whisper@001').audio.transcriptions.create({
      model: 'whisper',
      file: new File([new Uint8Array([0, 255, 13, 10])], 'speech.wav'),
    });

    expect(answer.text).toBe('north');
    expect(north.received[0]!.url).toBe(
      '/openai/deployments/whisper_001_standard/audio/transcriptions?api-version=2024-10-21',
    );
  });

  test('finds a stored response again in the account that made it', async () => {
    const client = openAi('gpt-4o@2024-11-20');
    const first = await client.responses.create({ model: 'gpt-4o', input: 'hello' });
    const second = await client.responses.create({ model: 'gpt-4o', input: 'and?', previous_response_id: first.id });
    const found = await client.responses.retrieve(first.id);

    expect(first.id).toContain('north');
    expect(second.model).toBe('gpt-4o-2024-11-20');
    expect(found.model).toBe('gpt-4o-2024-11-20');
  });

  test('lists the models, with stage, retirement and successor', async () => {
    const list = await openAi('').models.list();

    expect(list.data.map(({ id }) => id)).toEqual([
      'gpt-4o@2024-08-06',
      'gpt-4o@2024-11-20',
      'text-embedding-3-large@1',
      'whisper@001',
      'chat-production',
    ]);
    expect(list.data[0]).toEqual({
      id: 'gpt-4o@2024-08-06',
      object: 'model',
      created: 1722902400,
      owned_by: 'azure',
      lifecycle: { deprecated_on: '2026-04-14', retires_on: '2027-04-14', successor: 'gpt-4o@2024-11-20' },
    });
  });

  test('finds one model by its key', async () => {
    expect((await openAi().models.retrieve('chat-production')).id).toBe('chat-production');
    await expect(openAi().models.retrieve('gpt-9')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });
});

describe('the client AzureOpenAI on the dated surface', () => {
  test.each(['gpt-4o', 'gpt-4o@2024-08-06', OLD])(
    'reaches the version of the header, asked for as %s',
    async (model) => {
      const { data, response } = await azureOpenAi('gpt-4o@2024-08-06')
        .chat.completions.create({ model, messages })
        .withResponse();

      expect(data.model).toBe('gpt-4o-2024-08-06');
      expect(response.headers.get('x-ai-deployment')).toBe(OLD);
    },
  );

  test('is refused when the path names another model than the header', async () => {
    await expect(
      azureOpenAi('gpt-4o@2024-08-06').chat.completions.create({ model: NEW, messages }),
    ).rejects.toMatchObject({ status: 400, code: 'model_mismatch', param: 'deployment' });
    expect(north.served).toEqual([]);
  });
});

describe('errors', () => {
  const refusals: readonly [string, string | undefined, number, string, string][] = [
    [
      'no header',
      undefined,
      400,
      'missing_model_header',
      'send the header x-ai-model: name@version; GET /models lists what there is',
    ],
    [
      'a name without version',
      'gpt-4o',
      400,
      'invalid_model_header',
      'gpt-4o names no version and is no alias; write name@version',
    ],
    [
      'an unknown model',
      'gpt-9@1',
      404,
      'model_not_found',
      'gpt-9 is no model of this gateway; GET /models lists them',
    ],
    [
      'an unknown version',
      'gpt-4o@2031-01-01',
      404,
      'model_version_not_found',
      'gpt-4o@2031-01-01 is no version of this gateway; it has 2024-08-06, 2024-11-20',
    ],
    [
      'a retired version',
      'gpt-4@0613',
      410,
      'model_version_retired',
      'gpt-4@0613 is retired and not served any more; its successor is gpt-4o@2024-11-20',
    ],
  ];

  test.each(refusals)('%s', async (_case, model, status, code, message) => {
    const failure = openAi(model).chat.completions.create({ model: 'gpt-4o', messages });

    await expect(failure).rejects.toMatchObject({ status, code, error: { message } });
    await failure.catch((error: InstanceType<typeof OpenAI.APIError>) => {
      expect(error.headers!.get('x-should-retry')).toBe('false');
      if (status === 410) {
        expect(error.headers!.get('sunset')).toBe('Fri, 06 Jun 2025 00:00:00 GMT');
        expect(error.headers!.get('link')).toContain('gpt-4o@2024-11-20');
      }
    });
    expect([...north.received, ...south.received]).toEqual([]);
  });
});
