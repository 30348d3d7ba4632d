import { request as httpRequest } from 'node:http';
import { GatewayPolicyOptions } from '../../../lib/gateway/policy/policy-options';
import { RoutingTable } from '../../../lib/gateway/policy/routing-table';
import { FakeAzureOpenAi } from '../support/fake-azure-openai';
import { callerToken, member, policyOptions, route, TENANT, tableOf } from '../support/routes';
import { definitionOf, runGateway, stopGateways } from '../support/running-gateway';

const OLD = 'gpt-4o_2024-08-06_globalstandard';
const NEW = 'gpt-4o_2024-11-20_globalstandard';
const KEY = 'gpt-4o@2024-11-20';
const table = tableOf([
  route('gpt-4o@2024-08-06', [member('north', OLD)], { appRole: 'Models.Old' }),
  route(KEY, [member('north', NEW)]),
]);

let azure: FakeAzureOpenAi;

beforeEach(async () => {
  azure = await FakeAzureOpenAi.start('north', {
    [OLD]: { model: 'gpt-4o', version: '2024-08-06' },
    [NEW]: { model: 'gpt-4o', version: '2024-11-20' },
  });
});

afterEach(async () => {
  await stopGateways();
  await azure.stop();
});

interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly error?: {
    readonly code: string;
    readonly param: string | null;
    readonly message: string;
    readonly type: string;
  };
  readonly body: string;
}

interface RawRequest {
  readonly path?: string;
  readonly method?: string;
  /** Name, value, name, value …: as they go over the wire. */
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly token?: string | null;
}

async function gateway(rows: RoutingTable = table, options: Partial<GatewayPolicyOptions> = {}) {
  const running = await runGateway(definitionOf(rows, () => azure.url, { ...policyOptions, ...options }));
  return (given: RawRequest = {}): Promise<RawAnswer> => send(running.gateway.port, given);
}

function send(port: number, given: RawRequest): Promise<RawAnswer> {
  const { path = '/openai/v1/chat/completions', method = 'POST', token = callerToken() } = given;
  const body = given.body ?? (method === 'POST' ? '{"model":"gpt-4o","messages":[]}' : '');
  const headers = [
    ...(token === null ? [] : ['authorization', `Bearer ${token}`]),
    ...(body === '' ? [] : ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(body))]),
    'host',
    'gateway',
    ...(given.headers ?? ['x-ai-model', KEY]),
  ];
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const parsed = text.startsWith('{') ? (JSON.parse(text) as Pick<RawAnswer, 'error'>) : {};
        resolve({ status: response.statusCode!, headers: response.headers, body: text, error: parsed.error });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('the header', () => {
  const long = `gpt-4o@${'1'.repeat(130)}`;
  const refused: [string, readonly string[], string][] = [
    ['twice, with two versions', ['x-ai-model', KEY, 'x-ai-model', 'gpt-4o@2024-08-06'], 'invalid_model_header'],
    ['twice, with one version', ['x-ai-model', KEY, 'X-AI-Model', KEY], 'invalid_model_header'],
    ['two keys in one value', ['x-ai-model', `${KEY},gpt-4o@2024-08-06`], 'invalid_model_header'],
    ['two keys and a blank', ['x-ai-model', `${KEY}, gpt-4o@2024-08-06`], 'invalid_model_header'],
    ['two versions', ['x-ai-model', 'gpt-4o@2024-08-06@2024-11-20'], 'invalid_model_header'],
    [
      'the version header twice',
      ['x-ai-model', 'gpt-4o', 'x-ai-model-version', '2024-11-20', 'x-ai-model-version', '1'],
      'invalid_model_header',
    ],
    ['a version in both headers', ['x-ai-model', KEY, 'x-ai-model-version', '2024-11-20'], 'invalid_model_header'],
    ['nothing but the version', ['x-ai-model-version', '2024-11-20'], 'missing_model_header'],
    ['an empty value', ['x-ai-model', ''], 'missing_model_header'],
    ['too long', ['x-ai-model', long], 'invalid_model_header'],
    ['letters beyond ASCII', ['x-ai-model', 'gpt-4\u00f6@2024-11-20'], 'invalid_model_header'],
    ['a bar, which divides rows', ['x-ai-model', 'gpt-4o|x@2024-11-20'], 'invalid_model_header'],
    ['C#', ['x-ai-model', '"+context.Variables["row"]+"'], 'invalid_model_header'],
    ['a named value', ['x-ai-model', '{{secret}}'], 'invalid_model_header'],
    ['a path', ['x-ai-model', '../../deployments/x'], 'invalid_model_header'],
    ['other case, which is another name', ['x-ai-model', 'GPT-4o@2024-11-20'], 'model_not_found'],
  ];

  test.each(refused)('%s: refused', async (_case, headers, code) => {
    const call = await gateway();

    const answer = await call({ headers });

    expect(answer.error?.code).toBe(code);
    expect(answer.headers['x-should-retry']).toBe('false');
    expect(azure.received).toEqual([]);
  });

  test('may be written in any case, and as a pair', async () => {
    const call = await gateway();

    expect((await call({ headers: ['X-Ai-MODEL', KEY] })).status).toBe(200);
    expect((await call({ headers: ['x-ai-model', 'gpt-4o', 'X-AI-MODEL-VERSION', '2024-11-20'] })).status).toBe(200);
    expect(azure.served.map(({ key }) => key)).toEqual([KEY, KEY]);
  });
});

describe('the body on the v1 surface', () => {
  const other = 'gpt-4o_2024-08-06_globalstandard';
  const refused: [string, string, string][] = [
    ['another model', `{"model":"${other}"}`, 'model_mismatch'],
    ['no text for a model', '{"model":["gpt-4o"]}', 'invalid_body'],
    ['two models, the second another', `{"model":"gpt-4o","model":"${other}"}`, 'invalid_body'],
    ['two models, the first another', `{"model":"${other}","model":"gpt-4o"}`, 'invalid_body'],
    ['a second model with an escape in its key', `{"model":"gpt-4o","mod\\u0065l":"${other}"}`, 'invalid_body'],
    ['a second model in other case', `{"model":"gpt-4o","Model":"${other}"}`, 'invalid_body'],
    ['only a model in other case', `{"MODEL":"${other}"}`, 'invalid_body'],
    ['an escaped first model', `{"mod\\u0065l":"${other}","model":"gpt-4o"}`, 'invalid_body'],
    ['a first model in quotes of another kind', `{'model':'${other}',"model":"gpt-4o"}`, 'invalid_body'],
    ['a first model between comments', `{/*"*/"model":"${other}",/*"*/"model":"gpt-4o"}`, 'invalid_body'],
    ['a second model that is short', '{"model":"gpt-4o","model":"a"}', 'invalid_body'],
    ['an escape that there is not', '{"model":"\\q"}', 'invalid_body'],
    ['half an escape', '{"model":"\\u12"}', 'invalid_body'],
    ['an object as model', '{"model":{"a":1}}', 'invalid_body'],
    [
      'data sources',
      '{"data_sources":[{"parameters":{"embedding_dependency":{"deployment_name":"x"}}}]}',
      'unsupported_field',
    ],
    ['an agent', '{"agent":{"name":"x"}}', 'unsupported_field'],
    ['a tool with a model of its own', '{"tools":[{"type":"image_generation","model":"x"}]}', 'unsupported_field'],
    ['an array', '["gpt-4o"]', 'invalid_body'],
    ['a text', '"gpt-4o"', 'invalid_body'],
    ['no JSON', 'model=gpt-4o', 'invalid_body'],
    ['half of a JSON', '{"model":"gpt-4o"', 'invalid_body'],
    ['a text that does not end', '{"model":"gpt-4o', 'invalid_body'],
  ];

  test.each(refused)('%s: refused', async (_case, body, code) => {
    const call = await gateway();

    expect((await call({ body })).error?.code).toBe(code);
    expect(azure.received).toEqual([]);
  });

  const kept: [string, string, string][] = [
    ['no model', '{"n":1}', `{"model":"${NEW}","n":1}`],
    ['nothing', '{}', `{"model":"${NEW}"}`],
    ['nothing but blanks', '{ \n }', `{"model":"${NEW}" \n }`],
    [
      'numbers and dates as they were',
      '{"t":1.0,"d":"2024-05-01T00:00:00.000Z","model":"gpt-4o"}',
      `{"t":1.0,"d":"2024-05-01T00:00:00.000Z","model":"${NEW}"}`,
    ],
    ['a model deeper down', '{"tool":{"model":"x"},"model":"gpt-4o"}', `{"tool":{"model":"x"},"model":"${NEW}"}`],
    ['a value that is the word', '{"a":"model","b":"x","model":"gpt-4o"}', `{"a":"model","b":"x","model":"${NEW}"}`],
    [
      'escapes in a text',
      '{"a":"\\"model\\":\\"x\\\\","model":"gpt-4o"}',
      `{"a":"\\"model\\":\\"x\\\\","model":"${NEW}"}`,
    ],
    ['blanks around the colon', '{ "model" :\t"gpt-4o" }', `{ "model" :\t"${NEW}" }`],
  ];

  test.each(kept)('%s: only the model is written', async (_case, body, expected) => {
    const call = await gateway();

    expect((await call({ body })).status).toBe(200);
    expect(azure.received[0]!.body).toBe(expected);
  });

  test('tools of other kinds pass', async () => {
    const call = await gateway();

    expect((await call({ body: '{"tools":[{"type":"function"},{"type":7},"x"]}' })).status).toBe(200);
  });

  test.each(['{"data_sources":[]}', '{"model":{"a":1}}', '{"tools":[{"type":"image_generation"}]}'])(
    'the dated surface refuses %s as well',
    async (body) => {
      const call = await gateway();

      expect((await call({ path: '/openai/chat/completions', body })).status).toBe(400);
      expect(azure.received).toEqual([]);
    },
  );

  test('a form cannot smuggle a body past the check', async () => {
    const call = await gateway();

    const answer = await call({
      body: `{"model":"${other}"}`,
      headers: ['x-ai-model', KEY, 'content-type', 'multipart/form-data; boundary=x'],
    });

    expect(answer.error?.code).toBe('model_mismatch');
  });
});

describe('the path', () => {
  const refused: [string, RawRequest, number, string][] = [
    ['another deployment', { path: `/openai/deployments/${OLD}/chat/completions` }, 400, 'model_mismatch'],
    [
      'another deployment, encoded',
      { path: '/openai/deployments/gpt%2D4o_2024-08-06_globalstandard/chat/completions' },
      400,
      'model_mismatch',
    ],
    [
      'an id with a path in it',
      { path: '/openai/v1/responses/..%2F..%2Fdeployments', method: 'GET' },
      400,
      'invalid_path',
    ],
    ['an id with a query in it', { path: '/openai/v1/responses/x%3Fy', method: 'GET' }, 400, 'invalid_path'],
    ['an operation that there is not', { path: '/openai/v1/files', method: 'GET' }, 404, 'unknown_url'],
    ['an operation that there is not, dated', { path: '/openai/assistants', method: 'GET' }, 404, 'unknown_url'],
  ];

  test.each(refused)('%s: refused', async (_case, given, status, code) => {
    const call = await gateway();

    const answer = await call(given);

    expect([answer.status, answer.error?.code]).toEqual([status, code]);
    expect(azure.received).toEqual([]);
  });

  test('the dated surface takes the deployment from the header alone', async () => {
    const call = await gateway();

    expect((await call({ path: '/openai/chat/completions' })).status).toBe(200);
    expect(azure.received[0]!.url).toBe(`/openai/deployments/${NEW}/chat/completions?api-version=2024-10-21`);
  });

  test('a body may not contradict the header on the dated surface either', async () => {
    const call = await gateway();

    const answer = await call({ path: '/openai/deployments/gpt-4o/chat/completions', body: `{"model":"${OLD}"}` });

    expect([answer.status, answer.error?.code, answer.error?.param]).toEqual([400, 'model_mismatch', 'model']);
  });
});

describe('responses that an account would keep, unless the owner of the gateway allows it', () => {
  const refused: [string, RawRequest, number][] = [
    ['kept by default', { body: '{"input":"x"}' }, 400],
    ['kept on purpose', { body: '{"store":true}' }, 400],
    ['kept by a text that looks like no', { body: '{"store":"False"}' }, 400],
    ['following one that is kept', { body: '{"store":false,"previous_response_id":"resp_1"}' }, 400],
    ['of a conversation', { body: '{"store":false,"conversation":"c"}' }, 400],
    ['read', { path: '/openai/v1/responses/resp_1', method: 'GET' }, 404],
    ['read in part', { path: '/openai/v1/responses/resp_1/input_items', method: 'GET' }, 404],
    ['deleted', { path: '/openai/v1/responses/resp_1', method: 'DELETE' }, 404],
    ['cancelled', { path: '/openai/v1/responses/resp_1/cancel', body: '{}' }, 404],
  ];

  test.each(refused)('%s: refused', async (_case, given, status) => {
    const call = await gateway(table, { storedResponses: false });

    const answer = await call({ path: '/openai/v1/responses', ...given });

    expect([answer.status, answer.error?.code]).toEqual([status, 'responses_not_stored']);
    expect(azure.received).toEqual([]);
  });

  test('one that is not kept passes', async () => {
    const call = await gateway(table, { storedResponses: false });

    expect((await call({ path: '/openai/v1/responses', body: '{"store":false}' })).status).toBe(200);
  });
});

describe('the caller', () => {
  const refused: [string, string | null, number, string][] = [
    ['without a token', null, 401, 'invalid_token'],
    ['with a token that is none', 'abc', 401, 'invalid_token'],
    ['of another tenant', callerToken({ tid: TENANT.replace('1', '9') }), 401, 'invalid_token'],
    ['for another audience', callerToken({ aud: 'api://other' }), 401, 'invalid_token'],
    ['with an expired token', callerToken({ exp: 1 }), 401, 'invalid_token'],
    ['without a role', callerToken({ roles: [] }), 403, 'model_not_allowed'],
    ['without any claim of roles', callerToken({ roles: undefined }), 403, 'model_not_allowed'],
    ['with a role of another route', callerToken({ roles: ['Models.Old'] }), 403, 'model_not_allowed'],
    ['with a role that begins alike', callerToken({ roles: ['Models.InvokeX'] }), 403, 'model_not_allowed'],
  ];

  test.each(refused)('%s: refused', async (_case, token, status, code) => {
    const call = await gateway();

    const answer = await call({ token });

    expect([answer.status, answer.error?.code, answer.headers['x-should-retry']]).toEqual([status, code, 'false']);
    expect(answer.body).not.toContain('north');
    expect(azure.received).toEqual([]);
  });

  const grants: [string, RoutingTable['grants'], number][] = [
    ['to all routes', [{ callerId: 'caller-app' }], 200],
    ['to this route', [{ callerId: 'caller-app', keys: [KEY] }], 200],
    ['to another route', [{ callerId: 'caller-app', keys: ['gpt-4o@2024-08-06'] }], 403],
    ['to another caller', [{ callerId: 'caller' }], 403],
    ['in a second grant', [{ callerId: 'caller' }, { callerId: 'caller-app', keys: ['gpt-4o@2024-08-06', KEY] }], 200],
  ];

  test.each(grants)('without a role but with a grant %s', async (_case, given, status) => {
    const call = await gateway({ ...table, grants: given });

    expect((await call({ token: callerToken({ roles: [] }) })).status).toBe(status);
  });

  test('is known by `appid` in tokens of version 1', async () => {
    const call = await gateway({ ...table, grants: [{ callerId: 'old-app' }] });

    expect((await call({ token: callerToken({ roles: [], azp: undefined, appid: 'old-app' }) })).status).toBe(200);
  });

  test('does not reach the model: headers and query of its own are taken off', async () => {
    const call = await gateway();

    const answer = await call({
      path: '/openai/v1/chat/completions?subscription-key=secret&x=1',
      headers: ['x-ai-model', KEY, 'x-ai-release', 'r1', 'api-key', 'secret', 'Ocp-Apim-Subscription-Key', 'secret'],
    });

    expect(answer.status).toBe(200);
    expect(azure.received[0]!.url).toBe('/openai/v1/chat/completions?x=1');
    expect(JSON.stringify(azure.received[0])).not.toContain('secret');
    expect(azure.received[0]!.headers['x-ms-client-request-id']).toBe(answer.headers['x-request-id']);
  });

  test('may send as much as the gateway takes, and not a byte more', async () => {
    const call = await gateway(table, { maxRequestBytes: 40 });
    const body = (length: number): string => `{"model":"gpt-4o","a":"${'x'.repeat(length - 25)}"}`;

    expect((await call({ body: body(40) })).status).toBe(200);
    expect((await call({ body: body(41) })).error).toMatchObject({ code: 'request_too_large' });
  });
});

describe('subscription keys', () => {
  const calls: [string, string | undefined, string, number, string | undefined][] = [
    ['the right product', 'key-a', KEY, 200, undefined],
    ['the right product on a route that it has not', 'key-a', 'gpt-4o@2024-08-06', 403, 'model_not_allowed'],
    ['another product', 'key-b', KEY, 403, 'model_not_allowed'],
    ['a key that there is not', 'key-c', KEY, 401, 'invalid_api_key'],
    ['no key', undefined, KEY, 401, 'invalid_api_key'],
  ];

  test.each(calls)('%s', async (_case, key, model, status, code) => {
    const granted = { ...table, grants: [{ callerId: 'team-a', keys: [KEY] }] };
    const definition = definitionOf(granted, () => azure.url, { ...policyOptions, access: { kind: 'keys' } });
    const { gateway: running } = await runGateway({
      ...definition,
      apis: definition.apis.map((api) => ({ ...api, subscriptionRequired: true, subscriptionKeyHeader: 'api-key' })),
      subscriptions: ['a', 'b'].map((team) => ({ id: team, key: `key-${team}`, productId: `team-${team}` })),
    });

    const headers = ['x-ai-model', model, ...(key === undefined ? [] : ['api-key', key])];
    const answer = await send(running.port, { token: null, headers });

    expect([answer.status, answer.error?.code]).toEqual([status, code]);
  });
});

test('an empty body names no model and reaches none', async () => {
  const call = await gateway();

  expect((await call({ body: '' })).status).toBe(400);
  expect(azure.served).toEqual([]);
});
