import { parseFragment, parsePolicy } from '../../lib/policy/parse-policy';
import { PolicyNode } from '../../lib/policy/policy-document';
import { policySize } from '../../lib/policy/policy-limits';
import { PolicyCheckOptions, policyProblems } from '../../lib/policy/policy-problems';
import { expression } from '../../lib/policy/policy-value';
import { serialisePolicy } from '../../lib/policy/serialise-policy';
import { policy } from './documents';

function problems(sections: Partial<Record<string, string>>, options?: PolicyCheckOptions): string[] {
  const text = { backend: '<base />', ...sections };
  const body = Object.entries(text).map(([name, content]) => `<${name}>${content}</${name}>`);
  const reading = parsePolicy(`<policies>${body.join('')}</policies>`);
  return 'problems' in reading ? reading.problems.slice() : policyProblems(reading.document, options);
}

const inbound = (text: string, options?: PolicyCheckOptions) => problems({ inbound: text }, options);

describe('a sound gateway policy', () => {
  test('has no problem', () => {
    const sound = {
      inbound: `<base /><validate-azure-ad-token tenant-id="t"><audiences><audience>a</audience></audiences></validate-azure-ad-token>
        <set-variable name="route" value="@(context.Request.Headers.GetValueOrDefault("x-ai-model", ""))" />
        <set-variable name="attempt" value="@(0)" />
        <authentication-managed-identity resource="https://cognitiveservices.azure.com" />
        <llm-token-limit counter-key="@(context.Subscription.Id)" tokens-per-minute="1000" estimate-prompt-tokens="true" />
        <choose><when condition="@(context.Variables.GetValueOrDefault<string>("route") == "")">
          <return-response><set-status code="400" reason="Bad Request" /><set-header name="A"><value>b</value></set-header>
          <set-body>@("{}")</set-body></return-response></when></choose>`,
      backend: `<retry condition="@(context.Response == null || context.Response.StatusCode == 429)" count="2" interval="0" first-fast-retry="true">
        <choose><when condition="@((int)context.Variables["attempt"] == 0)"><set-backend-service backend-id="one" /></when>
        <otherwise><set-backend-service backend-id="two" /></otherwise></choose>
        <set-variable name="attempt" value="@((int)context.Variables["attempt"] + 1)" />
        <forward-request timeout="120" buffer-request-body="true" buffer-response="false" /></retry>`,
      outbound: '<base />',
      'on-error':
        '<base /><set-header name="x-attempts"><value>@(context.Variables.GetValueOrDefault<int>("attempt").ToString())</value></set-header>',
    };
    expect(problems(sound, { tier: 'classic', backendIds: ['one', 'two'], fragmentIds: [] })).toEqual([]);
  });
});

describe('cross-origin requests', () => {
  const cors = (origins: string, attributes = ''): string =>
    `<cors ${attributes}><allowed-origins>${origins}</allowed-origins><allowed-methods preflight-result-max-age="300"><method>GET</method></allowed-methods></cors>`;

  test.each([
    [cors('<origin>https://a.example</origin><origin>https://b.example</origin>', 'allow-credentials="true"'), []],
    [cors('<origin>*</origin>'), []],
    [cors(''), ['inbound/cors[0] allows no origin; name one in <allowed-origins>']],
    [
      cors('<origin>*</origin><origin>https://a.example</origin>'),
      ["inbound/cors[0] allows '*' and other origins; keep one of both"],
    ],
    [
      cors('<origin>*</origin>', 'allow-credentials="true"'),
      ["inbound/cors[0] allows credentials to '*', which browsers refuse; name the origins"],
    ],
    [
      cors('<origin>*</origin>').replace('300', 'soon'),
      ["inbound/cors[0]: preflight-result-max-age is 'soon'; write a whole number from 0 to 2147483647"],
    ],
    [
      cors('<origin>*</origin>', 'allow-all="true"'),
      [
        'inbound/cors[0] has the attribute allow-all, which is not among allow-credentials, terminate-unmatched-request, id',
      ],
    ],
  ])('%s', (text, expected) => {
    expect(inbound(text)).toEqual(expected);
  });
});

describe('content safety', () => {
  const safety = (category: string, output = 'EightSeverityLevels'): string =>
    `<llm-content-safety backend-id="safety" shield-prompt="true"><categories output-type="${output}">${category}</categories><blocklists><id>mine</id></blocklists></llm-content-safety>`;

  test.each([
    [safety('<category name="Hate" threshold="4" /><category name="Violence" threshold="@(2)" />'), []],
    [
      safety('<category name="Spam" threshold="4" />'),
      ["inbound/llm-content-safety[0]: name is 'Spam'; write Hate, SelfHarm, Sexual, Violence, or an expression"],
    ],
    [
      safety('<category name="Hate" threshold="8" />'),
      ["inbound/llm-content-safety[0]: threshold is '8'; write a whole number from 0 to 7"],
    ],
    [
      safety('', 'Many'),
      [
        "inbound/llm-content-safety[0]: output-type is 'Many'; write FourSeverityLevels, EightSeverityLevels, or an expression",
      ],
    ],
    ['<llm-content-safety />', ['inbound/llm-content-safety[0] has no attribute backend-id; add it']],
  ])('%s', (text, expected) => {
    expect(inbound(text)).toEqual(expected);
  });

  test('asks for its backend, and for a tier that has it', () => {
    expect(inbound(safety(''), { backendIds: ['other'], tier: 'consumption' })).toEqual([
      'inbound/llm-content-safety[0] does not exist in the consumption tier; remove it or choose another tier',
      expect.stringContaining('safety') as string,
    ]);
  });
});

describe('sections', () => {
  test('backend takes exactly one policy', () => {
    expect(problems({ backend: '<base />' })).toEqual([]);
    expect(problems({ backend: '' })).toEqual([
      'backend is empty, so that no request is forwarded; put <base /> or <forward-request /> into it',
    ]);
    expect(problems({ backend: '<set-method>GET</set-method><forward-request />' })[0]).toBe(
      'backend holds 2 policies, API Management accepts one; put them into one <retry> or <choose>',
    );
  });

  test('base is a direct child of its section, once', () => {
    expect(inbound('<base /><set-method>GET</set-method><base />')).toEqual([
      'inbound/base[1] is the second <base /> of inbound; keep one',
    ]);
    expect(inbound('<choose><when condition="true"><base /></when></choose>')).toEqual([
      'inbound/choose[0]/when[0]/base[0] stands inside another policy; <base /> is a direct child of its section',
    ]);
  });

  test.each([
    ['inbound', '<forward-request />', 'backend'],
    ['outbound', '<forward-request />', 'backend'],
    ['backend', '<authentication-managed-identity resource="r" />', 'inbound'],
    ['outbound', '<set-backend-service backend-id="a" />', 'inbound or backend'],
    ['backend', '<rewrite-uri template="/" />', 'inbound'],
    ['outbound', '<llm-emit-token-metric />', 'inbound'],
    ['inbound', '<llm-semantic-cache-store duration="1" />', 'outbound'],
    ['outbound', '<set-query-parameter name="a"><value>b</value></set-query-parameter>', 'inbound or backend'],
    ['backend', '<set-method>GET</set-method>', 'inbound or on-error'],
    ['outbound', '<validate-azure-ad-token tenant-id="t" />', 'inbound'],
  ])('%s does not take %s', (section, text, allowed) => {
    const name = /<([\w-]+)/.exec(text)![1];
    expect(problems({ [section]: text })).toEqual([
      `${section}/${name}[0] is not available in ${section}; move it to ${allowed}`,
    ]);
  });

  test('on-error answers with a body by return-response', () => {
    expect(problems({ 'on-error': '<set-body>x</set-body>' })).toEqual([
      'on-error/set-body[0] is not available in on-error; put it into <return-response>',
    ]);
  });

  test('the section counts inside choose and retry, not inside a request or response of its own', () => {
    const forward =
      'inbound/retry[0]/choose[0]/when[0]/forward-request[0] is not available in inbound; move it to backend';
    expect(
      inbound(
        '<retry condition="true" count="1" interval="0"><choose><when condition="true"><forward-request /></when></choose></retry>',
      ),
    ).toEqual([forward]);
    expect(problems({ 'on-error': '<return-response><set-body>x</set-body></return-response>' })).toEqual([]);
    expect(
      problems({ outbound: '<send-request><authentication-managed-identity resource="r" /></send-request>' }),
    ).toEqual([]);
  });

  test('the Consumption tier lacks policies that the others have', () => {
    const limit = '<llm-token-limit counter-key="k" tokens-per-minute="1" estimate-prompt-tokens="false" />';
    expect(inbound(limit, { tier: 'consumption' })).toEqual([
      'inbound/llm-token-limit[0] does not exist in the consumption tier; remove it or choose another tier',
    ]);
    expect(inbound(limit, { tier: 'classic' })).toEqual([]);
    expect(inbound(limit, { tier: 'v2' })).toEqual([]);
    expect(
      inbound('<rate-limit-by-key calls="1" renewal-period="1" counter-key="k" />', { tier: 'consumption' }),
    ).toEqual([
      'inbound/rate-limit-by-key[0] does not exist in the consumption tier; remove it or choose another tier',
    ]);
  });
});

describe('elements', () => {
  const retry = (attributes: string) => inbound(`<retry ${attributes}><set-method>GET</set-method></retry>`);

  test.each([
    ['condition="@(x)" count="1" interval="0"', []],
    ['condition="@(x)" count="50" interval="0"', []],
    ['condition="@(x)" count="@(3)" interval="@(1)"', []],
    ['condition="@(x)" count="0" interval="0"', ["count is '0'; write a whole number from 1 to 50"]],
    ['condition="@(x)" count="51" interval="0"', ["count is '51'; write a whole number from 1 to 50"]],
    ['condition="@(x)" count="1.5" interval="0"', ["count is '1.5'; write a whole number from 1 to 50"]],
    ['condition="@(x)" count="1" interval="-1"', ["interval is '-1'; write a whole number from 0 to 2147483647"]],
    ['condition="@(x)" count="1" interval="1" delta="0"', ["delta is '0'; write a whole number from 1 to 2147483647"]],
    ['condition="yes" count="1" interval="1"', ["condition is 'yes'; write true, false, or an expression"]],
    [
      'condition="true" count="1" interval="1" first-fast-retry="1"',
      ["first-fast-retry is '1'; write true, false, or an expression"],
    ],
  ])('retry %s', (attributes, expected) => {
    expect(retry(attributes)).toEqual(expected.map((problem) => `inbound/retry[0]: ${problem}`));
  });

  test('a retry without policies and a choose without branches do nothing', () => {
    expect(inbound('<retry condition="true" count="1" interval="1" />')).toEqual([
      'inbound/retry[0] holds no policy; put into it what is to be tried again',
    ]);
    expect(policyProblems(policy({ inbound: [{ kind: 'choose', whens: [] }] }))).toEqual([
      'inbound/choose[0] has no <when>; give it one at least',
    ]);
  });

  test('a condition is an expression, true or false', () => {
    expect(inbound('<choose><when condition="@(a)" /><when condition="context.X" /></choose>')).toEqual([
      "inbound/choose[0] when[1]: condition is 'context.X'; write true, false, or an expression",
    ]);
  });

  test.each([
    ['<set-status code="200" /><set-header name="a"><value>b</value></set-header><set-body>x</set-body>', undefined],
    ['<set-header name="a"><value>b</value></set-header><set-header name="c"><value>d</value></set-header>', undefined],
    ['', undefined],
    [
      '<set-body>x</set-body><set-status code="200" />',
      'holds set-body, set-status; write set-status first, then each set-header, then set-body',
    ],
    [
      '<set-header name="a"><value>b</value></set-header><set-status code="200" />',
      'holds set-header, set-status; write set-status first, then each set-header, then set-body',
    ],
    ['<set-status code="200" /><set-status code="201" />', 'holds <set-status> more than once; keep one'],
    ['<set-variable name="a" value="b" />', 'holds <set-variable>; it takes set-status, set-header and set-body only'],
  ])('return-response with %s', (children, problem) => {
    expect(inbound(`<return-response>${children}</return-response>`)).toEqual(
      problem === undefined ? [] : [`inbound/return-response[0] ${problem}`],
    );
  });

  test('a liquid template renders nothing in return-response', () => {
    expect(inbound('<return-response><set-body template="liquid">x</set-body></return-response>')).toEqual([
      'inbound/return-response[0]/set-body[0] is a liquid template in return-response, where it renders nothing; use an expression',
    ]);
    expect(inbound('<set-body template="liquid">x</set-body>')).toEqual([]);
  });

  test.each([
    ['', ['needs exactly one of backend-id and base-url']],
    ['backend-id="a" base-url="https://a.example"', ['needs exactly one of backend-id and base-url']],
    ['backend-id="a"', []],
    ['base-url="https://a.example"', []],
  ])('set-backend-service %s', (attributes, expected) => {
    expect(inbound(`<set-backend-service ${attributes} />`)).toEqual(
      expected.map((problem) => `inbound/set-backend-service[0] ${problem}`),
    );
  });

  test.each([
    [5, []],
    [6, ['inbound/llm-emit-token-metric[0] has 6 dimensions, Azure Monitor keeps 5; remove the rest']],
  ])('a token metric with %d dimensions', (count, expected) => {
    const dimensions = Array.from({ length: count }, (_, index) => `<dimension name="d${index}" value="v" />`);
    expect(inbound(`<llm-emit-token-metric>${dimensions.join('')}</llm-emit-token-metric>`)).toEqual(expected);
  });

  test.each([
    ['tokens-per-minute="1"', 0],
    ['token-quota="1" token-quota-period="Daily"', 0],
    ['tokens-per-minute="1" token-quota="1" token-quota-period="Yearly"', 0],
    ['', 1],
    ['token-quota="1"', 1],
    ['token-quota-period="Daily" tokens-per-minute="1"', 1],
  ])('a token limit of %j has %d problems', (attributes, count) => {
    const found = inbound(`<llm-token-limit counter-key="k" estimate-prompt-tokens="true" ${attributes} />`);
    expect(found).toEqual(
      Array(count).fill(
        'inbound/llm-token-limit[0] needs tokens-per-minute, or token-quota together with token-quota-period, or all three',
      ),
    );
  });

  test.each([
    ['<set-header name="a" />', "inbound/set-header[0] has no value; give it one, or exists-action 'delete'"],
    [
      '<set-header name="a" exists-action="delete"><value>b</value></set-header>',
      'inbound/set-header[0] deletes and has a value; remove the value',
    ],
    [
      '<set-header name="a b"><value>c</value></set-header>',
      'inbound/set-header[0] has the name "a b", which is no header name; use letters, digits and - only',
    ],
    [
      '<set-header name="a" exists-action="replace"><value>b</value></set-header>',
      "inbound/set-header[0]: exists-action is 'replace'; write override, skip, append, delete, or an expression",
    ],
    [
      '<authentication-managed-identity resource="r" client-id="@(x)" />',
      'inbound/authentication-managed-identity[0]: client-id is an expression, which API Management refuses there; write a literal',
    ],
    ['<set-variable name="" value="x" />', 'inbound/set-variable[0]: name is empty; give it a value'],
    [
      '<set-variable name="x" value="{{secret}}" />',
      expect.stringContaining("inbound/set-variable[0]: value holds '{{'"),
    ],
    [
      '<set-header name="a"><value>${var.x}</value></set-header>',
      expect.stringContaining("inbound/set-header[0]: the text of value holds '${' or '%{'"),
    ],
    ['<set-status code="99" />', "inbound/set-status[0]: code is '99'; write a whole number from 100 to 999"],
    [
      '<set-status code="200" colour="red" />',
      'inbound/set-status[0] has the attribute colour, which is not among code, reason, id',
    ],
    ['<set-status reason="x" />', 'inbound/set-status[0] has no attribute code; add it'],
    ['<set-body><a /></set-body>', 'inbound/set-body[0] has content that set-body does not take'],
    [
      '<choose><otherwise /></choose>',
      'inbound/choose[0] has not the shape of choose: one or more <when condition="…">, then at most one <otherwise>',
    ],
  ])('%s', (text, problem) => {
    expect(inbound(text)).toEqual([problem]);
  });

  test('a token that is announced is accepted where only literals are', () => {
    const token = '${TfToken[TOKEN.1]}';
    const identity: PolicyNode = { kind: 'authentication-managed-identity', resource: 'r', clientId: token };
    expect(policyProblems(policy({ inbound: [identity] }), { interpolations: [token] })).toEqual([]);
    expect(policyProblems(policy({ inbound: [identity] }))).toHaveLength(1);
  });
});

describe('references', () => {
  test('a literal backend has to exist, a computed one is not judged', () => {
    const text =
      '<choose><when condition="true"><set-backend-service backend-id="lost" /></when></choose><set-backend-service backend-id="@(x)" />';
    expect(inbound(text, { backendIds: ['one'] })).toEqual([
      "inbound/choose[0]/when[0]/set-backend-service[0] names the backend 'lost', which does not exist; declare it or correct the name",
    ]);
    expect(inbound(text, { backendIds: ['lost'] })).toEqual([]);
    expect(inbound(text)).toEqual([]);
  });

  test('a fragment has to exist', () => {
    expect(inbound('<include-fragment fragment-id="lost" />', { fragmentIds: [] })).toEqual([
      "inbound/include-fragment[0] names the fragment 'lost', which does not exist; declare it or correct the name",
    ]);
  });
});

describe('size', () => {
  function sized(bytes: number) {
    const empty = policySize(serialisePolicy(policy({ inbound: [{ kind: 'set-body', body: 'ü' }] })));
    return policy({ inbound: [{ kind: 'set-body', body: `ü${'x'.repeat(bytes - empty)}` }] });
  }

  test.each([
    ['consumption', 16_384],
    ['classic', 262_144],
    ['v2', 262_144],
  ] as const)('the largest policy of the %s tier has %d bytes', (tier, largest) => {
    expect(policyProblems(sized(largest), { tier })).toEqual([]);
    expect(policyProblems(sized(largest + 1), { tier })).toEqual([
      `the policy has ${largest + 1} bytes, the largest of the ${tier} tier has ${largest}; move parts into fragments or split it`,
    ]);
  });

  test('without a tier the largest of all counts', () => {
    expect(policyProblems(sized(262_145))).toEqual([
      'the policy has 262145 bytes, the largest has 262144; move parts into fragments or split it',
    ]);
  });

  test('indentation counts', () => {
    expect(policyProblems(sized(16_385), { tier: 'consumption', indentation: 0 })).toEqual([]);
  });

  test('a fragment may have 512 KiB', () => {
    const fragment = (length: number) => ({
      kind: 'fragment' as const,
      children: [{ kind: 'set-body' as const, body: 'x'.repeat(length) }],
    });
    const around = policySize(serialisePolicy(fragment(0)));
    expect(policyProblems(fragment(524_288 - around), { tier: 'consumption' })).toEqual([]);
    expect(policyProblems(fragment(524_289 - around))).toEqual([
      'the fragment has 524289 bytes, the largest has 524288; move parts into fragments or split it',
    ]);
  });
});

test('a fragment holds no sections, no base and no other fragment', () => {
  const reading = parseFragment(
    '<fragment><base /><include-fragment fragment-id="f" /><inbound /><set-method>GET</set-method></fragment>',
  );
  expect('document' in reading && policyProblems(reading.document)).toEqual([
    'fragment/base[0] cannot stand in a fragment; put it into the policy that includes the fragment',
    'fragment/include-fragment[0] cannot stand in a fragment; put it into the policy that includes the fragment',
    'fragment/inbound[0] is a section, which a fragment has not; keep only the policies in it',
  ]);
});

test('a policy of 350 routes, each with its own condition, is judged and its places are exact', () => {
  const whens = Array.from({ length: 350 }, (_, index) => ({
    kind: 'when' as const,
    condition: expression(`context.Request.Method == "m${index}"`),
    children: [{ kind: 'set-backend-service' as const, backendId: `b${index}` }],
  }));
  const document = policy({ inbound: [{ kind: 'choose', whens }] });
  const backendIds = Array.from({ length: 349 }, (_, index) => `b${index}`);
  expect(policyProblems(document, { tier: 'classic', backendIds })).toEqual([
    "inbound/choose[0]/when[349]/set-backend-service[0] names the backend 'b349', which does not exist; declare it or correct the name",
  ]);
});

describe('requests of their own', () => {
  test.each([
    ['<send-one-way-request mode="copy"><set-header name="a"><value>b</value></set-header></send-one-way-request>', []],
    [
      '<send-one-way-request><set-url>https://a.example</set-url><set-method>POST</set-method><set-body>@("x")</set-body></send-one-way-request>',
      [],
    ],
    [
      '<send-one-way-request timeout="5" />',
      ["inbound/send-one-way-request[0] has no <set-url>; give it one, or mode 'copy'"],
    ],
    [
      '<send-one-way-request mode="both"><set-url>https://a.example</set-url></send-one-way-request>',
      ["inbound/send-one-way-request[0]: mode is 'both'; write new, copy, or an expression"],
    ],
    [
      '<send-one-way-request><set-method>GET</set-method><set-url>https://a.example</set-url></send-one-way-request>',
      [
        'inbound/send-one-way-request[0] holds set-method, set-url; write them in the order set-url, set-method, set-header, set-body, authentication-certificate, proxy',
      ],
    ],
    [
      '<send-one-way-request mode="copy"><set-status code="200" /></send-one-way-request>',
      [
        'inbound/send-one-way-request[0] holds <set-status>; it takes set-url, set-method, set-header, set-body, authentication-certificate, proxy and authentication-managed-identity only',
      ],
    ],
    [
      '<set-url>https://a.example</set-url>',
      ['inbound/set-url[0] stands outside of send-request and send-one-way-request; put it into one of them'],
    ],
  ])('%s', (text, expected) => {
    expect(inbound(text)).toEqual(expected);
  });
});

describe('named values', () => {
  const holding = (value: string) => `<set-variable name="x" value="${value}" />`;

  test('are written where they are allowed, as a whole literal value', () => {
    expect(inbound(holding('{{secret}}'), { namedValues: ['secret'] })).toEqual([]);
  });

  test.each(['{{other}}', 'a{{secret}}', '{{secret}}{{secret}}', '{{ secret }}', '@(&quot;{{secret}}&quot;)'])(
    'are refused otherwise: %s',
    (value) => {
      expect(inbound(holding(value), { namedValues: ['secret'] })).toEqual([
        expect.stringContaining("inbound/set-variable[0]: value holds '{{'"),
      ]);
    },
  );
});
