import { GatewayDefinition } from '../../lib/emulator/gateway-definition';
import { GatewayPipeline, PipelineOptions } from '../../lib/emulator/gateway-pipeline';
import { fragment, gatewayOf, policy, sections } from './support/gateway';

function problems(definition: GatewayDefinition, options: PipelineOptions = {}): string[] {
  try {
    new GatewayPipeline(definition, options);
    return [];
  } catch (error) {
    const [first, ...rest] = (error as Error).message.split('\n');
    expect(first).toBe(
      "the emulator does not run this gateway, because its answers would differ from API Management's:",
    );
    return rest.map((line) => line.slice(2));
  }
}

function inbound(text: string, more: Parameters<typeof gatewayOf>[2] = {}): string[] {
  return problems(gatewayOf(sections({ inbound: text }), {}, more));
}

describe('refused before anything is served', () => {
  test.each([
    [
      '<rate-limit-by-key calls="1" renewal-period="60" counter-key="a" />',
      'API models, inbound/rate-limit-by-key[0]: policy <rate-limit-by-key> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies',
    ],
    [
      '<llm-content-safety backend-id="safety" />',
      'API models, inbound/llm-content-safety[0]: policy <llm-content-safety> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies',
    ],
    [
      '<llm-semantic-cache-lookup score-threshold="0.1" embeddings-backend-id="e" />',
      'API models, inbound/llm-semantic-cache-lookup[0]: policy <llm-semantic-cache-lookup> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies',
    ],
    [
      '<llm-token-limit counter-key="a" tokens-a-minute="1" estimate-prompt-tokens="false" />',
      'API models, inbound/llm-token-limit[0]: policy <llm-token-limit> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies',
    ],
    [
      '<validate-azure-ad-token tenant-id="t" allow-proof-of-possession-tokens="true" />',
      'API models, inbound/validate-azure-ad-token[0]: allow-proof-of-possession-tokens of <validate-azure-ad-token> is not implemented',
    ],
    [
      '<set-body template="liquid">x</set-body>',
      'API models, inbound/set-body[0]: template of <set-body> is not implemented',
    ],
    [
      '<set-variable name="a" value="@(1 +)" />',
      "API models, inbound/set-variable[0]: expression, line 1, column 5: expected a value, found ')'",
    ],
    [
      '<set-variable name="a" value="@($"{1}")" />',
      'API models, inbound/set-variable[0]: expression, line 1, column 2: string interpolation $"…" is not supported; write it with the supported part of C#',
    ],
    [
      '<set-variable name="a" value="@(XElement.Parse("a"))" />',
      "API models, inbound/set-variable[0]: the emulator does not implement the type 'XElement'",
    ],
    [
      '<set-variable name="a" value="@(Math.Tan(1))" />',
      "API models, inbound/set-variable[0]: the emulator does not implement 'Math.Tan'",
    ],
    [
      '<set-variable name="a" value="@("a".Normalize())" />',
      "API models, inbound/set-variable[0]: the emulator does not implement a member 'Normalize' of any type",
    ],
    [
      '<set-variable name="a" value="@(new HMACSHA1(null))" />',
      "API models, inbound/set-variable[0]: the emulator does not implement the type 'HMACSHA1'",
    ],
    [
      '<set-variable name="a" value="@((XElement)null)" />',
      "API models, inbound/set-variable[0]: the emulator does not implement the type 'XElement'",
    ],
    [
      '<set-variable name="a" value="b @(1)" />',
      'API models, inbound/set-variable[0]: text around an expression is not implemented; write the whole value as one expression',
    ],
    [
      '<set-variable name="a" value="{{secret}}" />',
      "API models, inbound/set-variable[0]: named value 'secret' does not exist; pass it in namedValues",
    ],
    [
      '<set-backend-service backend-id="nowhere" />',
      "API models, inbound/set-backend-service[0]: backend 'nowhere' does not exist",
    ],
    [
      '<include-fragment fragment-id="none" />',
      "API models, inbound/include-fragment[0]: policy fragment 'none' does not exist",
    ],
    [
      '<retry condition="@(true)" count="51" interval="0"><base /></retry>',
      "API models, inbound/retry[0]: count is '51'; allowed is 1 to 50",
    ],
    [
      '<choose><when condition="@(File.Exists("a"))"><cors /></when></choose>',
      "API models, inbound/choose[0]: the emulator does not implement the type 'File'",
    ],
  ])('%s', (text, expected) => {
    expect(inbound(text)[0]).toBe(expected);
  });

  test('all of it at once, of every scope', () => {
    const refused = sections({ inbound: '<quota-by-key />' });
    const operations = [{ id: 'chat', method: 'POST', urlTemplate: '/chat', policy: refused }];
    const found = problems({
      policy: refused,
      apis: [{ id: 'models', path: '', policy: refused, operations }],
      fragments: new Map([['f', fragment('<fragment><base /><include-fragment fragment-id="f" /></fragment>')]]),
      backends: new Map([['b', { url: 'ftp://example.org' }]]),
    });
    expect(found.map((line) => line.split(':')[0])).toEqual([
      "backend 'b'",
      'global, inbound/quota-by-key[0]',
      'API models, inbound/quota-by-key[0]',
      'operation models/chat, inbound/quota-by-key[0]',
      'fragment f, fragment/base[0]',
      'fragment f, fragment/include-fragment[0]',
    ]);
  });

  test('what return-response may not hold', () => {
    expect(inbound('<return-response><set-variable name="a" value="b" /></return-response>')[0]).toContain(
      '<set-variable> is not implemented',
    );
  });

  test('redirects that are followed', () => {
    expect(problems(gatewayOf(sections({ backend: '<forward-request follow-redirects="true" />' })))).toEqual([
      'API models, backend/forward-request[0]: follow-redirects of <forward-request> is not implemented',
    ]);
  });
});

test('policies that are ignored are passed over with all that is in them', () => {
  const definition = gatewayOf(
    policy(
      '<policies><inbound><cors><x y="@(File.Exists())" /></cors></inbound><backend /><outbound /><on-error /></policies>',
    ),
  );
  expect(problems(definition)).not.toEqual([]);
  expect(problems(definition, { ignoredPolicies: ['cors'] })).toEqual([]);
});

test('an expression nested 10,000 deep is refused with its place', () => {
  const nested = '('.repeat(10_000) + '1' + ')'.repeat(10_000);
  const document = {
    ...sections(),
    inbound: [{ kind: 'set-variable', name: 'a', value: { expression: nested } } as const],
  };
  expect(problems(gatewayOf(document))[0]).toContain('it nests more than 200 levels deep');
});
