import { parseFragment, parsePolicy } from '../../lib/policy/parse-policy';
import { PolicyDocument, PolicyNode } from '../../lib/policy/policy-document';
import { policy } from './documents';

function inbound(text: string): readonly PolicyNode[] {
  const reading = parsePolicy(`<policies><inbound>${text}</inbound></policies>`);
  if ('problems' in reading) {
    throw new Error(reading.problems.join('\n'));
  }
  return reading.document.inbound;
}

const rawPolicy = `<!-- kept by hand -->
<policies>
    <inbound>
        <base />
        <choose>
            <when condition="@(context.Request.Headers.GetValueOrDefault("x-model", "") == "a" && 1 < 2)">
                <set-backend-service backend-id="one" />
            </when>
            <otherwise>
                <return-response>
                    <set-status code="404" reason="Not Found" />
                    <set-body>@{
                        // let's not count this bracket: (
                        var names = new List<string> { "a", "<b>" };
                        return new JObject(new JProperty("error", string.Join(", ", names))).ToString();
                    }</set-body>
                </return-response>
            </otherwise>
        </choose>
    </inbound>
    <backend>
        <retry condition="@(context.Response != null && context.Response.StatusCode >= 500)" count="2" interval="0">
            <forward-request buffer-request-body="true" />
        </retry>
    </backend>
    <outbound><base /></outbound>
    <on-error><base /></on-error>
</policies>`;

const readPolicy: PolicyDocument = {
  kind: 'policies',
  inbound: [
    { kind: 'base' },
    {
      kind: 'choose',
      whens: [
        {
          kind: 'when',
          condition: { expression: '(context.Request.Headers.GetValueOrDefault("x-model", "") == "a" && 1 < 2)' },
          children: [{ kind: 'set-backend-service', backendId: 'one' }],
        },
      ],
      otherwise: {
        kind: 'otherwise',
        children: [
          {
            kind: 'return-response',
            children: [
              { kind: 'set-status', code: '404', reason: 'Not Found' },
              {
                kind: 'set-body',
                body: {
                  expression: `{
                        // let's not count this bracket: (
                        var names = new List<string> { "a", "<b>" };
                        return new JObject(new JProperty("error", string.Join(", ", names))).ToString();
                    }`,
                },
              },
            ],
          },
        ],
      },
    },
  ],
  backend: [
    {
      kind: 'retry',
      condition: { expression: '(context.Response != null && context.Response.StatusCode >= 500)' },
      count: '2',
      interval: '0',
      children: [{ kind: 'forward-request', bufferRequestBody: 'true' }],
    },
  ],
  outbound: [{ kind: 'base' }],
  onError: [{ kind: 'base' }],
};

describe('raw policies', () => {
  test('are read with C# standing unescaped in attributes and text', () => {
    expect(parsePolicy(rawPolicy)).toEqual({ document: readPolicy });
  });

  test('are the same with the line ends of Windows and a byte order mark', () => {
    expect(parsePolicy(`\ufeff${rawPolicy.replaceAll('\n', '\r\n')}`)).toEqual({ document: readPolicy });
  });

  test.each([
    ['bare quotes', '"@(f("a") == "b")"', '(f("a") == "b")'],
    ['escaped quotes', '"@(f(&quot;a&quot;) == &quot;b&quot;)"', '(f("a") == "b")'],
    ['bare quotes and escaped operators', '"@(f("a") &amp;&amp; 1 &lt; 2)"', '(f("a") && 1 < 2)'],
    ['an entity inside a bare string', '"@(f("a&quot;b"))"', '(f("a&quot;b"))'],
    ['single quotes around it', `'@(f("a"))'`, '(f("a"))'],
    ['white space around it', '" @(f("a")) "', '(f("a"))'],
    ['an interpolated string', '"@($"x-{f("a")}")"', '($"x-{f("a")}")'],
    ['line breaks', '"@{\n return "a"; // "\n}"', '{\n return "a"; // "\n}'],
  ])('an attribute with %s is the expression it stands for', (_, written, expression) => {
    expect(inbound(`<set-variable name="x" value=${written} />`)).toEqual([
      { kind: 'set-variable', name: 'x', value: { expression } },
    ]);
  });

  test('an expression within a literal leaves it a literal', () => {
    expect(inbound('<cache-remove-value key="id-@(f("a", ""))-x" />')).toEqual([
      { kind: 'cache-remove-value', key: 'id-@(f("a", ""))-x' },
    ]);
    expect(inbound('<set-body>{"a": "@(g<int>("b"))", "c": 1}</set-body>')).toEqual([
      { kind: 'set-body', body: '{"a": "@(g<int>("b"))", "c": 1}' },
    ]);
  });

  test('a literal that looks like an expression and is none is text', () => {
    expect(inbound('<set-variable name="x" value="mail a@(b" />')).toEqual([
      { kind: 'set-variable', name: 'x', value: 'mail a@(b' },
    ]);
  });

  test('a bare < or & in text is text', () => {
    expect(inbound('<set-body>1 < 2 & 3 &nbsp;</set-body>')).toEqual([{ kind: 'set-body', body: '1 < 2 & 3 &nbsp;' }]);
  });

  test('CDATA, numeric entities and comments inside an element are resolved', () => {
    expect(inbound('<set-body><!-- a --><![CDATA[@("<&amp;")]]></set-body>')).toEqual([
      { kind: 'set-body', body: { expression: '("<&amp;")' } },
    ]);
    expect(inbound('<set-variable name="&#120;" value="&#x41;&apos;&#0;&#9999999;" />')).toEqual([
      { kind: 'set-variable', name: 'x', value: "A'&#0;&#9999999;" },
    ]);
  });
});

describe('typed elements', () => {
  test.each<[string, PolicyNode]>([
    [
      '<set-header name="a"><value>1</value><value>@(b)</value></set-header>',
      { kind: 'set-header', name: 'a', values: ['1', { expression: '(b)' }] },
    ],
    [
      '<set-header name="a" exists-action="delete" />',
      { kind: 'set-header', name: 'a', existsAction: 'delete', values: [] },
    ],
    [
      '<validate-azure-ad-token tenant-id="t" header-name="Authorization"><client-application-ids><application-id>c</application-id></client-application-ids><audiences><audience>a</audience></audiences><required-claims><claim name="roles" match="any"><value>r</value></claim></required-claims></validate-azure-ad-token>',
      {
        kind: 'validate-azure-ad-token',
        tenantId: 't',
        headerName: 'Authorization',
        backendApplicationIds: [],
        clientApplicationIds: ['c'],
        audiences: ['a'],
        requiredClaims: [{ name: 'roles', match: 'any', values: ['r'] }],
      },
    ],
    [
      '<trace source="s" severity="error"><message>@(m)</message><metadata name="a" value="b" /></trace>',
      {
        kind: 'trace',
        source: 's',
        severity: 'error',
        message: { expression: '(m)' },
        metadata: [{ name: 'a', value: 'b' }],
      },
    ],
    [
      '<llm-emit-token-metric namespace="n"><dimension name="API ID" /></llm-emit-token-metric>',
      { kind: 'llm-emit-token-metric', namespace: 'n', dimensions: [{ name: 'API ID' }] },
    ],
    [
      '<azure-openai-token-limit counter-key="k" tokens-per-minute="5" estimate-prompt-tokens="false" />',
      { kind: 'azure-openai-token-limit', counterKey: 'k', tokensPerMinute: '5', estimatePromptTokens: 'false' },
    ],
    [
      '<llm-semantic-cache-lookup score-threshold="0.1" embeddings-backend-id="e"><vary-by>@(v)</vary-by></llm-semantic-cache-lookup>',
      {
        kind: 'llm-semantic-cache-lookup',
        scoreThreshold: '0.1',
        embeddingsBackendId: 'e',
        varyBy: [{ expression: '(v)' }],
      },
    ],
    ['<set-method>POST</set-method>', { kind: 'set-method', method: 'POST' }],
    [
      '<cache-lookup-value key="k" variable-name="v" id="named" />',
      { kind: 'cache-lookup-value', key: 'k', variableName: 'v', id: 'named' },
    ],
  ])('%s', (text, node) => {
    expect(inbound(text)).toEqual([node]);
  });

  test.each([
    ['no name', '<set-header><value>1</value></set-header>'],
    ['an attribute that is not its own', '<set-status code="200" colour="red" />'],
    ['an attribute named like a property', '<set-backend-service backendId="x" />'],
    ['a part that is not its own', '<trace source="s"><message>m</message><value>v</value></trace>'],
    ['no message', '<trace source="s" />'],
    ['two messages', '<trace source="s"><message>a</message><message>b</message></trace>'],
    [
      'two lists of audiences',
      '<validate-azure-ad-token tenant-id="t"><audiences /><audiences /></validate-azure-ad-token>',
    ],
    ['no branch', '<choose />'],
    ['otherwise before when', '<choose><otherwise /><when condition="true" /></choose>'],
    ['elements in its text', '<set-body template="liquid"><a>1</a></set-body>'],
    ['text between its policies', '<retry condition="true" count="1" interval="1">x</retry>'],
  ])('an element with %s is kept as it was read', (_, text) => {
    expect(inbound(text)).toEqual([expect.objectContaining({ kind: 'other', name: /<([\w-]+)/.exec(text)![1] })]);
  });

  test('an element without a type keeps its attributes, text and the policies in it', () => {
    expect(
      inbound('<send-request mode="new"><set-url>@(u)</set-url><set-method>GET</set-method></send-request>'),
    ).toEqual([
      {
        kind: 'other',
        name: 'send-request',
        attributes: [{ name: 'mode', value: 'new' }],
        children: [
          { kind: 'set-url', url: { expression: '(u)' } },
          { kind: 'set-method', method: 'GET' },
        ],
      },
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is an element like any other', (name) => {
    expect(inbound(`<${name} ${name}="1" />`)).toEqual([
      { kind: 'other', name, attributes: [{ name, value: '1' }], children: [] },
    ]);
  });
});

test('sections that are not there are empty', () => {
  expect(parsePolicy('<policies />')).toEqual({ document: policy({ backend: [] }) });
});

describe('what cannot be read', () => {
  test.each([
    ['', 'line 1: there is no element'],
    ['no element', 'line 1: there is text outside the elements'],
    ['<policies>', 'line 1: <policies> is never closed'],
    ['<policies>\n<inbound>\n</policies>', 'line 3: </policies> stands where </inbound> is due'],
    ['<policies /></policies>', 'line 1: </policies> stands where no element is open'],
    ['<policies /><policies />', 'line 1: <policies> stands after the end of <policies>'],
    ['<fragment />', 'line 1: the root element is <fragment>; <policies> is expected'],
    ['<policies>x</policies>', 'line 1: <policies> holds text of its own; it takes elements only'],
    ['<policies><inbound>@(x)</inbound></policies>', 'line 1: <inbound> holds text of its own; it takes elements only'],
    [
      '<policies>\n<outbond /></policies>',
      'line 2: <policies> holds <outbond>; its sections are inbound, backend, outbound, on-error',
    ],
    ['<policies><inbound />\n<inbound /></policies>', 'line 2: <policies> holds a second <inbound>; merge the two'],
    ['<policies a="1" a="2" />', 'line 1: <policies> has two attributes a'],
    ['<policies a=1 />', 'line 1: a of <policies> has no quotes around its value'],
    ['<policies a />', 'line 1: <policies> has something in its tag that is no attribute'],
    ['<policies a="1', 'line 1: a of <policies> is never closed'],
    ['<policies>\n<a b="@(c" /></policies>', 'line 2: b of <a> opens an expression that is never closed'],
    ['<policies>\n<a>@{ c </a></policies>', 'line 2: <a> opens an expression that is never closed'],
    ['<policies><!-- ', 'line 1: a comment is never closed'],
    ['<a>'.repeat(201), 'line 1: <a> is nested more than 200 elements deep'],
  ])('%j', (text, problem) => {
    expect(parsePolicy(text)).toEqual({ problems: [problem] });
  });

  test('200 elements inside each other are read', () => {
    const text = `<fragment>${'<a>'.repeat(199)}${'</a>'.repeat(199)}</fragment>`;
    expect(parseFragment(text)).toHaveProperty('document');
  });

  test('every wrong section is named at once', () => {
    expect(parsePolicy('<policies><a /><b /></policies>')).toEqual({
      problems: [
        'line 1: <policies> holds <a>; its sections are inbound, backend, outbound, on-error',
        'line 1: <policies> holds <b>; its sections are inbound, backend, outbound, on-error',
      ],
    });
  });

  test('a policy is no fragment', () => {
    expect(parseFragment('<policies />')).toEqual({
      problems: ['line 1: the root element is <policies>; <fragment> is expected'],
    });
  });
});
