import { connections, texts, topology } from './support/drawing';
import { exampleStack, platformStack, sampleLabel, SampleRelease } from './support/platform';

const CURRENT: SampleRelease = { app: 'current', model: { name: 'gpt-5.1', version: '2025-11-13' }, prompts: 3 };
const NEXT: SampleRelease = {
  app: 'next',
  model: { name: 'gpt-5.6-sol', version: '2026-07-09' },
  orchestration: '3.0',
};
const DIRECT: SampleRelease = {
  app: 'direct',
  model: { name: 'gpt-5', version: '2025-08-07' },
  deployment: 'gpt-5_2025-08-07_globalstandard',
};

/** A stack with one account and deployments in it. */
function account(name: string, deployments: Record<string, Record<string, unknown>>) {
  return {
    '//': { metadata: { stackName: name } },
    resource: {
      azurerm_cognitive_account: { main: { name, location: 'swedencentral', custom_subdomain_name: name } },
      azurerm_cognitive_deployment: Object.fromEntries(
        Object.entries(deployments).map(([id, given]) => [
          id,
          {
            name: id,
            cognitive_account_id: '${azurerm_cognitive_account.main.id}',
            model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' },
            sku: { name: 'GlobalStandard', capacity: 10 },
            ...given,
          },
        ]),
      ),
    },
  };
}

/** A stack with a gateway of one hand-written policy. */
function gatewayTo(service: string, routes: Record<string, string>) {
  const branches = Object.entries(routes).map(
    ([key, url]) =>
      `<when condition="@(context.Request.Headers.GetValueOrDefault(&quot;x-ai-model&quot;)==&quot;${key}&quot;)"><set-backend-service base-url="${url}" /></when>`,
  );
  return {
    '//': { metadata: { stackName: service } },
    resource: {
      azurerm_api_management: { main: { name: service } },
      azurerm_api_management_api: { api: { name: 'models', api_management_name: service, path: 'openai' } },
      azurerm_api_management_api_policy: {
        policy: {
          api_name: 'models',
          api_management_name: service,
          xml_content: `<policies><inbound><choose>${branches.join('')}</choose></inbound></policies>`,
        },
      },
    },
  };
}

describe('the example of a gateway', () => {
  const drawn = topology(exampleStack('gateway'));

  test('has each route once, with alias and what a retired one answers', () => {
    expect(texts(drawn, 'route')).toEqual([
      'gpt-5.1@2025-11-13 | alias chat-production',
      'gpt-5.6-sol@2026-07-09',
      'gpt-5@2025-08-07',
      'o4-mini@2025-04-16 | 410 Gone, use gpt-5.1@2025-11-13',
    ]);
    expect(drawn.nodes.filter(({ isIdle }) => isIdle).map(({ title }) => title)).toEqual(['o4-mini@2025-04-16']);
  });

  test('has the deployments by account, with SKU, stage and date on the day', () => {
    expect(drawn.groups.map(({ title }) => title)).toEqual([
      'Gateway apim-service-677bdf99c939',
      'contoso-models-francecentral, francecentral',
      'contoso-models-swedencentral, swedencentral',
    ]);
    expect(texts(drawn, 'deployment')).toContain(
      'gpt-5@2025-08-07 | GlobalStandard, capacity 20 | generally-available: retires 2027-02-09, in 80 days',
    );
    const sweden = drawn.groups.find(({ title }) => title.startsWith('contoso-models-sweden'))!.id;
    expect(drawn.nodes.filter(({ group }) => group === sweden)).toHaveLength(3);
  });

  test('leads from the application over routes to deployments, in the order of failover', () => {
    expect(connections(drawn)).toEqual([
      'Application --> gpt-5.1@2025-11-13 (alias chat-production)',
      'Application --> gpt-5.6-sol@2026-07-09',
      'Application --> gpt-5@2025-08-07',
      'gpt-5.1@2025-11-13 (alias chat-production) --> gpt-5.1@2025-11-13 (DataZoneProvisionedManaged, capacity 15)',
      'gpt-5.1@2025-11-13 (alias chat-production) ..> gpt-5.1@2025-11-13 (DataZoneStandard, capacity 100) [failover 1]',
      'gpt-5.1@2025-11-13 (alias chat-production) ..> gpt-5.1@2025-11-13 (DataZoneStandard, capacity 100) [failover 2]',
      'gpt-5.6-sol@2026-07-09 --> gpt-5.6-sol@2026-07-09 (GlobalStandard, capacity 50)',
      'gpt-5@2025-08-07 --> gpt-5@2025-08-07 (GlobalStandard, capacity 20)',
    ]);
  });

  test('says how calls are divided between deployments that are tried at the same time', () => {
    const weighed = JSON.stringify(exampleStack('gateway')).replaceAll('0:1;1:1;2:1|', '0:1,1:3;2:1|');
    const labels = topology(JSON.parse(weighed)).edges.flatMap(({ label }) => label ?? []);
    expect(labels).toEqual(['25 %', '75 %', 'failover 1']);
  });

  test('keeps its ids when something else is added', () => {
    const more = exampleStack('gateway');
    const { azurerm_cognitive_deployment: deployments } = more.resource;
    const [first] = Object.values(deployments!) as object[];
    const added = {
      ...more.resource,
      azurerm_cognitive_deployment: { aaa: { ...first, name: 'aaa' }, ...deployments },
    };
    const ids = topology({ ...more, resource: added }).nodes.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(drawn.nodes.map(({ id }) => id)));
    expect(ids).toHaveLength(drawn.nodes.length + 1);
  });
});

describe('releases', () => {
  const drawn = topology(
    platformStack([
      { ...CURRENT, stage: 'stable', from: 1050, to: 10_000 },
      { ...NEXT, stage: 'canary', from: 0, to: 1050 },
      { ...DIRECT, stage: 'candidate', from: 0, to: 0 },
      { app: 'gone', model: { name: 'o4-mini', version: '2025-04-16' }, stage: 'retired', from: 0, to: 0 },
    ]),
  );

  test('say stage, orchestration, prompts and models', () => {
    expect(texts(drawn, 'release')).toEqual(
      [
        `${sampleLabel(CURRENT)} | stable | orchestration 2.3.0, 3 prompts | chat: gpt-5.1@2025-11-13`,
        `${sampleLabel(NEXT)} | canary | orchestration 3.0, 1 prompt | chat: gpt-5.6-sol@2026-07-09`,
        `${sampleLabel(DIRECT)} | candidate | orchestration 2.3.0, 1 prompt | chat: gpt-5@2025-08-07`,
        `${sampleLabel({ app: '', model: { name: 'o4-mini', version: '2025-04-16' } })} | retired`,
      ].sort(),
    );
    expect(texts(drawn, 'router')).toEqual(['Router | API Management, router']);
  });

  test('get their share of the users from the router', () => {
    const shares = connections(drawn).filter((edge) => edge.startsWith('Router'));
    expect(shares).toEqual([
      `Router (API Management, router) --> ${sampleLabel(CURRENT)} (stable) [89.5 %]`,
      `Router (API Management, router) --> ${sampleLabel(NEXT)} (canary) [10.5 %]`,
      `Router (API Management, router) ..> ${sampleLabel(DIRECT)} (candidate) [override only]`,
      expect.stringMatching(/\.\.> travel-[0-9a-f]{12} \(retired\) \[410 Gone\]$/),
    ]);
  });

  test('call their model through the gateway or directly, and the knowledge API', () => {
    expect(connections(drawn)).toEqual(
      expect.arrayContaining([
        'Application --> Router (API Management, router)',
        `${sampleLabel(NEXT)} (canary) --> gpt-5.6-sol@2026-07-09 [chat]`,
        `${sampleLabel(DIRECT)} (candidate) --> gpt-5@2025-08-07 (GlobalStandard, capacity 20) [chat]`,
        `${sampleLabel(NEXT)} (canary) --> Knowledge API (knowledge-api)`,
        'Knowledge API (knowledge-api) --> text-embedding-3-large@1 (deployment embeddings) [embeddings]',
      ]),
    );
    expect(texts(drawn, 'knowledge')).toEqual([
      'Knowledge API | knowledge-api | index travel-v1 | text-embedding-3-large@1',
    ]);
  });
});

describe('several stacks', () => {
  const url = (name: string, deployment: string) => `https://${name}.openai.azure.com/openai/deployments/${deployment}`;

  test('are one diagram: a gateway leads to a deployment that another stack declares', () => {
    const drawn = topology(
      gatewayTo('apim-one', { 'gpt-5.1@2025-11-13': url('contoso', 'chat') }),
      account('contoso', { chat: {} }),
    );
    expect(drawn.stacks).toEqual(['apim-one', 'contoso']);
    expect(connections(drawn)).toEqual([
      'Application --> gpt-5.1@2025-11-13',
      'gpt-5.1@2025-11-13 --> gpt-5.1@2025-11-13 (GlobalStandard, capacity 10)',
    ]);
    expect(texts(drawn, 'deployment')).toEqual([
      'gpt-5.1@2025-11-13 | GlobalStandard, capacity 10 | deployment chat | generally-available: retires 2027-05-15, in 175 days',
    ]);
  });

  test('may have several gateways with routes of the same key', () => {
    const drawn = topology(
      gatewayTo('apim-one', { 'gpt-5.1@2025-11-13': url('contoso', 'chat') }),
      gatewayTo('apim-two', { 'gpt-5.1@2025-11-13': url('contoso', 'other') }),
      account('contoso', { chat: {}, other: {} }),
    );
    expect(drawn.groups.map(({ title }) => title)).toEqual([
      'Gateway apim-one',
      'Gateway apim-two',
      'contoso, swedencentral',
    ]);
    expect(texts(drawn, 'route')).toEqual(['gpt-5.1@2025-11-13', 'gpt-5.1@2025-11-13']);
    expect(drawn.edges).toHaveLength(4);
  });

  test('may lead to deployments that none of them declares, which are judged by the route', () => {
    const drawn = topology(gatewayTo('apim-one', { 'gpt-35-turbo@0613': url('elsewhere', 'old') }));
    expect(texts(drawn, 'deployment')).toEqual([
      'gpt-35-turbo@0613 | deployment old | declared elsewhere | retired: since 2025-02-13',
    ]);
    expect(drawn.groups.at(-1)!.title).toBe('elsewhere.openai.azure.com');
  });

  test('keep resources of the same address apart', () => {
    const drawn = topology(account('one', { chat: {} }), account('two', { chat: {} }));
    expect(new Set(drawn.nodes.map(({ id }) => id)).size).toBe(3);
    expect(drawn.groups.map(({ title }) => title)).toEqual(['one, swedencentral', 'two, swedencentral']);
  });
});

describe('the stage of a deployment', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'retired on its SKU',
      { model: model('gpt-4o', '2024-08-06'), sku: { name: 'Standard' } },
      'retired: since 2026-03-31',
    ],
    ['deprecated', { model: model('gpt-4o', '2024-08-06') }, 'deprecated: retires 2027-04-14, in 144 days'],
    [
      'unreadable SKU',
      { model: model('gpt-4o', '2024-08-06'), sku: { name: '${var.sku}' } },
      'retired: since 2026-03-31, on some SKUs',
    ],
    ['unknown model', { model: model('in-house', '1') }, 'unknown: not in the catalogue'],
    ['unreadable version', { model: model('gpt-5.1', '${var.version}') }, 'unknown: not known before Terraform runs'],
    ['no version', { model: { format: 'OpenAI', name: 'gpt-5.1' } }, 'unknown: no version is pinned'],
  ])('says %s', (_, given, expected) => {
    const [text] = texts(topology(account('a', { chat: given })), 'deployment');
    expect(text!.split(' | ').at(-1)).toBe(expected);
  });

  test('stands beside a word about deployments that nothing calls, once something is in front of models', () => {
    const stacks = [
      gatewayTo('apim', { 'gpt-5.1@2025-11-13': 'https://a.openai.azure.com/openai/deployments/chat' }),
      account('a', { chat: {}, idle: {} }),
    ];
    const uncalled = texts(topology(...stacks), 'deployment').filter((text) => text.includes('no caller'));
    expect(uncalled).toEqual([expect.stringContaining('deployment idle | no caller in these stacks')]);
    expect(connections(topology(stacks[1]))).toEqual([
      expect.stringMatching(/^Application --> /),
      expect.stringMatching(/^Application --> /),
    ]);
  });
});

describe('what can hardly be drawn', () => {
  test.each([
    ['an empty object', {}],
    ['nothing that is known', { resource: { azurerm_resource_group: { a: {} } } }],
    ['JSON that is no object', null],
    [
      'wrong types everywhere',
      { resource: { azurerm_container_app: [1, { a: { template: 'x' } }], azurerm_cognitive_account: 7 }, locals: 'x' },
    ],
  ])('%s is a note', (_, configuration) => {
    const drawn = topology(configuration);
    expect(drawn.nodes).toEqual([]);
    expect(drawn.notes).toEqual(['No stack declares a model deployment, a route to one or a release.']);
  });

  test('parts that only Terraform can read are counted', () => {
    const unread = { type: '${var.type}', name: 'x', body: {} };
    expect(topology({ resource: { azapi_resource: { one: unread, two: unread } } }).notes).toContain(
      '2 parts that may declare deployments cannot be read before Terraform runs.',
    );
  });

  test('names from outside are printable and short', () => {
    const hostile = `a\u001b[31m\n\u202e${'x'.repeat(500)}`;
    const drawn = topology(account(hostile, { chat: { name: hostile, model: model(hostile, '1') } }));
    for (const text of [
      ...drawn.groups.map(({ title }) => title),
      ...drawn.nodes.flatMap((node) => [node.title, ...node.details]),
    ]) {
      expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(text.length).toBeLessThan(160);
    }
  });

  test('two deployments of one name under one address stay two', () => {
    const resources = ['1', '2'].map(() => ({
      type: 'Microsoft.CognitiveServices/accounts/deployments',
      name: 'a/chat',
      properties: { model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' } },
    }));
    const template = {
      azurerm_resource_group_template_deployment: { t: { template_content: JSON.stringify({ resources }) } },
    };
    expect(texts(topology({ resource: template }), 'deployment')).toHaveLength(2);
  });
});

function model(name: string, version: string) {
  return { format: 'OpenAI', name, version };
}
