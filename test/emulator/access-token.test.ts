import { FakeClock } from './support/fake-clock';
import { gatewayOf, sections, startGateway, stopGateways } from './support/gateway';

afterEach(stopGateways);

function token(claims: Record<string, unknown>): string {
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encoded({ alg: 'none' })}.${encoded(claims)}.signature`;
}

const CLAIMS = {
  tid: 'tenant',
  aud: 'api://gateway',
  azp: 'app-1',
  sub: 'user-1',
  roles: ['Model.gpt-4o', 'Model.embed'],
  scp: 'read write',
  exp: 1_767_323_046,
};

const REPORT =
  '<set-body>@(context.LastError.Source + "|" + context.LastError.Reason + "|" + context.LastError.Message + "|" + context.Response.StatusCode)</set-body>';

interface Check {
  readonly attributes?: string;
  readonly parts?: string;
  readonly show?: string;
  readonly onError?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

async function check(given: Check): Promise<[number, string]> {
  const { attributes = '', parts = '', show = '@("passed")', onError = REPORT } = given;
  const inbound = `<validate-azure-ad-token tenant-id="tenant" output-token-variable-name="caller" ${attributes}>${parts}</validate-azure-ad-token>
    <return-response><set-body>${show}</set-body></return-response>`;
  const { call } = await startGateway(gatewayOf(sections({ inbound, onError })), {
    services: { clock: new FakeClock() },
  });
  const headers = given.headers ?? { authorization: `Bearer ${token(CLAIMS)}` };
  const response = await call(given.path, { headers });
  return [response.status, await response.text()];
}

const claim = (attributes: string, ...values: string[]): string =>
  `<required-claims><claim ${attributes}>${values.map((value) => `<value>${value}</value>`).join('')}</claim></required-claims>`;

describe('required claims', () => {
  const refused = (name: string, value: string): [number, string] => [
    401,
    `validate-azure-ad-token|TokenClaimValueNotAllowed|Claim ${name} value of ${value} is not allowed. Access denied.|401`,
  ];
  const passed: [number, string] = [200, 'passed'];
  const roles = 'Model.gpt-4o,Model.embed';

  test.each([
    ['any of which one is there', claim('name="roles" match="any"', 'Model.gpt-4o', 'Model.none'), passed],
    [
      'any of which none is there',
      claim('name="roles" match="any"', 'Model.gpt-4', 'Model.none'),
      refused('roles', roles),
    ],
    ['all, which are there', claim('name="roles" match="all"', 'Model.gpt-4o', 'Model.embed'), passed],
    [
      'all, of which one is missing',
      claim('name="roles" match="all"', 'Model.gpt-4o', 'Model.none'),
      refused('roles', roles),
    ],
    ['all by default', claim('name="roles"', 'Model.gpt-4o', 'Model.none'), refused('roles', roles)],
    ['values in other capitals', claim('name="roles"', 'model.gpt-4o'), refused('roles', roles)],
    ['a text of several with separator', claim('name="scp" match="all" separator=" "', 'write', 'read'), passed],
    ['a text of several without separator', claim('name="scp" match="any"', 'write'), refused('scp', 'read write')],
    ['a claim alone', claim('name="sub"'), passed],
    [
      'a claim that is missing',
      claim('name="groups"', 'a'),
      [
        401,
        'validate-azure-ad-token|TokenClaimNotFound|JWT token is missing the following claims: groups. Access denied.|401',
      ],
    ],
    [
      'two claims of which one fails',
      claim('name="sub"', 'user-1').replace(
        '</required-claims>',
        '<claim name="azp"><value>b</value></claim></required-claims>',
      ),
      refused('azp', 'app-1'),
    ],
  ] as [string, string, [number, string]][])('%s', async (_name, parts, expected) => {
    expect(await check({ parts })).toEqual(expected);
  });
});

describe('applications and audiences', () => {
  test.each([
    [
      '<client-application-ids><application-id>app-0</application-id><application-id>app-1</application-id></client-application-ids>',
      200,
    ],
    ['<client-application-ids><application-id>app-0</application-id></client-application-ids>', 401],
    ['<audiences><audience>@("api://" + "gateway")</audience></audiences>', 200],
    ['<audiences><audience>api://gateway/</audience></audiences>', 401],
    ['<backend-application-ids><application-id>api://gateway</application-id></backend-application-ids>', 200],
    ['<backend-application-ids><application-id>app-1</application-id></backend-application-ids>', 401],
  ])('%s answers %i', async (parts, status) => {
    expect((await check({ parts }))[0]).toBe(status);
  });
});

describe('where the token stands', () => {
  const good = token(CLAIMS);
  const none: [number, string] = [401, 'validate-azure-ad-token|TokenNotPresent|JWT not present.|401'];
  const passed: [number, string] = [200, 'passed'];
  test.each([
    ['Authorization', {}, passed],
    ['Authorization without scheme', { headers: { authorization: good } }, passed],
    ['another scheme', { headers: { authorization: `Basic ${good}` } }, none],
    [
      'without the scheme that is required',
      { attributes: 'require-scheme="Bearer"', headers: { authorization: good } },
      none,
    ],
    [
      'with the scheme that is required',
      { attributes: 'require-scheme="DPoP"', headers: { authorization: `dpop ${good}` } },
      passed,
    ],
    ['another header', { attributes: 'header-name="x-token"', headers: { 'x-token': good } }, passed],
    ['another header that is missing', { attributes: 'header-name="x-token"' }, none],
    [
      'the query',
      { attributes: 'query-parameter-name="t"', path: `/openai/chat/completions?t=${good}`, headers: {} },
      passed,
    ],
    [
      'an expression',
      {
        attributes: 'token-value="@(context.Request.Headers.GetValueOrDefault(&quot;x-t&quot;, &quot;&quot;))"',
        headers: { 'x-t': good },
      },
      passed,
    ],
    ['two tokens', { headers: { authorization: `Bearer ${good},Bearer ${good}` } }, none],
    ['nothing', { headers: {} }, none],
  ] as [string, Check, [number, string]][])('%s', async (_name, given, expected) => {
    expect(await check(given)).toEqual(expected);
  });
});

describe('what a refusal answers', () => {
  test('is the status and message of the policy', async () => {
    const attributes = 'failed-validation-httpcode="403" failed-validation-error-message="Ask for access."';
    expect(await check({ attributes, headers: {}, onError: '' })).toEqual([
      403,
      '{"statusCode":403,"message":"Ask for access."}',
    ]);
    expect(await check({ attributes, headers: {} })).toEqual([
      403,
      'validate-azure-ad-token|TokenNotPresent|Ask for access.|403',
    ]);
  });

  test('on-error may make another of it', async () => {
    const onError = `<choose><when condition="@(context.LastError.Source == "validate-azure-ad-token")"><return-response>
      <set-status code="401" reason="Unauthorized" /><set-body>@(context.LastError.Reason)</set-body></return-response></when></choose>`;
    expect(await check({ headers: {}, onError })).toEqual([401, 'TokenNotPresent']);
  });
});

describe('a token that passed', () => {
  const caller = '((Jwt)context.Variables["caller"])';
  test.each([
    [`${caller}.Claims.ContainsKey("roles") && ${caller}.Claims["roles"].Contains("Model.gpt-4o")`, 'True'],
    [`${caller}.Claims["roles"].Contains("Model.gpt-4")`, 'False'],
    // One text with commas: a part of a role is found in it, too.
    [`${caller}.Claims.GetValueOrDefault("roles", "").Contains("Model.gpt-4")`, 'True'],
    [`${caller}.Claims.GetValueOrDefault("roles", "")`, 'Model.gpt-4o,Model.embed'],
    [`${caller}.Claims.GetValueOrDefault("groups", "none")`, 'none'],
    [`${caller}.Subject + string.Join("", ${caller}.Audiences)`, 'user-1api://gateway'],
    [`${caller}.ExpirationTime.ToString()`, '01/02/2026 03:04:06'],
  ])('%s is %s', async (expression, value) => {
    expect(await check({ show: `@((${expression}).ToString())` })).toEqual([200, value]);
  });

  test('has no default of another type than text', async () => {
    const [status, body] = await check({
      show: `@(${caller}.Claims.GetValueOrDefault("roles", new string[0]).Contains("a").ToString())`,
    });
    expect(status).toBe(501);
    expect(body).toContain('argument 2 of IReadOnlyDictionary.GetValueOrDefault is of type String[], not string');
  });
});
