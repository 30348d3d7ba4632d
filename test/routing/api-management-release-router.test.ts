import { Lazy, TerraformOutput, TerraformStack, Testing, Token } from 'cdktf';
import { ApiManagementService, ApiManagementSku } from '../../lib/gateway';
import { policySize } from '../../lib/policy/policy-limits';
import { ApiManagementReleaseRouter } from '../../lib/routing';
import { RouterAccess } from '../../lib/routing/api-management/router-access';
import { Ramp } from '../../lib/routing/ramp';
import { RoutedRelease } from '../../lib/routing/routed-release';
import { RouterStickiness } from '../../lib/routing/router-capabilities';
import { accountIn, deploymentOf, gatewayIn, serviceIn } from '../gateway/support/gateway-stack';
import { synthesise, testApp } from '../support/guarded-app';
import { conformanceProblems } from '../support/provider-schema';
import { synthesised, Values } from '../support/synthesised';
import {
  ACCESS,
  GONE,
  labelOf,
  LEAVING,
  NEW,
  NEXT,
  OLD,
  PIN_SECRET,
  routerIn,
  RunningElsewhere,
  stackIn,
  TENANT,
} from './support/router-stack';

const CONNECTION =
  'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://sweden.in.applicationinsights.azure.com/';

type Props = Partial<Parameters<typeof routerIn>[1]>;

const COMPONENT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/components/c';

function releasesIn(stack: TerraformStack): RoutedRelease[] {
  const app = (label: string): RunningElsewhere => new RunningElsewhere(stack, label);
  return [
    RoutedRelease.stable(app(OLD)),
    RoutedRelease.canary(app(NEW), { ramp: Ramp.of([0, 1, 5, 25, 50, 100], 2) }),
    RoutedRelease.candidate(app(NEXT)),
    RoutedRelease.draining(app(LEAVING)),
    RoutedRelease.retired(GONE),
  ];
}

function made(props: Props = {}, stack = stackIn()): TerraformStack {
  const { mirror, ...rest } = props;
  const releases = releasesIn(stack);
  const candidate = releases[2]!.orchestrator!;
  routerIn(stack, { releases, ...(mirror && { mirror: { ...mirror, candidate } }), ...rest });
  return stack;
}

const resources = (stack: TerraformStack, type: string): [string, Values][] =>
  Object.entries(synthesised(stack).resource[`azurerm_api_management_${type}`] ?? {});
const policyOf = (stack: TerraformStack): Values => resources(stack, 'api_policy')[0]![1];

const everything: Props = {
  allowOverride: true,
  conversationPin: { keyVaultSecretId: PIN_SECRET, inCookie: true },
  mirror: { percent: 5 } as NonNullable<Props['mirror']>,
  corsOrigins: ['https://chat.contoso.com'],
  methods: ['GET', 'POST', 'DELETE'],
  telemetry: { applicationInsightsId: COMPONENT, connectionString: CONNECTION, tokenMetricsNamespace: 'x' },
};

describe('what is declared', () => {
  test('is what the provider takes, and leaves old parts until new ones are there', () => {
    const stack = made(everything);
    expect(conformanceProblems(synthesised(stack))).toEqual([]);
    const types = ['backend', 'named_value', 'api', 'api_operation', 'api_policy'];
    const all = types.flatMap((type) => resources(stack, type));
    expect(all).toHaveLength(4 + 3 + 1 + 3 + 1);
    expect(all.filter(([, { lifecycle }]) => (lifecycle as Values)?.create_before_destroy !== true)).toEqual([]);
    expect(synthesised(stack).resource).not.toHaveProperty('azurerm_resource_group_template_deployment');
  });

  test('has a backend for each release that runs, by its label', () => {
    expect(resources(made(), 'backend').map(([, { name, url }]) => [name, url])).toEqual(
      [OLD, NEW, NEXT, LEAVING].map((label) => [`release-router-${label}`, `https://${label}.example`]),
    );
  });

  test('lets the policy wait for everything that it names', () => {
    const stack = made({ conversationPin: { keyVaultSecretId: PIN_SECRET } });
    const addresses = ['backend', 'named_value'].flatMap((type) =>
      resources(stack, type).map(([id]) => `azurerm_api_management_${type}.${id}`),
    );
    expect(policyOf(stack).depends_on).toEqual(addresses);
  });

  test('has the rows and the salt as the contract says', () => {
    const text = String(policyOf(made()).xml_content);
    expect(text).toContain(
      `<set-variable name="releases" value="${OLD}|stable|500|10000;${NEW}|canary|0|500;${NEXT}|candidate|0|0;${LEAVING}|draining|0|0;${GONE}|retired|0|0" />`,
    );
    expect(text).toContain('<set-variable name="salt" value="chat-2026-11" />');
    expect(text).toContain(
      `<when condition="@((string)context.Variables[&quot;release&quot;]==&quot;${NEW}&quot;)">\n<set-backend-service backend-id="release-router-${NEW}" />`,
    );
  });

  test.each([
    [undefined, 'off'],
    [false, 'off'],
    [true, 'on'],
  ])('has a kill switch that is %j as %s', (killSwitch, value) => {
    expect(resources(made({ killSwitch }), 'named_value')).toEqual([
      [
        expect.stringContaining('KillSwitch'),
        expect.objectContaining({
          name: 'release-router-kill-switch',
          display_name: 'release-router-kill-switch',
          value,
        }),
      ],
    ]);
  });

  test('keeps the key of pins in Key Vault, and says it nowhere', () => {
    const [, [, pinKey]] = resources(made({ conversationPin: { keyVaultSecretId: PIN_SECRET } }), 'named_value') as [
      [string, Values],
      [string, Values],
    ];
    expect(pinKey).toMatchObject({
      name: 'release-router-pin-key',
      secret: true,
      value_from_key_vault: { secret_id: PIN_SECRET },
    });
    expect(pinKey).not.toHaveProperty('value');
  });

  test('logs releases and no user', () => {
    const stack = made(everything);
    const [, diagnostic] = Object.entries(synthesised(stack).resource.azurerm_api_management_api_diagnostic!)[0]!;
    expect(JSON.stringify(diagnostic)).toContain('x-release');
    expect(JSON.stringify(diagnostic)).not.toContain('x-user-id');
    const [trace] = /<trace [^]*?<\/trace>/.exec(String(policyOf(stack).xml_content))!;
    expect(trace).not.toContain('&quot;user&quot;');
    expect(trace).toContain('name="Release"');
    expect(trace).toContain('name="Bucket"');
  });

  test('keeps its construct ids when a release in the middle goes', () => {
    const ids = (labels: readonly string[]): string[] => {
      const stack = stackIn();
      const [first, ...rest] = labels.map((label) => new RunningElsewhere(stack, label));
      routerIn(stack, { releases: [RoutedRelease.stable(first!), ...rest.map((app) => RoutedRelease.draining(app))] });
      return resources(stack, 'backend').map(([id]) => id);
    };
    const all = ids([OLD, NEW, LEAVING]);
    expect(ids([OLD, LEAVING])).toEqual([all[0], all[2]]);
  });

  test('takes what only Terraform knows as whole values', () => {
    const stack = stackIn();
    const token = (text: string): string => Lazy.stringValue({ produce: () => `\${${text}}` });
    const releases = [
      RoutedRelease.stable(new RunningElsewhere(stack, OLD, token('azurerm_container_app.old.fqdn'))),
      RoutedRelease.candidate(new RunningElsewhere(stack, NEXT, token('azurerm_container_app.next.fqdn'))),
    ];
    const router = routerIn(stack, {
      releases,
      access: RouterAccess.entra({ tenantId: token('data.x.y.tenant_id'), audiences: [token('var.audience')] }),
      allowOverride: true,
      mirror: { candidate: releases[1]!.orchestrator!, percent: 1 },
    });
    router.grantOverride(token('azurerm_user_assigned_identity.tests.client_id'));
    router.grantOverride('AAAAAAAA-2222-3333-4444-555555555555');
    const text = String(policyOf(stack).xml_content);
    expect(text).toContain('tenant-id="${data.x.y.tenant_id}"');
    expect(text).toContain('<set-variable name="mirror-url" value="${azurerm_container_app.next.fqdn}" />');
    expect(text).toContain(
      '<set-variable name="override-apps" value="${azurerm_user_assigned_identity.tests.client_id},aaaaaaaa-2222-3333-4444-555555555555" />',
    );
  });

  test('has one URL whatever the releases are, and says whom they serve', () => {
    const stack = stackIn();
    const router = routerIn(stack, { releases: releasesIn(stack), path: 'team/chat' });
    new TerraformOutput(stack, 'url', { value: router.url });
    expect((synthesised(stack).output as Record<string, Values>).url!.value).toBe(
      '${azurerm_api_management.service.gateway_url}/team/chat',
    );
    expect(['user-1', 'user-2', 'user-27'].map((user) => router.releaseFor(user))).toEqual([
      OLD,
      OLD,
      expect.any(String),
    ]);
    expect(router.capabilities.construct).toBe('ApiManagementReleaseRouter');
  });
});

describe('the whole app', () => {
  test.each<[string, Props]>([
    ['as little as possible', {}],
    ['everything', everything],
    ['subscription keys', { access: RouterAccess.subscriptionKeys() }],
    ['visitors', { access: RouterAccess.anonymous(), corsOrigins: ['https://a.example'] }],
  ])('synthesises under the guard: %s', (_, props) => {
    const app = testApp();
    made(props, stackIn(app));
    expect(synthesise(app).thrown).toBeUndefined();
  });

  test('with a gateway beside the router in one service synthesises', () => {
    const app = testApp();
    const stack = stackIn(app);
    const service = serviceIn(stack);
    made({ service }, stack);
    gatewayIn(stack, { service }).addRoute(deploymentOf(accountIn(stack)));
    expect(synthesise(app).thrown).toBeUndefined();
  });

  test('says when the Consumption tier has no room for the policy', () => {
    const app = testApp();
    const stack = stackIn(app);
    const releases = [
      RoutedRelease.stable(new RunningElsewhere(stack, OLD)),
      ...Array.from({ length: 60 }, (_, index) =>
        RoutedRelease.draining(new RunningElsewhere(stack, `chat-${String(index).padStart(12, '0')}`)),
      ),
    ];
    routerIn(stack, { releases, service: serviceIn(stack, ApiManagementSku.consumption()) });
    expect(synthesise(app).thrown).toMatch(
      /the policy of stack\/router has \d+ bytes for 61 releases, and Consumption_0 takes 16384: remove releases that are retired, or use a tier with larger policies \(any but Consumption\)/,
    );
  });
});

test('a release takes less than 250 bytes of the policy', () => {
  const size = (count: number): number => {
    const stack = stackIn();
    const releases = Array.from({ length: count }, (_, index) =>
      RoutedRelease.draining(new RunningElsewhere(stack, `chat-${String(index).padStart(12, '0')}`)),
    );
    routerIn(stack, { releases: [RoutedRelease.stable(new RunningElsewhere(stack, OLD)), ...releases] });
    return policySize(String(policyOf(stack).xml_content));
  };
  expect((size(21) - size(1)) / 20).toBeLessThan(250);
  expect(size(1)).toBeLessThan(7000);
});

describe('what cannot be used', () => {
  test.each<[string, Props, string]>([
    ['access', { access: {} as RouterAccess }, 'access {} of stack/router is not valid: pass RouterAccess.entra('],
    ['a name', { routerName: 'Chat_Router' }, "routerName 'Chat_Router' of stack/router is not valid"],
    ['a long name', { routerName: 'x'.repeat(41) }, 'of stack/router is not valid: it has 1 to 40 lower-case letters'],
    ['a name that is markup', { routerName: '"><x' }, "routerName '\"><x' of stack/router is not valid"],
    ['a path', { path: '/chat' }, "path '/chat' of stack/router is not valid"],
    ['a path that goes up', { path: 'a/../b' }, "path 'a/../b' of stack/router is not valid"],
    ['a path for Terraform', { path: '${x}' }, "path '${x}' of stack/router is not valid"],
    ['a salt', { salt: 'a:b' }, "salt 'a:b' of stack/router is not valid: it has 1 to 64 letters"],
    ['a salt with a line', { salt: 'a\n' }, "salt 'a\\u{a}' of stack/router is not valid"],
    ['a salt of C#', { salt: '";x' }, 'of stack/router is not valid: it has 1 to 64 letters'],
    ['no methods', { methods: [] }, 'methods [] of stack/router are not valid'],
    ['a method', { methods: ['get'] }, 'methods ["get"] of stack/router are not valid'],
    ['a method twice', { methods: ['GET', 'GET'] }, 'methods ["GET","GET"] of stack/router are not valid'],
    ['a timeout', { timeoutSeconds: 241 }, 'timeoutSeconds 241 of stack/router is not allowed'],
    ['an origin', { corsOrigins: ['*'] }, "origin '*' in corsOrigins of stack/router is not valid"],
    [
      'an override by key',
      { allowOverride: true, access: RouterAccess.subscriptionKeys() },
      'allowOverride of stack/router cannot tell who may use it: keys and cookies carry no roles; pass access: RouterAccess.entra({ tenantId, audiences }), or leave out allowOverride',
    ],
    [
      'a key of pins',
      { conversationPin: { keyVaultSecretId: 'secret' } },
      "keyVaultSecretId 'secret' in conversationPin of stack/router is no Key Vault secret",
    ],
    [
      'a share of the mirror',
      { mirror: { percent: 101 } as NonNullable<Props['mirror']> },
      'percent 101 in mirror of stack/router is no share',
    ],
    [
      'a pin that is none',
      { conversationPin: null as never },
      'keyVaultSecretId undefined in conversationPin of stack/router is no Key Vault secret',
    ],
    ['no list of origins', { corsOrigins: null as never }, 'origin null in corsOrigins of stack/router is not valid'],
    ['a stickiness', { stickiness: 'forever' as RouterStickiness }, "stickiness 'forever' of stack/router is not one"],
  ])('%s', (_, props, message) => {
    expect(() => made(props)).toThrow(message);
  });

  test.each(['chat', 'ftp://chat.example', 'https://chat.example/', 'https://chat.example/?a=1', 'https://a"b'])(
    'the address %j',
    (url) => {
      const stack = stackIn();
      const releases = [RoutedRelease.stable(new RunningElsewhere(stack, OLD, url))];
      expect(() => routerIn(stack, { releases })).toThrow(
        `of the orchestrator of ${OLD} cannot be called by stack/router`,
      );
    },
  );

  test.each([null, {}])('the service %j', (service) => {
    const stack = stackIn();
    const props = { access: ACCESS, salt: 'x', releases: releasesIn(stack), service: service as never };
    expect(() => new ApiManagementReleaseRouter(stack, 'router', props)).toThrow(
      new Error(
        `service ${JSON.stringify(service)} of stack/router is no API Management service: pass an ApiManagementService, or ApiManagementService.fromServiceId(…)`,
      ),
    );
  });

  test.each([
    ['stable', OLD],
    ['candidate', NEXT],
  ])('a %s release whose app is reached within its environment only', (_, inside) => {
    const stack = stackIn();
    const app = (label: string): RunningElsewhere => new RunningElsewhere(stack, label, undefined, label !== inside);
    const [stable, candidate] = [app(OLD), app(NEXT)];
    const releases = [RoutedRelease.stable(stable), RoutedRelease.candidate(candidate)];
    expect(() => routerIn(stack, { releases, mirror: { candidate, percent: 5 } })).toThrow(
      new Error(
        `stack/router cannot reach ${inside}: stack/${inside} is reached within its environment only: pass external: true to the orchestrator`,
      ),
    );
  });

  test('a mirror that has users', () => {
    const stack = stackIn();
    const releases = releasesIn(stack);
    expect(() => routerIn(stack, { releases, mirror: { candidate: releases[1]!.orchestrator!, percent: 5 } })).toThrow(
      new Error(
        `mirror of stack/router copies requests to '${NEW}', which is canary: copies go to a release without users; list it as RoutedRelease.candidate(orchestrator) and pass the same orchestrator`,
      ),
    );
    const stranger = new RunningElsewhere(stack, labelOf('9'));
    expect(() =>
      routerIn(stack, { releases, service: serviceOf(stack), mirror: { candidate: stranger, percent: 5 } }, 'second'),
    ).toThrow(`mirror of stack/second copies requests to '${labelOf('9')}', which is not among its releases`);
  });

  test('a mirror that is none', () => {
    const stack = stackIn();
    expect(() => routerIn(stack, { releases: releasesIn(stack), mirror: null as never })).toThrow(
      'percent undefined in mirror of stack/router is no share',
    );
  });

  test('another router of the same name or path in the service', () => {
    const stack = made();
    const service = serviceOf(stack);
    const more = { service, releases: [RoutedRelease.stable(new RunningElsewhere(stack, labelOf('9')))] };
    expect(() => routerIn(stack, { ...more, path: 'other' }, 'second')).toThrow(
      "stack/second and stack/router are both named 'release-router' in one API Management service",
    );
    expect(() => routerIn(stack, { ...more, routerName: 'other', path: 'chat/more' }, 'third')).toThrow(
      "stack/third and stack/router both answer at the path 'chat/more' of one API Management service",
    );
  });

  test('grants', () => {
    const stack = stackIn();
    const router = routerIn(stack, { releases: releasesIn(stack), allowOverride: true });
    for (const id of ['', 'app', `${TENANT},${TENANT}`, `x${Token.asString({})}`]) {
      expect(() => router.grantOverride(id)).toThrow('passed to grantOverride of stack/router is no client id');
    }
    const other = stackIn();
    expect(() => routerIn(other, { releases: releasesIn(other) }).grantOverride(TENANT)).toThrow(
      'grantOverride of stack/router grants nothing: the router has no override; pass allowOverride: true',
    );
  });

  test.each<[() => RouterAccess, string]>([
    [
      () => RouterAccess.entra(undefined as never),
      "RouterAccess.entra was given nothing: pass { tenantId, audiences: ['api://chat'] }",
    ],
    [
      () => RouterAccess.entra({ tenantId: 'a b', audiences: ['x'] }),
      "tenantId 'a b' of RouterAccess.entra is no Microsoft Entra tenant",
    ],
    [
      () => RouterAccess.entra({ tenantId: TENANT, audiences: [] }),
      "RouterAccess.entra has no audiences: list at least one, for instance 'api://chat' (the application id URI of the router's app registration)",
    ],
    [
      () => RouterAccess.entra({ tenantId: TENANT, audiences: ['<x>'] }),
      "audience '<x>' of RouterAccess.entra is not valid",
    ],
    [
      () => RouterAccess.entra({ tenantId: TENANT, audiences: ['x'], overrideRole: 'a|b' }),
      "overrideRole 'a|b' of RouterAccess.entra is not valid",
    ],
  ])('access %#', (access, message) => {
    expect(access).toThrow(message);
  });
});

function serviceOf(stack: TerraformStack): ApiManagementService {
  return stack.node.findChild('service') as ApiManagementService;
}

test('a stack is synthesised in one way', () => {
  expect(Testing.synth(made(everything))).toBe(Testing.synth(made(everything)));
});
