import { createHmac } from 'node:crypto';
import { trafficBucket } from '../../lib/contracts/traffic-bucket';
import { disallowedUses } from '../../lib/policy/expressions/allow-list';
import { parseExpression } from '../../lib/policy/expressions/parse-expression';
import { valuesOf } from '../../lib/policy/node-values';
import { PolicyValue } from '../../lib/policy/policy-document';
import { isExpression } from '../../lib/policy/policy-value';
import { allNodes } from '../../lib/policy/policy-walk';
import { signature } from '../../lib/routing/api-management/policy/conversation-pin';
import { bucket } from '../../lib/routing/api-management/policy/release-choice';
import { routerPolicy } from '../../lib/routing/api-management/policy/router-policy';
import { RouterPolicyOptions } from '../../lib/routing/api-management/policy/router-policy-options';
import { compareWithCSharp, runEmulator } from '../support/csharp/compare-with-csharp';
import { compiledObjections } from '../support/csharp/compiled-objections';
import { ContextSpecification } from '../support/csharp/context-specification';
import { describeWithCecil, describeWithMono, ExpressionCase } from '../support/csharp/mono-command';
import { hostileIds } from './support/hostile-ids';
import { GONE, LEAVING, NEW, NEXT, OLD, TENANT } from './support/router-stack';
import { PIN_KEY } from './support/running-router';

const BUCKET = (bucket as { expression: string }).expression;
const SIGNATURE = signature(`"${NEW}"`);
const SALT = 'chat-2026-11';
const IDS = hostileIds(4000);

const options: RouterPolicyOptions = {
  name: 'release-router',
  path: 'openai',
  tier: 'classic',
  access: { kind: 'entra', tenantId: TENANT, audiences: ['api://chat'], overrideRole: 'Releases.Override' },
  rows: [
    { label: OLD, stage: 'stable', from: 2500, to: 10_000 },
    { label: NEW, stage: 'canary', from: 0, to: 2500 },
    { label: NEXT, stage: 'candidate', from: 0, to: 0 },
    { label: LEAVING, stage: 'draining', from: 0, to: 0 },
    { label: GONE, stage: 'retired', from: 0, to: 0 },
  ],
  salt: SALT,
  override: true,
  overrideApps: 'granted,other',
  pin: { inCookie: false },
  mirror: { label: NEXT, url: 'https://next.example', buckets: 500 },
  timeoutSeconds: 240,
  corsOrigins: ['https://chat.contoso.com'],
  forwardsAuthorization: false,
  traces: true,
};

/** Every option that adds expressions. */
const variants: readonly RouterPolicyOptions[] = [
  options,
  { ...options, access: { kind: 'keys' }, override: false, overrideApps: '' },
  { ...options, access: { kind: 'anonymous' }, override: false, overrideApps: '', pin: { inCookie: true } },
];

const expressions = [
  ...new Set(
    variants.flatMap((variant) =>
      allNodes(routerPolicy(variant)).flatMap(({ node }) =>
        [
          ...valuesOf(node).map(({ value }) => value),
          ...(node.kind === 'choose' ? node.whens.map(({ condition }) => condition) : []),
        ].flatMap((value: PolicyValue) => (isExpression(value) ? [value.expression] : [])),
      ),
    ),
  ),
];

/** A new visitor's id is chance. */
const comparable = expressions.filter((expression) => !expression.includes('NewGuid'));

type Variables = NonNullable<ContextSpecification['variables']>;

function call(variables: Variables = {}, more: Omit<ContextSpecification, 'variables'> = {}): ContextSpecification {
  return {
    variables: {
      releases: `${OLD}|stable|2500|10000;${NEW}|canary|0|2500;${NEXT}|candidate|0|0;${LEAVING}|draining|0|0;${GONE}|retired|0|0`,
      salt: SALT,
      'kill-switch': 'off',
      'override-apps': 'granted,other',
      'pin-key': PIN_KEY,
      asked: '',
      pinned: '',
      caller: { jwt: { oid: ['user-1'], sub: ['s'], azp: ['app'] } },
      user: 'user-1',
      newcomer: true,
      bucket: { int: 2499 },
      fault: '',
      choice: `bucket|${NEW}`,
      release: NEW,
      pin: '',
      cookies: '',
      'mirror-url': 'https://next.example',
      ...variables,
    },
    response: { status: 200, reason: '', headers: [], body: '{}' },
    lastError: null,
    ...more,
  };
}

const signed = (label: string, user = 'user-1', key = PIN_KEY): string =>
  `${label}.${createHmac('sha256', key).update(`${label}:${user}`).digest('hex')}`;

const claims = (jwt: Record<string, readonly string[]>): ContextSpecification => call({ caller: { jwt }, asked: NEW });
const failed = (source: string, reason: string): ContextSpecification =>
  call({}, { lastError: { source, reason, message: 'm', section: 'inbound', scope: 'api', path: 'p' } });

const contexts: readonly ContextSpecification[] = [
  call(),
  ...[0, 2499, 2500, 9999].map((number) => call({ bucket: { int: number } })),
  ...['on', ' ON ', 'OFF', ' off ', '', 'true'].map((value) => call({ 'kill-switch': value })),
  ...[NEW, GONE, 'x', `${NEW},${OLD}`, 'a|b', 'x'.repeat(5000)].map((asked) =>
    call({ asked, caller: { jwt: { oid: ['u'], roles: ['Releases.Override'] } } }),
  ),
  claims({}),
  claims({ oid: [''], sub: ['s'] }),
  claims({ oid: ['a', 'b'] }),
  claims({ oid: ['a b'] }),
  claims({ oid: ['\u00e4'], sub: ['x\n'] }),
  claims({ oid: ['x'.repeat(255)] }),
  claims({ oid: ['x'.repeat(256)], sub: ['y'] }),
  claims({ oid: ['u'], roles: ['releases.override'] }),
  claims({ oid: ['u'], roles: ['Releases.OverrideX', 'Releases'] }),
  claims({ oid: ['u'], appid: ['granted'] }),
  claims({ oid: ['u'], appid: ['x'], azp: ['granted'] }),
  claims({ oid: ['u'], appid: ['granted', 'other'] }),
  ...[
    signed(NEW),
    signed(LEAVING),
    signed(GONE),
    signed(NEXT),
    signed(NEW, 'user-2'),
    signed(NEW, 'user-1', 'other'),
  ].map((pinned) => call({ pinned })),
  ...['', '.', 'x', `.${'0'.repeat(64)}`, `${NEW}.${'0'.repeat(64)}`, signed(NEW).toUpperCase(), 'y'.repeat(9000)].map(
    (pinned) => call({ pinned }),
  ),
  call({ 'pin-key': '', pinned: signed(NEW, 'user-1', '') }),
  call({ choice: `override|${NEW}`, release: NEW }),
  call({ user: '' }),
  call({ fault: '404|release_not_found|a|b' }),
  call({}, { headers: [['Connection', 'close, X-User-Id']] }),
  call({}, { headers: [['Cookie', `a=b;  x-release-user=${'0'.repeat(32)}; x-release-pin=p.q;c`]] }),
  call(
    {},
    {
      headers: [
        ['Cookie', 'x-release-user=; x-release-user=2'],
        ['cookie', ';;'],
      ],
    },
  ),
  call(
    {},
    {
      headers: [
        ['x-release-override', 'a'],
        ['X-Release-Override', 'b'],
        ['x-release-pin', 'p'],
      ],
    },
  ),
  call({}, { subscription: null }),
  failed('validate-azure-ad-token', 'TokenExpired'),
  failed('authorization', 'SubscriptionKeyNotFound'),
  failed('forward-request', 'Timeout'),
  failed('forward-request', 'BackendConnectionFailure'),
  failed('x', 'y'),
];

const userCases = IDS.map((user): ExpressionCase => ({ expression: BUCKET, context: call({ user }) }));
const signatureCases = IDS.slice(0, 1500).map((user): ExpressionCase => ({
  expression: SIGNATURE,
  context: call({ user }),
}));

test('every expression uses what API Management allows, and nothing else', () => {
  expect(expressions.length).toBeGreaterThan(25);
  expect(expressions.flatMap((expression) => disallowedUses(parseExpression(expression)))).toEqual([]);
});

test('the expression of the bucket comes to what `trafficBucket` does, whatever the id', () => {
  const differing = userCases.filter(
    ({ context }, index) =>
      JSON.stringify(runEmulator({ expression: BUCKET, context })) !==
      JSON.stringify({ exception: false, type: 'Int32', text: String(trafficBucket(SALT, IDS[index]!)) }),
  );
  expect(differing).toEqual([]);
});

describeWithMono('the expressions of the router', () => {
  test('are worked out by real C# as by the emulator', () => {
    const cases = contexts.flatMap((context) => comparable.map((expression) => ({ expression, context })));
    expect(cases.length).toBeGreaterThan(1000);
    expect(compareWithCSharp([...cases, ...userCases, ...signatureCases])).toEqual([]);
  }, 120_000);
});

describeWithCecil('the compiled expressions of the router', () => {
  test('call members that API Management allows, and no other', () => {
    expect(compiledObjections(expressions)).toEqual([]);
  }, 60_000);
});
