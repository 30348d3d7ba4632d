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
      '<cors><allowed-origins><origin>*</origin></allowed-origins></cors>',
      'API models, inbound/cors[0]: policy <cors> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies',
    ],
    [
      '<llm-token-limit counter-key="a" tokens-per-minute="1" estimate-prompt-tokens="false" />',
      'API models, inbound/llm-token-limit[0]: policy <llm-token-limit> is not implemented; take it out of the policy to run it here, or list it in ignoredPolicies',
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
      '<set-variable name="a" value="@(new HMACSHA256(null))" />',
      "API models, inbound/set-variable[0]: the emulator does not implement the type 'HMACSHA256'",
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
    const cors = sections({ inbound: '<cors />' });
    const operations = [{ id: 'chat', method: 'POST', urlTemplate: '/chat', policy: cors }];
    const found = problems({
      policy: cors,
      apis: [{ id: 'models', path: '', policy: cors, operations }],
      fragments: new Map([['f', fragment('<fragment><base /><include-fragment fragment-id="f" /></fragment>')]]),
      backends: new Map([['b', { url: 'ftp://example.org' }]]),
    });
    expect(found.map((line) => line.split(':')[0])).toEqual([
      "backend 'b'",
      'global, inbound/cors[0]',
      'API models, inbound/cors[0]',
      'operation models/chat, inbound/cors[0]',
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
