import { PolicyNode, PolicyValue } from '../../lib/policy/policy-document';
import { expression, statements } from '../../lib/policy/policy-value';
import { serialisePolicy } from '../../lib/policy/serialise-policy';
import { policy } from './documents';

test('a policy is written with its four sections, indented, a line for each element', () => {
  const document = policy({
    inbound: [
      { kind: 'base' },
      {
        kind: 'choose',
        whens: [
          {
            kind: 'when',
            condition: expression('context.Variables.GetValueOrDefault<string>("route") == "a" && true'),
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
                { kind: 'set-header', name: 'Content-Type', existsAction: 'override', values: ['application/json'] },
                { kind: 'set-body', body: statements(' return "{}"; ') },
              ],
            },
          ],
        },
      },
    ],
    onError: [
      { kind: 'other', name: 'x', attributes: [{ name: 'y', value: `'<"&">'` }], children: [], text: 'a > "b"' },
    ],
  });
  expect(serialisePolicy(document)).toBe(`<policies>
  <inbound>
    <base />
    <choose>
      <when condition="@(context.Variables.GetValueOrDefault&lt;string&gt;(&quot;route&quot;) == &quot;a&quot; &amp;&amp; true)">
        <set-backend-service backend-id="one" />
      </when>
      <otherwise>
        <return-response>
          <set-status code="404" reason="Not Found" />
          <set-header name="Content-Type" exists-action="override">
            <value>application/json</value>
          </set-header>
          <set-body>@{ return "{}"; }</set-body>
        </return-response>
      </otherwise>
    </choose>
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound />
  <on-error>
    <x y="'&lt;&quot;&amp;&quot;&gt;'">a &gt; "b"</x>
  </on-error>
</policies>
`);
});

test('attributes stand in one order, whatever the order of the properties', () => {
  const one: PolicyNode = { kind: 'set-header', name: 'a', existsAction: 'skip', id: 'i', values: ['v'] };
  const other: PolicyNode = { values: ['v'], id: 'i', existsAction: 'skip', name: 'a', kind: 'set-header' };
  expect(serialisePolicy(policy({ inbound: [one] }))).toBe(serialisePolicy(policy({ inbound: [other] })));
});

test('a list without members has no element around it, which the schema would refuse', () => {
  const node: PolicyNode = {
    kind: 'validate-azure-ad-token',
    tenantId: 't',
    backendApplicationIds: [],
    clientApplicationIds: [],
    audiences: ['a'],
    requiredClaims: [],
  };
  expect(serialisePolicy({ kind: 'fragment', children: [node] }, { indentation: 0 })).toBe(
    [
      '<fragment>',
      '<validate-azure-ad-token tenant-id="t">',
      '<audiences>',
      '<audience>a</audience>',
      '</audiences>',
      '</validate-azure-ad-token>',
      '</fragment>',
      '',
    ].join('\n'),
  );
});

test('without indentation nothing but line breaks stands between elements', () => {
  expect(
    serialisePolicy({ kind: 'fragment', children: [{ kind: 'set-method', method: 'GET' }] }, { indentation: 0 }),
  ).toBe('<fragment>\n<set-method>GET</set-method>\n</fragment>\n');
});

describe('values that are refused', () => {
  const control = (code: string) =>
    `holds the character U+${code.toUpperCase()}, which a policy cannot carry; write it as \\u${code} in a C# string`;
  const named =
    "holds '{{', which API Management reads as a named value; put a space between the braces, or use csharpString for text";
  const interpolated =
    "holds '${' or '%{', which Terraform would interpolate; use csharpString for text, and '\"…\" + x' instead of '$\"{x}\"'";
  const literal =
    "is literal text that holds '@(' or '@{', which API Management reads as an expression; use csharpString in an expression";
  const unclosed =
    "is not one C# expression in brackets; write '(…)' or '{ return …; }', every bracket and quote closed";

  test.each<[PolicyValue, string]>([
    ['{{secret}}', named],
    [expression('"{{secret}}"'), named],
    [statements('{ return 1; }'), named],
    ['${var.x}', interpolated],
    ['%{ if x }', interpolated],
    [expression('"${var.x}"'), interpolated],
    ['@(1)', literal],
    ['a @{b', literal],
    ['a\nb', control('000a')],
    ['a\tb', control('0009')],
    ['a\0b', control('0000')],
    ['a\u0085b', control('0085')],
    ['a\ud800', control('d800')],
    ['a\uffff', control('ffff')],
    [{ expression: '1' }, unclosed],
    [{ expression: '(1) + (2)' }, unclosed],
    [{ expression: '(1' }, unclosed],
    [{ expression: '(")' }, unclosed],
    [{ expression: '' }, unclosed],
    [{ expression: ' (1)' }, unclosed],
  ])('%j in an attribute', (value, problem) => {
    expect(() => serialisePolicy(policy({ inbound: [{ kind: 'set-variable', name: 'x', value }] }))).toThrow(
      new Error(`the policy cannot be written: value of <set-variable> ${problem}`),
    );
  });

  test.each<[PolicyValue, string]>([
    ['{{secret}}', named],
    ['a\rb', control('000d')],
    ['\u0001', control('0001')],
    ['@(1)', literal],
  ])('%j in text', (value, problem) => {
    expect(() => serialisePolicy(policy({ inbound: [{ kind: 'set-header', name: 'x', values: [value] }] }))).toThrow(
      new Error(`the policy cannot be written: the text of <value> ${problem}`),
    );
  });

  test('line breaks and tabs may stand in text', () => {
    expect(serialisePolicy(policy({ inbound: [{ kind: 'set-body', body: 'a\n\tb' }] }))).toContain(
      '<set-body>a\n\tb</set-body>',
    );
  });

  test('a token may stand as a whole value when it is announced, and in no other text', () => {
    const token = '${TfToken[TOKEN.3]}';
    const named = (value: string) => policy({ inbound: [{ kind: 'set-variable', name: 'tenant', value }] });
    expect(serialisePolicy(named(token), { interpolations: [token] })).toContain(`value="${token}"`);
    expect(() => serialisePolicy(named(`x${token}`), { interpolations: [token] })).toThrow(interpolated);
  });
});

test.each([
  ['', 'the policy cannot be written: <> is named ""; write a letter or _, then letters, digits, _, -, : or .'],
  [
    'a b',
    'the policy cannot be written: <a b> is named "a b"; write a letter or _, then letters, digits, _, -, : or .',
  ],
])('an element named %j is refused', (name, message) => {
  const node: PolicyNode = { kind: 'other', name, attributes: [], children: [] };
  expect(() => serialisePolicy(policy({ inbound: [node] }))).toThrow(new Error(message));
});

test('attributes of other elements are checked for their names and for being there twice', () => {
  const node = (...names: string[]): PolicyNode => ({
    kind: 'other',
    name: 'x',
    attributes: names.map((name) => ({ name, value: '1' })),
    children: [],
  });
  expect(() => serialisePolicy(policy({ inbound: [node('a="1" b')] }))).toThrow(
    new Error(
      'the policy cannot be written: a="1" b of <x> is named "a=\\"1\\" b"; write a letter or _, then letters, digits, _, -, : or .',
    ),
  );
  expect(() => serialisePolicy(policy({ inbound: [node('a', 'a')] }))).toThrow(
    new Error('the policy cannot be written: <x> has two attributes a; keep one'),
  );
});
