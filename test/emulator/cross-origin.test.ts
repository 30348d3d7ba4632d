import { FakeBackend } from './support/fake-backend';
import { gatewayOf, policy, sections, startGateway, stopGateways } from './support/gateway';

const backends: FakeBackend[] = [];

afterEach(async () => {
  await stopGateways();
  await Promise.all(backends.splice(0).map((started) => started.stop()));
});

const ORIGIN = 'https://app.example';

function cors(attributes = '', origins = `<origin>${ORIGIN}/</origin><origin>http://localhost:8080</origin>`): string {
  return `<cors ${attributes}><allowed-origins>${origins}</allowed-origins>
    <allowed-methods preflight-result-max-age="300"><method>POST</method><method>GET</method></allowed-methods>
    <allowed-headers><header>content-type</header><header>X-AI-Model</header></allowed-headers>
    <expose-headers><header>x-served</header></expose-headers></cors>`;
}

/** Status, the headers of CORS that are there, and whether the backend was reached. */
async function answer(
  inbound: string,
  method: string,
  headers: Record<string, string>,
  outer?: string,
): Promise<{ status: number; headers: Record<string, string>; reached: boolean; body: string }> {
  const main = await FakeBackend.start((_request, response) => response.end('ok'));
  backends.push(main);
  const toMain = '<set-backend-service backend-id="main" />';
  const operations = [
    { id: 'chat', method: 'POST', urlTemplate: '/chat' },
    { id: 'list', method: 'GET', urlTemplate: '/chat' },
    { id: 'replace', method: 'PUT', urlTemplate: '/chat' },
  ];
  const global =
    outer === undefined
      ? undefined
      : policy(
          `<policies><inbound>${outer}</inbound><backend><forward-request /></backend><outbound /><on-error /></policies>`,
        );
  const { call } = await startGateway(
    gatewayOf(sections({ inbound: inbound + toMain }), { main: main.url }, { policy: global, api: { operations } }),
  );
  const response = await call('/openai/chat', { method, headers });
  const found = [...response.headers].filter(([name]) => name.startsWith('access-control-'));
  return {
    status: response.status,
    headers: Object.fromEntries(found.map(([name, value]) => [name.replace('access-control-', ''), value])),
    reached: main.received.length > 0,
    body: await response.text(),
  };
}

const preflight = (origin: string, method = 'POST', headers?: string): Record<string, string> => ({
  origin,
  'access-control-request-method': method,
  ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
});

describe('a preflight', () => {
  test('is answered with what is allowed, without reaching the backend', async () => {
    const asked = preflight(ORIGIN, 'POST', 'Content-Type, x-ai-model');
    expect(await answer(cors('allow-credentials="true"'), 'OPTIONS', asked)).toEqual({
      status: 200,
      headers: {
        'allow-origin': ORIGIN,
        'allow-methods': 'POST',
        'allow-headers': 'Content-Type,x-ai-model',
        'allow-credentials': 'true',
        'max-age': '300',
      },
      reached: false,
      body: '',
    });
  });

  test.each([
    ['another origin', preflight('https://evil.example')],
    ['an origin that only begins like one', preflight('https://app.example.evil.example')],
    ['another scheme', preflight('http://app.example')],
    ['another port', preflight('http://localhost:8081')],
    ['no URL', preflight('null')],
    ['another method', preflight(ORIGIN, 'PUT')],
    ['another header', preflight(ORIGIN, 'POST', 'content-type,authorization')],
  ])('from %s is answered with an empty 200 that allows nothing', async (_name, headers) => {
    expect(await answer(cors(), 'OPTIONS', headers)).toEqual({ status: 200, headers: {}, reached: false, body: '' });
  });

  test('for a method without operation is not answered by cors', async () => {
    expect((await answer(cors(), 'OPTIONS', preflight(ORIGIN, 'DELETE'))).status).toBe(404);
  });

  test('without cors in effect is a request like any other', async () => {
    expect((await answer('', 'OPTIONS', preflight(ORIGIN))).status).toBe(404);
    expect((await answer('', 'OPTIONS', preflight(ORIGIN), cors())).status).toBe(404);
  });

  test('is answered by the broader scope where base stands, unless the nearer policy ends it', async () => {
    const wide = cors('', '<origin>https://wide.example</origin>');
    const asked = preflight('https://wide.example');
    expect((await answer('<base />', 'OPTIONS', asked, wide)).headers).toMatchObject({
      'allow-origin': 'https://wide.example',
    });
    expect((await answer(`${cors()}<base />`, 'OPTIONS', asked, wide)).headers).toEqual({});
    const passing = cors('terminate-unmatched-request="false"');
    expect((await answer(`${passing}<base />`, 'OPTIONS', asked, wide)).headers).toMatchObject({
      'allow-origin': 'https://wide.example',
    });
  });

  test('needs no subscription key', async () => {
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: cors() }), {}, { api: { subscriptionRequired: true } }),
    );
    const response = await call('/openai/chat/completions', { method: 'OPTIONS', headers: preflight(ORIGIN) });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN]);
  });
});

describe('a request with an origin', () => {
  test('gets the headers with its answer', async () => {
    expect(await answer(cors(), 'POST', { origin: ORIGIN })).toEqual({
      status: 200,
      headers: { 'allow-origin': ORIGIN, 'expose-headers': 'x-served' },
      reached: true,
      body: 'ok',
    });
  });

  test('gets them with errors, too, and with responses that the policy makes', async () => {
    const refuses = `${cors()}<return-response><set-status code="403" /></return-response>`;
    expect(await answer(refuses, 'POST', { origin: ORIGIN })).toMatchObject({
      status: 403,
      headers: { 'allow-origin': ORIGIN },
    });
    const fails = `${cors()}<set-variable name="a" value="@(((string)null).Length)" />`;
    expect(await answer(fails, 'POST', { origin: ORIGIN })).toMatchObject({
      status: 500,
      headers: { 'allow-origin': ORIGIN },
    });
  });

  test('gets a star where any origin is allowed', async () => {
    const { headers } = await answer(cors('', '<origin>*</origin>'), 'POST', { origin: 'https://any.example' });
    expect(headers['allow-origin']).toBe('*');
  });

  test.each([
    ['GET', '', false, ''],
    ['GET', 'terminate-unmatched-request="false"', true, 'ok'],
    ['POST', '', true, 'ok'],
  ])('%s of another origin with %j reaches the backend: %j', async (method, attributes, reached, body) => {
    expect(await answer(cors(attributes), method, { origin: 'https://evil.example' })).toEqual({
      status: 200,
      headers: {},
      reached,
      body,
    });
  });

  test('and one without are told apart', async () => {
    expect(await answer(cors(), 'GET', {})).toMatchObject({ headers: {}, reached: true });
  });
});
