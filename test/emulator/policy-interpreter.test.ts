import { ServerResponse } from 'node:http';
import { FakeBackend, ReceivedRequest } from './support/fake-backend';
import { FakeClock } from './support/fake-clock';
import { fragment, gatewayOf, policy, sections, SectionTexts, startGateway, stopGateways } from './support/gateway';

const backends: FakeBackend[] = [];

async function backend(answer?: (request: ReceivedRequest, response: ServerResponse) => void): Promise<FakeBackend> {
  const started = await FakeBackend.start(answer ?? ((_request, response) => response.end('ok')));
  backends.push(started);
  return started;
}

afterEach(async () => {
  await stopGateways();
  await Promise.all(backends.splice(0).map((started) => started.stop()));
});

/** What a policy answers that only shows a value. */
async function shown(
  texts: SectionTexts & { readonly value: string },
  init: RequestInit = {},
  path?: string,
): Promise<string> {
  const { value, ...rest } = texts;
  const answer = `<return-response><set-body>${value}</set-body></return-response>`;
  const { call } = await startGateway(gatewayOf(sections({ ...rest, inbound: (texts.inbound ?? '') + answer })));
  return (await call(path, init)).text();
}

describe('set-variable', () => {
  test('a literal is a string, an expression keeps its type', async () => {
    const inbound = '<set-variable name="a" value="0" /><set-variable name="b" value="@(0)" />';
    expect(
      await shown({ inbound, value: '@((context.Variables["a"] is string) + "|" + (context.Variables["b"] is int))' }),
    ).toBe('True|True');
  });

  test('a literal that is cast to int is an error of the expression', async () => {
    const inbound =
      '<set-variable name="a" value="0" /><set-variable name="b" value="@((int)context.Variables["a"] + 1)" />';
    const { call } = await startGateway(
      gatewayOf(
        sections({
          inbound,
          onError: '<set-body>@(context.LastError.Reason + ": " + context.LastError.Message)</set-body>',
        }),
      ),
    );
    const response = await call();
    expect(response.status).toBe(500);
    expect(await response.text()).toBe(
      'ExpressionValueEvaluationFailure: Expression evaluation failed. Specified cast is not valid.',
    );
  });
});

describe('set-header', () => {
  test.each([
    ['override', 'old,older', 'new'],
    ['append', 'old', 'old,new'],
    ['append', undefined, 'new'],
    ['skip', 'old', 'old'],
    ['skip', undefined, 'new'],
    ['delete', 'old', 'none'],
  ])('%s with %s before makes %s', async (action, before, after) => {
    const inbound = `<set-header name="X-Test" exists-action="${action}">${action === 'delete' ? '' : '<value>new</value>'}</set-header>`;
    const headers: Record<string, string> = before === undefined ? {} : { 'x-test': before };
    expect(
      await shown({ inbound, value: '@(context.Request.Headers.GetValueOrDefault("x-test", "none"))' }, { headers }),
    ).toBe(after);
  });

  test('changes the request before the backend and the response after it', async () => {
    const main = await backend((_request, response) => response.setHeader('x-c', 'backend').end());
    const set = (name: string, value: string): string =>
      `<set-header name="${name}" exists-action="override"><value>${value}</value></set-header>`;
    const { call } = await startGateway(
      gatewayOf(
        sections({
          inbound: `<set-backend-service backend-id="main" />${set('x-a', '1')}`,
          backend: `<choose><when condition="@(true)">${set('x-b', '2')}<forward-request /></when></choose>`,
          outbound: set('x-c', '@(context.Response.Headers.GetValueOrDefault("x-c", "") + "!")'),
        }),
        { main: main.url },
      ),
    );
    const response = await call();
    expect(main.received[0]!.headers).toMatchObject({ 'x-a': '1', 'x-b': '2' });
    expect(response.headers.get('x-c')).toBe('backend!');
    expect(response.headers.has('x-a')).toBe(false);
  });

  test('a value with a line break cannot smuggle a header', async () => {
    const inbound =
      '<set-header name="x-a" exists-action="override"><value>@("a" + "\\r\\nx-evil: 1")</value></set-header>';
    const { call } = await startGateway(
      gatewayOf(sections({ inbound, onError: '<set-body>@(context.LastError.Message)</set-body>' })),
    );
    expect(await (await call()).text()).toBe(
      "Expression evaluation failed. the name or value of header 'x-a' holds characters that HTTP does not allow",
    );
  });
});

describe('choose', () => {
  test.each([
    ['a', 'first'],
    ['b', 'second'],
    ['c', 'other'],
  ])('%s takes the %s branch', async (model, branch) => {
    const mark = (value: string): string => `<set-variable name="branch" value="${value}" />`;
    const when = (value: string, name: string): string =>
      `<when condition="@(context.Request.Headers.GetValueOrDefault("x-ai-model", "") == "${value}")">${mark(name)}</when>`;
    const inbound = `<choose>${when('a', 'first')}${when('b', 'second')}${when('a', 'never')}<otherwise>${mark('other')}</otherwise></choose>`;
    expect(
      await shown({ inbound, value: '@((string)context.Variables["branch"])' }, { headers: { 'x-ai-model': model } }),
    ).toBe(branch);
  });
});

describe('URLs', () => {
  const url = '@(context.Request.Url.Path + context.Request.Url.QueryString)';
  test.each([
    ['<rewrite-uri template="/v2/{deployment}" />', '/v2/chat?api-version=1&x=2'],
    ['<rewrite-uri template="/v2/{x}" />', '/v2/2?api-version=1'],
    ['<rewrite-uri template="/v2/{deployment}?y=3" />', '/v2/chat?y=3&api-version=1&x=2'],
    ['<rewrite-uri template="/v2/{deployment}" copy-unmatched-params="false" />', '/v2/chat'],
    ['<rewrite-uri template="@("/v3" + "/x")" />', '/v3/x?api-version=1&x=2'],
    [
      '<set-query-parameter name="api-version" exists-action="skip"><value>9</value></set-query-parameter>',
      '/deployments/chat/chat/completions?api-version=1&x=2',
    ],
    [
      '<set-query-parameter name="api-version" exists-action="override"><value>9</value></set-query-parameter>',
      '/deployments/chat/chat/completions?x=2&api-version=9',
    ],
    [
      '<set-query-parameter name="new" exists-action="skip"><value>9</value></set-query-parameter>',
      '/deployments/chat/chat/completions?api-version=1&x=2&new=9',
    ],
    ['<set-query-parameter name="x" exists-action="delete" />', '/deployments/chat/chat/completions?api-version=1'],
  ])('%s makes %s', async (inbound, expected) => {
    expect(
      await shown({ inbound, value: url }, {}, '/openai/deployments/chat/chat/completions?api-version=1&x=2'),
    ).toBe(expected);
  });

  test('a parameter of the path cannot climb out of the template', async () => {
    const inbound = '<rewrite-uri template="/v2/{deployment}/chat" />';
    expect(await shown({ inbound, value: url }, {}, '/openai/deployments/a%2Fb%3Fc/chat/completions')).toBe(
      '/v2/a/b%3Fc/chat',
    );
  });

  test('set-backend-service with base-url', async () => {
    const main = await backend((request, response) => response.end(request.url));
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: `<set-backend-service base-url="${main.url}/x" />` })),
    );
    expect(await (await call()).text()).toBe('/x/chat/completions');
  });

  test('a backend that an expression makes up is a defect', async () => {
    const { call, answers } = await startGateway(
      gatewayOf(sections({ inbound: '<set-backend-service backend-id="@("no" + "where")" />' }), {
        main: 'http://127.0.0.1:1',
      }),
    );
    expect((await call()).status).toBe(501);
    expect(answers[0]!.defect).toBe("backend 'nowhere' does not exist; known are main");
  });
});

describe('return-response', () => {
  test('ends the pipeline: outbound does not run', async () => {
    const inbound =
      '<return-response><set-status code="404" reason="Not here" /><set-header name="x-a" exists-action="override"><value>1</value></set-header><set-body>@(new JObject(new JProperty("a", 1)).ToString(Formatting.None))</set-body></return-response>';
    const { call } = await startGateway(
      gatewayOf(
        sections({
          inbound,
          outbound: '<set-header name="x-b" exists-action="override"><value>2</value></set-header>',
        }),
      ),
    );
    const response = await call();
    expect([response.status, response.statusText, response.headers.get('x-a'), response.headers.get('x-b')]).toEqual([
      404,
      'Not here',
      '1',
      null,
    ]);
    expect(await response.text()).toBe('{"a":1}');
  });

  test('inside a retry it ends the retrying, too', async () => {
    const retry =
      '<retry condition="@(true)" count="3" interval="0"><return-response><set-status code="418" /></return-response></retry>';
    const { call, answers } = await startGateway(gatewayOf(sections({ backend: retry })));
    expect((await call()).status).toBe(418);
    expect(answers[0]!.trace.filter((entry) => entry.policy === 'return-response')).toHaveLength(1);
  });
});

describe('scopes and fragments', () => {
  test('base runs the broader scope where it stands', async () => {
    const mark = (text: string): string =>
      `<set-variable name="order" value="@(context.Variables.GetValueOrDefault("order", "") + "${text}")" />`;
    const scope = (name: string, end = ''): ReturnType<typeof policy> =>
      sections({ inbound: `${mark(`${name}1 `)}<base />${mark(`${name}2 `)}${end}` });
    const answer = '<return-response><set-body>@((string)context.Variables["order"])</set-body></return-response>';
    const operations = [
      { id: 'chat', method: 'POST', urlTemplate: '/chat/completions', policy: scope('operation', answer) },
    ];
    const { call } = await startGateway(gatewayOf(scope('api'), {}, { policy: scope('global'), api: { operations } }));
    expect(await (await call()).text()).toBe('operation1 api1 global1 global2 api2 operation2 ');
  });

  test('without base the broader scope does not run', async () => {
    const global = sections({ inbound: '<return-response><set-status code="418" /></return-response>' });
    const api = sections({ inbound: '<return-response><set-status code="200" /></return-response>' });
    const { call } = await startGateway(gatewayOf(api, {}, { policy: global }));
    expect((await call()).status).toBe(200);
  });

  test('an API without policy has that of the global scope, which forwards by default', async () => {
    const main = await backend();
    const { call } = await startGateway({
      apis: [
        {
          id: 'a',
          path: '',
          serviceUrl: main.url,
          operations: [{ id: 'all', method: '*', urlTemplate: '/*'.replace('*', '{*rest}') }],
        },
      ],
    });
    expect(await (await call('/x/y', { method: 'PUT' })).text()).toBe('ok');
    expect(main.received[0]).toMatchObject({ method: 'PUT', url: '/x/y' });
  });

  test('include-fragment runs the fragment in the section that includes it', async () => {
    const fragments = new Map([
      [
        'mark',
        fragment('<fragment><set-header name="x-f" exists-action="override"><value>1</value></set-header></fragment>'),
      ],
    ]);
    const inbound =
      '<include-fragment fragment-id="mark" /><return-response><set-body>@(context.Request.Headers.GetValueOrDefault("x-f", "none"))</set-body></return-response>';
    const { call } = await startGateway(gatewayOf(sections({ inbound }), {}, { fragments }));
    expect(await (await call()).text()).toBe('1');
  });

  test('named values are put into text and expressions', async () => {
    const inbound =
      '<set-variable name="a" value="{{region}}" /><return-response><set-body>@((string)context.Variables["a"] + "{{region}}")</set-body></return-response>';
    const { call } = await startGateway(
      gatewayOf(sections({ inbound }), {}, { namedValues: new Map([['region', 'north']]) }),
    );
    expect(await (await call()).text()).toBe('northnorth');
  });
});

describe('retry', () => {
  async function attempts(
    attributes: string,
    statuses: readonly number[],
  ): Promise<{ status: number; attempts: number; waits: readonly number[] }> {
    const clock = new FakeClock(100_000);
    let calls = 0;
    const main = await backend((_request, response) => {
      response.writeHead(statuses[Math.min(calls, statuses.length - 1)]!).end();
      calls += 1;
    });
    const retry = `<retry condition="@(context.Response == null || context.Response.StatusCode == 429)" ${attributes}><forward-request timeout="200" buffer-request-body="true" /></retry>`;
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: '<set-backend-service backend-id="main" />', backend: retry }), { main: main.url }),
      { services: { clock, random: () => 0.5 } },
    );
    const { status } = await call();
    return { status, attempts: calls, waits: clock.scheduled.filter((wait) => wait !== 200_000) };
  }

  test.each([
    ['count="2" interval="1"', [429], 429, 3, [1000, 1000]],
    ['count="2" interval="1"', [429, 200], 200, 2, [1000]],
    ['count="2" interval="1"', [500], 500, 1, []],
    ['count="3" interval="1" first-fast-retry="true"', [429], 429, 4, [1000, 1000]],
    ['count="3" interval="1" delta="2"', [429], 429, 4, [1000, 3000, 5000]],
    ['count="4" interval="10" delta="10" max-interval="35"', [429], 429, 5, [10_000, 20_000, 35_000, 35_000]],
    ['count="1" interval="0"', [429], 429, 2, []],
    ['count="@(1 + 1)" interval="0"', [429], 429, 3, []],
  ])('%s over %j', async (attributes, statuses, status, count, waits) => {
    expect(await attempts(attributes, statuses)).toEqual({ status, attempts: count, waits });
  });
});

describe('access', () => {
  test('the managed identity sets the header or a variable', async () => {
    const main = await backend();
    const asked: string[] = [];
    const tokens = (resource: string, clientId: string | undefined): Promise<string> => {
      asked.push(`${resource} ${clientId ?? '-'}`);
      return Promise.resolve('secret');
    };
    const inbound = `<set-backend-service backend-id="main" />
      <authentication-managed-identity resource="https://cognitiveservices.azure.com" />
      <authentication-managed-identity resource="https://ai.azure.com" client-id="abc" output-token-variable-name="token" />
      <set-header name="x-token" exists-action="override"><value>@((string)context.Variables["token"])</value></set-header>`;
    const { call } = await startGateway(gatewayOf(sections({ inbound }), { main: main.url }), { services: { tokens } });
    await call(undefined, { headers: { authorization: 'Bearer caller' } });
    expect(asked).toEqual(['https://cognitiveservices.azure.com -', 'https://ai.azure.com abc']);
    expect(main.received[0]!.headers).toMatchObject({ authorization: 'Bearer secret', 'x-token': 'secret' });
  });

  test.each([
    ['false', 500],
    ['true', 200],
  ])('a token that is not given, with ignore-error="%s", answers %i', async (ignore, status) => {
    const main = await backend();
    const inbound = `<set-backend-service backend-id="main" /><authentication-managed-identity resource="r" ignore-error="${ignore}" />`;
    const tokens = (): Promise<string> => Promise.reject(new Error('no identity'));
    const { call } = await startGateway(gatewayOf(sections({ inbound }), { main: main.url }), { services: { tokens } });
    expect((await call()).status).toBe(status);
  });

  function token(claims: Record<string, unknown>): string {
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${encoded({ alg: 'none' })}.${encoded(claims)}.signature`;
  }
  const claims = { tid: 'tenant', aud: 'api://gateway', appid: 'app-1', roles: ['chat', 'embed'], exp: 1_767_323_046 };
  const check = `<validate-azure-ad-token tenant-id="tenant" output-token-variable-name="jwt">
      <client-application-ids><application-id>app-1</application-id></client-application-ids>
      <audiences><audience>api://gateway</audience></audiences>
      <required-claims><claim name="roles" match="any"><value>chat</value><value>admin</value></claim></required-claims>
    </validate-azure-ad-token>
    <return-response><set-body>@(string.Join("+", ((Jwt)context.Variables["jwt"]).Claims["roles"]))</set-body></return-response>`;

  test.each([
    ['a good token', token(claims), 200, 'chat+embed'],
    ['none', undefined, 401, 'TokenNotPresent'],
    ['no JWT', 'abc', 401, 'JwtInvalid'],
    ['an expired one', token({ ...claims, exp: 1_767_323_045 }), 401, 'TokenExpired'],
    ['one without expiry', token({ ...claims, exp: undefined }), 401, 'TokenExpired'],
    ['one of another tenant', token({ ...claims, tid: 'other' }), 401, 'TokenIssuerNotAllowed'],
    ['another audience', token({ ...claims, aud: 'api://other' }), 401, 'TokenAudienceNotAllowed'],
    ['another application', token({ ...claims, appid: 'app-2' }), 401, 'TokenClaimValueNotAllowed'],
    ['a missing claim', token({ ...claims, roles: undefined }), 401, 'TokenClaimNotFound'],
    ['a role that is not listed', token({ ...claims, roles: ['embed'] }), 401, 'TokenClaimValueNotAllowed'],
  ])('%s', async (_name, bearer, status, text) => {
    const onError = '<set-body>@(context.LastError.Reason)</set-body>';
    const { call } = await startGateway(gatewayOf(sections({ inbound: check, onError })), {
      services: { clock: new FakeClock() },
    });
    const response = await call(
      undefined,
      bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
    );
    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  test.each([
    [{}, 401, 'SubscriptionKeyNotFound'],
    [{ 'Ocp-Apim-Subscription-Key': 'wrong' }, 401, 'SubscriptionKeyInvalid'],
    [{ 'ocp-apim-subscription-key': 'right' }, 200, 'team-a'],
  ])('subscription key %j answers %i %s', async (headers, status, text) => {
    const { call } = await startGateway(
      gatewayOf(
        sections({
          inbound: '<return-response><set-body>@(context.Subscription.Id)</set-body></return-response>',
          onError: '<set-body>@(context.LastError.Reason)</set-body>',
        }),
        {},
        {
          api: { subscriptionRequired: true },
          subscriptions: [{ id: 'team-a', key: 'right' }],
        },
      ),
    );
    const response = await call(undefined, { headers });
    expect([response.status, await response.text()]).toEqual([status, text]);
  });
});

describe('the cache of values', () => {
  test('keeps a value, with its type, for its duration', async () => {
    const clock = new FakeClock();
    const inbound = `<cache-lookup-value key="k" variable-name="found" default-value="@(-1)" />
      <cache-store-value key="k" value="@((int)context.Variables["found"] + 1)" duration="10" />
      <return-response><set-body>@(((int)context.Variables["found"]).ToString())</set-body></return-response>`;
    const { call } = await startGateway(gatewayOf(sections({ inbound })), { services: { clock } });
    const next = async (): Promise<string> => (await call()).text();
    expect([await next(), await next()]).toEqual(['-1', '0']);
    clock.advance(9_999);
    expect(await next()).toBe('1');
    clock.advance(10_000);
    expect(await next()).toBe('-1');
  });
});

describe('bodies', () => {
  test('a body that is read with preserveContent is sent as well, one that is rewritten is replaced', async () => {
    const main = await backend((request, response) => response.end(request.body));
    const inbound = `<set-backend-service backend-id="main" />
      <set-variable name="model" value="@((string)context.Request.Body.As<JObject>(preserveContent: true)["model"])" />
      <set-header name="x-model" exists-action="override"><value>@((string)context.Variables["model"])</value></set-header>
      <choose><when condition="@((string)context.Variables["model"] == "b")">
        <set-body>@{ var body = context.Request.Body.As<JObject>(true); body["model"] = "c"; return body.ToString(Formatting.None); }</set-body>
      </when></choose>`;
    const { call } = await startGateway(gatewayOf(sections({ inbound }), { main: main.url }));
    expect(await (await call(undefined, { body: '{ "model": "a" }' })).text()).toBe('{ "model": "a" }');
    expect(await (await call(undefined, { body: '{ "model": "b" }' })).text()).toBe('{"model":"c"}');
    expect(main.received.map(({ headers }) => headers['content-length'])).toEqual(['16', '13']);
  });

  test('a body is found behind a local variable, too', async () => {
    const value = '@{ var request = context.Request; return request.Body.As<string>(); }';
    expect(await shown({ value }, { body: 'payload' })).toBe('payload');
  });

  test('a request without body has none', async () => {
    expect(await shown({ value: '@((context.Request.Body == null).ToString())' })).toBe('True');
  });

  test('a malformed body is an error of the expression', async () => {
    const inbound = '<set-variable name="m" value="@((string)context.Request.Body.As<JObject>()["model"])" />';
    const { call } = await startGateway(gatewayOf(sections({ inbound })));
    expect((await call(undefined, { body: '{' })).status).toBe(500);
  });

  test('the response is read in outbound', async () => {
    const main = await backend((_request, response) => response.end('{"model":"gpt-4o-2024-11-20"}'));
    const outbound =
      '<set-header name="x-served" exists-action="override"><value>@((string)context.Response.Body.As<JObject>(preserveContent: true)["model"])</value></set-header>';
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: '<set-backend-service backend-id="main" />', outbound }), { main: main.url }),
    );
    const response = await call();
    expect(response.headers.get('x-served')).toBe('gpt-4o-2024-11-20');
    expect(await response.text()).toBe('{"model":"gpt-4o-2024-11-20"}');
  });
});

test('the trace tells what ran, with metadata', async () => {
  const inbound =
    '<trace source="router" severity="information"><message>@("hello")</message><metadata name="model" value="a@1" /></trace><return-response />';
  const { call, answers } = await startGateway(gatewayOf(sections({ inbound })));
  await call();
  expect(answers[0]).toMatchObject({ status: 200, method: 'POST', path: '/openai/chat/completions' });
  expect(answers[0]!.trace).toEqual([
    { section: 'inbound', scope: 'api', policy: 'trace', detail: 'router: hello model=a@1' },
    { section: 'inbound', scope: 'api', policy: 'return-response', detail: '200' },
  ]);
});

test('an error in on-error answers 500', async () => {
  const fails = '<set-variable name="x" value="@(((string)null).Length)" />';
  const { call } = await startGateway(gatewayOf(sections({ inbound: fails, onError: fails })));
  const response = await call();
  expect([response.status, await response.json()]).toEqual([
    500,
    { statusCode: 500, message: 'Internal server error' },
  ]);
});
