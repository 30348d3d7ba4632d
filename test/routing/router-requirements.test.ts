import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseRouterKind, RouterSplit, RouterStickiness } from '../../lib/routing/router-capabilities';
import { capabilitiesOf, ROUTER_MATRIX } from '../../lib/routing/router-matrix';
import { requireCapabilities, RouterRequirements } from '../../lib/routing/router-requirements';

const nothing: RouterRequirements = {
  shares: [],
  override: false,
  conversationPin: false,
  mirror: false,
  stickiness: RouterStickiness.NONE,
};

const ask = (kind: ReleaseRouterKind, more: Partial<RouterRequirements>) => (): void =>
  requireCapabilities('stack/router', kind, { ...nothing, ...more });

test('the matrix has each kind once, and one default, which can do everything', () => {
  expect(ROUTER_MATRIX.map(({ kind }) => kind).sort()).toEqual(Object.values(ReleaseRouterKind).sort());
  expect(ROUTER_MATRIX.filter(({ whyNotDefault }) => whyNotDefault === undefined).map(({ kind }) => kind)).toEqual([
    ReleaseRouterKind.API_MANAGEMENT_POLICY,
  ]);
  expect(
    ask(ReleaseRouterKind.API_MANAGEMENT_POLICY, {
      shares: [0.01, 33.33],
      override: true,
      conversationPin: true,
      mirror: true,
      stickiness: RouterStickiness.DETERMINISTIC,
    }),
  ).not.toThrow();
});

test.each<[ReleaseRouterKind, Partial<RouterRequirements>, string]>([
  [
    ReleaseRouterKind.NGINX,
    { conversationPin: true },
    'stack/router is asked for what NginxReleaseRouter cannot do. It cannot pin conversations to their release; those that can: ApiManagementReleaseRouter. Use such a router, or ask for less',
  ],
  [
    ReleaseRouterKind.API_MANAGEMENT_POOL,
    { shares: [5, 2.5], mirror: true },
    'stack/router is asked for what API Management backend pool cannot do. ' +
      'It cannot give an app a share of 2.5 %; those that can: ApiManagementReleaseRouter, NginxReleaseRouter, Envoy in a Container App (not in this package), Front Door (not in this package), Traffic Manager, weighted (not in this package). ' +
      'It cannot mirror requests; those that can: ApiManagementReleaseRouter, NginxReleaseRouter, Envoy in a Container App (not in this package), Managed online endpoint (not in this package). Use such a router, or ask for less',
  ],
  [
    ReleaseRouterKind.CONTAINER_APP_REVISIONS,
    {},
    'stack/router is asked for what Container Apps revisions cannot do. It cannot split users between different apps; those that can: ApiManagementReleaseRouter, API Management backend pool (not in this package), NginxReleaseRouter, Envoy in a Container App (not in this package), Front Door (not in this package), Traffic Manager, weighted (not in this package). Use such a router, or ask for less',
  ],
  [
    ReleaseRouterKind.ENVOY,
    { stickiness: RouterStickiness.DETERMINISTIC },
    "stack/router is asked for what Envoy in a Container App cannot do. It cannot keep users on a release by stickiness 'deterministic'; those that can: ApiManagementReleaseRouter, NginxReleaseRouter. Use such a router, or ask for less",
  ],
])('%s, asked for %j', (kind, asked, message) => {
  expect(ask(kind, asked)).toThrow(new Error(message));
});

test.each(Object.values(ReleaseRouterKind))('%s does what its row says, and nothing else', (kind) => {
  const row = capabilitiesOf(kind);
  const canSplit = row.split === RouterSplit.ANY_APPS;
  const does = (more: Partial<RouterRequirements>): boolean => {
    try {
      ask(kind, more)();
      return true;
    } catch {
      return false;
    }
  };
  expect(does({})).toBe(canSplit);
  expect(does({ override: true })).toBe(canSplit && row.headerOverride);
  expect(does({ conversationPin: true })).toBe(canSplit && row.conversationPin);
  expect(does({ mirror: true })).toBe(canSplit && row.mirror);
  expect(does({ shares: [0.01] })).toBe(canSplit && row.splitStepPercent === 0.01);
});

describe('docs/routers.md', () => {
  const text = readFileSync(join(__dirname, '../../docs/routers.md'), 'utf8');
  const word = (can: boolean): string => (can ? 'yes' : 'no');

  test('has the matrix as it is', () => {
    const rows = ROUTER_MATRIX.map(
      (row) =>
        `| [${row.title}](${row.source}) | ${row.splitStepPercent === undefined ? 'none' : `${row.split}, ${row.splitStepPercent} %`} | ${row.stickiness} | ${word(row.headerOverride)} | ${word(row.conversationPin)} | ${word(row.mirror)} | ${row.rollback} | ${row.declaredBy} | ${row.construct === undefined ? '–' : `\`${row.construct}\``} |`,
    );
    const inDocument = text
      .split('\n')
      .filter((line) => /^\| \[/.test(line))
      .map((line) => line.replace(/ +/g, ' ').trim());
    expect(inDocument).toEqual(rows);
  });

  test('says why the others are not the default', () => {
    for (const { title, whyNotDefault } of ROUTER_MATRIX) {
      if (whyNotDefault !== undefined) {
        expect(text.replace(/\s+/g, ' ')).toContain(`**${title}**: ${whyNotDefault}.`);
      }
    }
  });
});
