import { TrafficRow } from '../../lib/contracts/traffic-row';
import { changedParts, unreadParts } from '../../lib/facts/unread-parts';
import { routerPolicyText } from '../../lib/routing/api-management/router-policy-text';
import { containerOf } from '../routing/nginx-support/sample-router';
import { change, facts, plan } from './planned-resources';

const OLD = 'chat-0123456789ab';
const NEW = 'chat-ba9876543210';
const NEXT = 'chat-aaaaaaaaaaaa';

const BEFORE: TrafficRow[] = [
  { label: OLD, stage: 'stable', from: 5_000, to: 10_000 },
  { label: NEW, stage: 'canary', from: 0, to: 5_000 },
];

function policy(rows: readonly TrafficRow[]) {
  const text = routerPolicyText('chat/router', {
    name: 'chat',
    path: 'chat',
    tier: 'classic',
    access: { kind: 'keys' },
    rows,
    salt: 'autumn',
    override: false,
    overrideApps: '',
    timeoutSeconds: 240,
    forwardsAuthorization: false,
    traces: false,
  });
  const after = { api_management_name: 'contoso', resource_group_name: 'rg', api_name: 'chat', xml_content: text };
  return change('azurerm_api_management_api_policy.router', { before: after, after });
}

function nginx(rows: readonly TrafficRow[]) {
  const upstreams = Object.fromEntries(rows.map(({ label }) => [label, `https://${label}.example.com`]));
  const { NGINX_CONFIG } = containerOf({ rows, salt: 'autumn', upstreams }).environment;
  const env = [{ name: 'NGINX_CONFIG', value: NGINX_CONFIG, secret_name: '' }];
  const after = { name: 'router', revision_mode: 'Single', template: [{ container: [{ name: 'nginx', env }] }] };
  return change('azurerm_container_app.router', { before: after, after });
}

describe.each([
  ['API Management', policy],
  ['nginx', nginx],
])('a router in %s as this library writes it', (_kind, resource) => {
  const partsOf = (rows: readonly TrafficRow[]) => facts(plan([resource(rows)])).traffic!.routers[0]!.unreadParts!;

  test.each<[string, TrafficRow[]]>([
    [
      'another release becomes stable and the old one drains',
      [
        { label: NEW, stage: 'stable', from: 0, to: 10_000 },
        { label: OLD, stage: 'draining', from: 0, to: 0 },
      ],
    ],
    [
      'one is retired',
      [
        { label: NEW, stage: 'stable', from: 0, to: 10_000 },
        { label: OLD, stage: 'retired', from: 0, to: 0 },
      ],
    ],
    ['one is taken out', [{ label: NEW, stage: 'stable', from: 0, to: 10_000 }]],
    ['a candidate is added', [...BEFORE, { label: NEXT, stage: 'candidate', from: 0, to: 0 }]],
  ])('changes in nothing but what is read where %s', (_what, rows) => {
    const before = partsOf(BEFORE);
    expect(before.length).toBeGreaterThan(2);
    expect(changedParts(before, partsOf(rows))).toEqual([]);
  });
});

describe('parts of a router', () => {
  const parts = (...contents: readonly (readonly [string, unknown])[]) => unreadParts(contents);

  test('tell which of them changed, those that are new last', () => {
    expect(changedParts(parts(['a', 1], ['b', 2], ['c', 3]), parts(['d', 4], ['c', 3], ['b', 5]))).toEqual([
      'a',
      'b',
      'd',
    ]);
  });

  test('of one name are compared together, in their order', () => {
    expect(changedParts(parts(['a', 1], ['a', 2]), parts(['a', 2], ['a', 1]))).toEqual(['a']);
  });

  test('take names of objects as names', () => {
    expect(changedParts(parts(['__proto__', 1]), parts(['constructor', 1]))).toEqual(['__proto__', 'constructor']);
  });

  test('say nothing of what they hold', () => {
    expect(JSON.stringify(parts(['a', 'a secret']))).not.toContain('secret');
  });
});
