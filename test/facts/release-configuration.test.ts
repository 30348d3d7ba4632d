import fc from 'fast-check';
import { terraformTemplate } from '../../lib/contracts/terraform-template';
import { formatTrafficRows, parseTrafficRows, TrafficRow } from '../../lib/contracts/traffic-row';
import { valueOf } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { Finding } from '../../lib/rules/finding';
import { CONFIGURATION_RULES } from '../../lib/rules/rules';
import { contextOf } from '../rules/configuration';
import { accounts, factsOf } from '../rules/gateway-stack';
import { apps, containerApp, nginx, orchestrator, release, releaseVariables, router } from '../rules/release-stack';
import { userSeconds } from '../support/user-seconds';

const ONE = release();
const MANIFEST = terraformTemplate(ONE.text);

function read(resource: unknown, more: Record<string, unknown> = {}): ConfigurationFacts {
  return readStackConfiguration({ resource, ...more });
}

describe('an orchestrator', () => {
  test('is read with everything that the rules need', () => {
    const { releases } = factsOf(
      apps({ one: { ...orchestrator(ONE), '//': { metadata: { path: 'staging/one' } } } }),
      accounts({ eu: { chat: 'gpt-7-chat@2024-01-01' } }),
    );
    const env = (index: number, value: string) => ({
      path: `template.container[0].env[${index}].value`,
      value: { state: 'known', value },
      isSecret: false,
    });
    expect(releases).toEqual({
      orchestrators: [
        {
          origin: { address: 'azurerm_container_app.one', type: 'azurerm_container_app', constructPath: 'staging/one' },
          path: 'template.container[0]',
          revisionMode: { state: 'known', value: 'Single' },
          revisionModePath: 'revision_mode',
          image: {
            state: 'unknown',
            expression: expect.stringMatching(
              /^\$\{azurerm_container_registry\.main\.login_server\}\/assistants\/.*@sha256:/,
            ),
          },
          releaseId: env(0, ONE.id),
          label: env(1, ONE.label),
          manifest: {
            state: 'read',
            path: 'template.container[0].env[2].value',
            text: ONE.text,
            manifest: JSON.parse(ONE.text) as unknown,
          },
          evidence: { state: 'absent' },
          routeHeader: { path: 'template.container[0]', value: { state: 'absent' }, isSecret: false },
          wiring: [
            {
              variablePart: 'CHAT',
              url: env(3, 'https://eu.openai.azure.com/openai/v1'),
              deployment: env(4, 'chat'),
              target: expect.objectContaining({
                account: 'azurerm_cognitive_account.eu',
                serves: expect.objectContaining({ declaredBy: 'azurerm' }),
              }),
            },
          ],
          hasUnreadVariables: false,
        },
      ],
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a template in a list',
      { template: [{ container: [{ env: [{ name: 'RELEASE_MANIFEST', value: MANIFEST }] }] }] },
      {},
    ],
    [
      'one container and one variable as objects',
      { template: { container: { env: { name: 'RELEASE_MANIFEST', value: MANIFEST } } } },
      {},
    ],
    [
      'locals for the environment and the text',
      { template: { container: [{ env: '${local.env}' }] } },
      { locals: { env: [{ name: 'RELEASE_MANIFEST', value: '${local.text}' }], text: MANIFEST } },
    ],
    [
      'a dynamic block',
      {
        template: {
          container: [
            {
              dynamic: {
                env: {
                  for_each: { RELEASE_MANIFEST: MANIFEST },
                  content: { name: '${env.key}', value: '${env.value}' },
                },
              },
            },
          ],
        },
      },
      {},
    ],
    [
      'for_each',
      {
        for_each: { RELEASE_MANIFEST: MANIFEST },
        template: { container: [{ env: [{ name: '${each.key}', value: '${each.value}' }] }] },
      },
      {},
    ],
  ])('is found behind %s', (_what, body, more) => {
    const { releases } = read({ azurerm_container_app: { one: body } }, more);
    expect(releases?.orchestrators.map(({ manifest }) => manifest.state === 'read' && manifest.text)).toEqual([
      ONE.text,
    ]);
  });

  test('is one in every container that is told a release', () => {
    const container = containerApp(releaseVariables(ONE)) as { template: { container: unknown[] } };
    const sidecar = { name: 'sidecar', env: [{ name: 'PORT', value: '1' }] };
    const all = [...container.template.container, sidecar, ...container.template.container];
    const { releases } = read({ azurerm_container_app: { one: { template: { container: all } } } });
    expect(releases?.orchestrators.map(({ path }) => path)).toEqual(['template.container[0]', 'template.container[2]']);
  });
});

describe('a router', () => {
  test('is read from the policy of API Management, with the apps that its labels lead to', () => {
    const { traffic } = factsOf(
      router([
        { label: ONE.label, row: 'stable|100|10000', to: 'one' },
        { label: 'far-0123456789ab', row: 'canary|0|100', to: 'https://far.example' },
      ]),
      apps({ one: orchestrator(ONE) }),
    );
    expect(traffic!.routers.map(({ kind, path, rows }) => ({ kind, path, rows }))).toEqual([
      {
        kind: 'api-management',
        path: 'xml_content',
        rows: [
          {
            label: ONE.label,
            stage: 'stable',
            from: 100,
            to: 10_000,
            target: 'declared',
            app: 'azurerm_container_app.one',
          },
          {
            label: 'far-0123456789ab',
            stage: 'canary',
            from: 0,
            to: 100,
            target: 'declared',
            elsewhere: 'https://far.example',
          },
        ],
      },
    ]);
  });

  test.each<[string, string]>([
    ['its resource', 'https://${azurerm_container_app.one.ingress[0].fqdn}'],
    ['its resource, of another attribute', 'https://${azurerm_container_app.one.latest_revision_fqdn}/'],
    ['its name in the domain of the environment', `https://${ONE.label}.nicesand.westeurope.azurecontainerapps.io`],
    [
      'its name, which a reference tells',
      'https://${azurerm_container_app.one.name}.${azurerm_container_app_environment.e.default_domain}',
    ],
    ['its name inside of the environment', `http://${ONE.label}`],
  ])('finds an app by %s', (_how, to) => {
    const parts = [router([{ label: ONE.label, row: 'stable|0|10000', to }]), apps({ one: orchestrator(ONE) })];
    expect(factsOf(...parts).traffic!.routers[0]!.rows[0]!.app).toBe('azurerm_container_app.one');
  });

  test('is read from the configuration of nginx, whose shares add up', () => {
    const [b, c] = ['b-0123456789ab', 'c-0123456789ab'];
    const text = `http {
      split_clients "salt:$user" $bucketed_release { 0.01% ${b}; 12.5% ${ONE.label}; * ${c}; }
      map $release $release_stage { ${b} canary; ${ONE.label} stable; ${c} canary; d-0123456789ab draining; }
      map $release $upstream { default ""; ${ONE.label} "https://\${azurerm_container_app.one.ingress[0].fqdn}"; }
    }`;
    const { traffic } = factsOf(apps({ r: nginx(text), one: orchestrator(ONE) }));
    expect(traffic!.routers[0]!.rows.map(({ label, stage, from, to, app }) => [label, stage, from, to, app])).toEqual([
      [b, 'canary', 0, 1, undefined],
      [ONE.label, 'stable', 1, 1251, 'azurerm_container_app.one'],
      [c, 'canary', 1251, 10_000, undefined],
      ['d-0123456789ab', 'draining', 0, 0, undefined],
    ]);
  });

  test('weights of revisions keep what can be read', () => {
    const weights = [
      { latest_revision: true, percentage: 90, label: 'new' },
      { revision_suffix: '${var.old}', percentage: '10' },
    ];
    const { traffic } = read({ azurerm_container_app: { web: { ingress: [{ traffic_weight: weights }] } } });
    expect(
      traffic!.revisions[0]!.weights.map(({ path, percentage, revision }) => [
        path,
        valueOf(percentage),
        revision.state,
      ]),
    ).toEqual([
      ['ingress[0].traffic_weight[0]', 90, 'absent'],
      ['ingress[0].traffic_weight[1]', 10, 'unknown'],
    ]);
  });
});

describe('the rows of a router', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,6}-[0-9a-f]{12}$/);
  const bucket = fc.integer({ min: 0, max: 10_000 });
  const stage = fc.constantFrom('candidate', 'canary', 'stable', 'draining', 'retired') as fc.Arbitrary<
    TrafficRow['stage']
  >;
  const rows = fc.array(fc.record({ label, stage, from: bucket, to: bucket }), { minLength: 1, maxLength: 8 });

  test('come back from their text, and from the policy that holds it', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const text = formatTrafficRows(given);
        const [fact] = factsOf(router([], text)).traffic!.routers;
        expect(parseTrafficRows(text)).toEqual(given);
        expect(fact!.rows.map(({ label: of, stage: at, from, to }) => ({ label: of, stage: at, from, to }))).toEqual(
          given,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('are unread, and never half read, where one character is missing', () => {
    const text = formatTrafficRows([{ label: ONE.label, stage: 'stable', from: 0, to: 10_000 }]);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), (index) => {
        const cut = text.slice(0, index) + text.slice(index + 1);
        const [fact] = factsOf(router([], cut)).traffic!.routers;
        expect(fact!.unread === undefined ? fact!.rows.length : fact!.rows).toEqual(
          fact!.unread === undefined ? 1 : [],
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('any JSON is read and judged without an error', () => {
  const text = fc.constantFrom(
    '${each.value.a}',
    '${local.a}',
    '${',
    '%{if',
    MANIFEST,
    ONE.text,
    'http { split_clients a b { 5% x-0123456789ab; } }',
    'split_clients {',
    '${azurerm_storage_blob.x.url}',
    'https://apim.azure-api.net/a',
    ONE.id,
  );
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text);
  const name = fc.constantFrom(
    'RELEASE_ID',
    'RELEASE_LABEL',
    'RELEASE_MANIFEST',
    'RELEASE_MANIFEST_URL',
    'NGINX_CONFIG',
    'MODEL_CHAT_URL',
    'MODEL_CHAT_DEPLOYMENT',
  );
  const variable = fc.oneof(
    value,
    fc.record({ name: fc.oneof(name, name, value), value, secret_name: value }, { requiredKeys: [] }),
  );
  const list = (item: fc.Arbitrary<unknown>) => fc.oneof(fc.array(item, { maxLength: 4 }), item, value);
  const block = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] });
  const container = block({ image: value, env: list(variable), dynamic: value });
  const weight = block({ percentage: value, latest_revision: value, revision_suffix: value, label: value });
  const app = block({
    name: value,
    revision_mode: value,
    for_each: value,
    count: value,
    template: list(block({ container: list(container), revision_suffix: value })),
    ingress: list(block({ traffic_weight: list(weight), dynamic: value })),
  });

  test('of container apps and blobs', () => {
    fc.assert(
      fc.property(app, app, value, (one, two, source_content) => {
        const json = {
          resource: {
            azurerm_container_app: { one, two },
            azapi_resource: { a: { type: 'Microsoft.App/containerApps@1', body: { properties: two } } },
            azurerm_storage_blob: { x: { name: ONE.id, source_content } },
          },
        };
        const facts = readStackConfiguration(json);
        const context = { ...contextOf([]), facts };
        for (const rule of CONFIGURATION_RULES) {
          expect(rule.check(context).every(({ message }) => message.length > 0)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('of two thousand releases with one router, in a moment', () => {
    const labels = Array.from({ length: 2_000 }, (_, index) => `r-${index.toString(16).padStart(12, '0')}`);
    const named = Object.fromEntries(
      labels.map((label) => [label, orchestrator(ONE, { RELEASE_LABEL: label }, { name: label })]),
    );
    const rows = labels.map((label, index) => ({
      label,
      row: `${index === 0 ? 'stable' : 'canary'}|${5 * index}|${5 * index + 5}`,
      to: label,
    }));
    const facts = factsOf(apps(named), router(rows));
    const context = { ...contextOf([]), facts };
    const rules = CONFIGURATION_RULES.filter(({ id }) => /^(?:release|prompt|traffic)-/.test(id));
    const findings: Finding[] = [];
    const seconds = userSeconds(() => rules.forEach((rule) => findings.push(...rule.check(context))));
    expect(facts.traffic!.routers[0]!.rows.filter(({ app: of }) => of !== undefined)).toHaveLength(2_000);
    expect(findings.filter(({ rule }) => rule === 'traffic-incomplete')).toEqual([]);
    expect(seconds).toBeLessThan(4);
  });
});
