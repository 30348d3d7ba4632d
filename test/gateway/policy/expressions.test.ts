import { formPolicy, gatewayFragments, gatewayPolicy } from '../../../lib/gateway/policy/gateway-policy';
import { modelPolicy, modelsPolicy, unknownPathPolicy } from '../../../lib/gateway/policy/models-policy';
import { GatewayPolicyOptions } from '../../../lib/gateway/policy/policy-options';
import { disallowedUses } from '../../../lib/policy/expressions/allow-list';
import { parseExpression } from '../../../lib/policy/expressions/parse-expression';
import { valuesOf } from '../../../lib/policy/node-values';
import { FragmentDocument, PolicyDocument, PolicyNode, PolicyValue } from '../../../lib/policy/policy-document';
import { isExpression } from '../../../lib/policy/policy-value';
import { allNodes } from '../../../lib/policy/policy-walk';
import { compareWithCSharp } from '../../support/csharp/compare-with-csharp';
import { compiledObjections } from '../../support/csharp/compiled-objections';
import { ContextSpecification } from '../../support/csharp/context-specification';
import { describeWithCecil, describeWithMono } from '../../support/csharp/mono-command';
import { conformanceTable } from '../support/conformance';
import { policyOptions } from '../support/routes';

/** Every option that adds expressions. */
const variants: readonly GatewayPolicyOptions[] = [
  policyOptions,
  { ...policyOptions, access: { kind: 'keys' }, maxRequestBytes: 1000, traces: true, tokenMetricsNamespace: 'models' },
];

const documents: readonly (PolicyDocument | FragmentDocument)[] = variants.flatMap((options) => [
  gatewayPolicy(conformanceTable, options, 'dated'),
  gatewayPolicy(conformanceTable, options, 'v1'),
  formPolicy(conformanceTable, options),
  modelsPolicy(conformanceTable, options),
  modelPolicy(conformanceTable, options),
  unknownPathPolicy(options),
  ...Object.values(gatewayFragments(options)),
]);

const valuesIn = (node: PolicyNode): PolicyValue[] => [
  ...valuesOf(node).map(({ value }) => value),
  ...(node.kind === 'choose' ? node.whens.map(({ condition }) => condition) : []),
];

const expressions = [
  ...new Set(
    documents.flatMap((document) =>
      allNodes(document).flatMap(({ node }) =>
        valuesIn(node).flatMap((value) => (isExpression(value) ? [value.expression] : [])),
      ),
    ),
  ),
];

/** What differs with the clock or by chance: the interpreter's tests look at these. */
const comparable = expressions.filter((expression) => !expression.includes('UtcNow.AddSeconds'));

const KEY = 'gpt-4o@2024-11-20';
const ROW =
  '0:1|gpt-4o_2024-11-20_provisioned|Models.Invoke|@1776124800|Wed, 14 Apr 2027 00:00:00 GMT|gpt-5.1@2025-11-13';
const TIERED = '0:1;1:3;2:1|first,second,third|Models.Invoke|||';
const BODY = '{"model":"gpt-4o","n":1.0,"at":"2024-05-01T00:00:00.000Z","messages":[{"model":"x"}]}';

type Variables = NonNullable<ContextSpecification['variables']>;

function call(variables: Variables, more: Omit<ContextSpecification, 'variables'> = {}): ContextSpecification {
  const all: Variables = {
    asked: KEY,
    route: KEY,
    row: ROW,
    routes: 'gpt-4o@2024-08-06 gpt-4o@2024-11-20 o1@1',
    grants: 'granted=gpt-4o@2024-08-06,o1@1;all=*',
    caller: { jwt: { roles: ['Models.Invoke'], azp: ['app'] } },
    'caller-id': 'app',
    release: 'r1',
    text: '',
    span: '',
    fault: '',
    order: '0',
    attempt: { int: 0 },
    throttled: { int: 0 },
    wait: { int: -1 },
    hint: { int: -1 },
    until: '0',
    member: '0',
    deployment: 'gpt-4o_2024-11-20_provisioned',
    models: '{"data":[{"id":"gpt-4o"},{"id":"chat"}]}',
    model: '',
    ...variables,
  };
  return {
    variables: all,
    matchedParameters: { deployment: 'gpt-4o', model: 'chat' },
    body: BODY,
    response: null,
    lastError: null,
    ...more,
  };
}

const answered = (status: number, ...headers: [string, string][]): ContextSpecification => ({
  response: { status, reason: '', headers, body: '{}' },
});

const failed = (source: string, reason = ''): ContextSpecification => ({
  lastError: { source, reason, message: 'm', section: 'inbound', scope: 'api', path: 'p' },
});

const bodies = [
  '{}',
  '{ }',
  '{"model":"gpt-4o"}',
  BODY,
  '{"a":"model","model" : "x\\"y"}',
  '{"model":"x","model":"y"}',
  '{"Model":"x"}',
  '{"mod\\u0065l":"x"}',
  '{"model":1}',
  '{"model":null}',
  '["model"]',
  '{"model":"a',
  '{"a":{"model":"x"},"b":[{"model":"y"}]}',
  'null',
  '{"store":false,"include":["reasoning.encrypted_content"]}',
  '{"store":false,"previous_response_id":"r"}',
  '{"store":false}',
  '{"a":"\\\\","model":"b"}',
];

const CALLERS: readonly Readonly<Record<string, readonly string[]>>[] = [
  {},
  { roles: ['Models.InvokeX'] },
  { azp: ['granted'] },
  { appid: ['all'] },
  { azp: [''] },
  { roles: ['a', 'Models.Invoke'] },
];

const contexts: readonly ContextSpecification[] = [
  call({}),
  ...['', '@1', 'gpt-4o', 'a|b', 'x'.repeat(200), 'gpt-4o@9', 'x@1', 'gpt-4o@2024-11-20,x@1', '\u00f6@1'].map((asked) =>
    call({ asked, route: asked, row: '' }),
  ),
  call({
    row: 'retired|Fri, 06 Jun 2025 00:00:00 GMT|gpt-4o@2024-11-20',
    fault: '410|model_version_retired|x-ai-model|gone',
  }),
  call({ row: 'retired||' }),
  call({ row: 'elsewhere', fault: '404|model_not_found||a|b' }),
  call(
    { row: TIERED, order: '0,1,2', attempt: { int: 1 }, member: '1', deployment: 'second' },
    answered(429, ['Retry-After', '7']),
  ),
  call(
    {
      row: TIERED,
      order: '0,1,2',
      attempt: { int: 2 },
      throttled: { int: 3 },
      wait: { int: 4 },
      hint: { int: 9 },
      member: '2',
    },
    answered(429, ['retry-after-ms', '1500']),
  ),
  call({ wait: { int: 9 }, hint: { int: 4 } }, answered(503)),
  call({}, answered(200, ['Retry-After', '7'])),
  call({}, answered(409, ['Retry-After', 'soon'])),
  call({}, answered(500, ['Retry-After', '-4'], ['retry-after-ms', 'x'])),
  call({}, answered(401)),
  ...CALLERS.map((jwt) => call({ caller: { jwt } })),
  ...bodies.map((text) => call({ text, span: '1|1|"model":"|",' }, { body: text })),
  call({ text: BODY, span: '9|17|"|"' }),
  call({}, { matchedParameters: { deployment: 'gpt%2D4o', response_id: '../x', model: 'none' } }),
  call({}, { matchedParameters: {}, body: null }),
  call({}, { subscription: null }),
  ...['validate-azure-ad-token', 'llm-token-limit', 'forward-request', 'llm-content-safety', 'x'].map((source) =>
    call({}, failed(source)),
  ),
  call({ fault: '429|x||y' }, { ...failed('llm-token-limit'), ...answered(403, ['Retry-After', '3']) }),
  call({ fault: '401|x|Authorization|y' }, failed('authorization', 'SubscriptionKeyNotFound')),
];

const cases = contexts.flatMap((context) => comparable.map((expression) => ({ expression, context })));

test('every expression uses what API Management allows, and nothing else', () => {
  expect(expressions.length).toBeGreaterThan(50);
  expect(expressions.flatMap((expression) => disallowedUses(parseExpression(expression)))).toEqual([]);
});

describeWithMono('the expressions of the gateway', () => {
  test('are worked out by real C# as by the emulator', () => {
    expect(cases.length).toBeGreaterThan(3000);
    expect(compareWithCSharp(cases)).toEqual([]);
  }, 300_000);
});

describeWithCecil('the compiled expressions of the gateway', () => {
  test('call members that API Management allows, and no other', () => {
    expect(compiledObjections(expressions)).toEqual([]);
  }, 60_000);
});
