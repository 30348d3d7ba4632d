import { valueOf } from '../../lib/facts/attribute';
import { RouteFact } from '../../lib/facts/gateway-facts';
import { LiveRoute } from '../../lib/gateway/policy/routing-table';
import { member, route, tableOf } from '../gateway/support/routes';
import { accounts, backends, factsOf, generated, Resources, SERVICE, whenModel, written } from '../rules/gateway-stack';
import { userSeconds } from '../support/user-seconds';

const V1 = 'gpt-7-chat@2024-01-01';

function routesOf(...parts: readonly Resources[]): readonly RouteFact[] {
  return factsOf(...parts).gateway?.routes ?? [];
}

/** Key, and the deployments that its targets are joined to. */
function joined(...parts: readonly Resources[]) {
  return routesOf(...parts).map(({ key, targets }) => [key, ...targets.map(({ serves }) => serves?.origin.address)]);
}

const to = (backend: string) => `<set-backend-service backend-id="${backend}" />`;
const EU_CHAT = 'azurerm_cognitive_deployment.eu_chat';

describe('the routes of a generated gateway', () => {
  const table = tableOf(
    [
      route(V1, [member('eu', 'chat'), member('us', 'chat.1', { tier: 1 })]),
      route('gpt-3-embed@1', [member('eu', 'embed')], { dated: false }),
    ],
    { retired: [{ key: 'gpt-3-old@0613', successor: V1 }], aliases: [{ name: 'production', key: V1 }] },
  );
  const deployed = accounts({ eu: { chat: V1, embed: 'gpt-3-embed@1' }, us: { 'chat.1': V1 } });

  test('are those of its table in every policy, joined to the deployments, on the surface v1 too', () => {
    const US_CHAT = 'azurerm_cognitive_deployment.us_chat_1';
    const EMBED = 'azurerm_cognitive_deployment.eu_embed';
    expect(joined(generated(table), deployed)).toEqual([
      [V1, EU_CHAT, US_CHAT],
      ['gpt-3-embed@1'],
      ['gpt-3-old@0613'],
      [V1, EU_CHAT, US_CHAT],
      ['gpt-3-embed@1', EMBED],
      ['gpt-3-old@0613'],
      ['gpt-3-embed@1'],
      [V1, EU_CHAT, US_CHAT],
    ]);
  });

  test('say which are answered without a model', () => {
    const answering = routesOf(generated(table), deployed).filter(({ answersItself }) => answersItself);
    expect(answering.map(({ origin, key }) => `${origin.address.split('.')[1]} ${key}`)).toEqual([
      'dated gpt-3-embed@1',
      'dated gpt-3-old@0613',
      'v1 gpt-3-old@0613',
      'forms gpt-3-embed@1',
    ]);
  });

  test('say what is known of each target', () => {
    const [first] = routesOf(generated(table), deployed);
    expect(first!.targets[1]).toEqual({
      place: 'backend/retry[0]/choose[0]/when[0]/choose[0]/when[1]/set-backend-service[0]',
      backendId: 'us-chat-1-dated',
      backend: 'azurerm_api_management_backend.us-chat-1-dated',
      url: 'https://us.openai.azure.com/openai/deployments/chat.1',
      deployment: 'chat.1',
      account: 'azurerm_cognitive_account.us',
      serves: expect.objectContaining({ declaredBy: 'azurerm' }),
      tier: 1,
      weight: 1,
    });
  });

  test('say their service, their aliases and who succeeds a retired one', () => {
    const routes = routesOf(generated(table), deployed);
    expect(new Set(routes.map(({ service }) => service)).size).toBe(1);
    const said = routes.slice(0, 3).map(({ key, aliases, retired }) => ({ key, aliases, retired }));
    expect(said).toEqual([
      { key: V1, aliases: ['production'], retired: undefined },
      { key: 'gpt-3-embed@1', aliases: [], retired: undefined },
      { key: 'gpt-3-old@0613', aliases: [], retired: { successor: V1 } },
    ]);
  });

  test('keep the construct path of the policy', () => {
    const parts = generated(table);
    const policies = parts.azurerm_api_management_api_policy as Record<string, object>;
    const marked = { dated: { ...policies.dated, '//': { metadata: { path: 'stack/gateway/Policy' } } } };
    const [first] = routesOf({ ...parts, azurerm_api_management_api_policy: marked }, deployed);
    expect(first!.origin.constructPath).toBe('stack/gateway/Policy');
  });
});

describe('backends are joined to deployments', () => {
  const account = '${azurerm_cognitive_account.eu.endpoint}';

  test.each<[string, string | Record<string, unknown>]>([
    ['by the domain of Azure OpenAI', 'https://eu.openai.azure.com/openai/deployments/chat'],
    ['by the domain of Foundry, in other letters', 'https://EU.services.ai.azure.com/openai/deployments/Chat/'],
    ['by reference to the account', `${account}openai/deployments/chat`],
    ['by reference to the deployment', `${account}openai/deployments/\${azurerm_cognitive_deployment.eu_chat.name}`],
    ['through functions', '${trimsuffix(azurerm_cognitive_account.eu.endpoint, "/")}/openai/deployments/chat'],
    [
      'by the subdomain',
      'https://${azurerm_cognitive_account.eu.custom_subdomain_name}.openai.azure.com/openai/deployments/chat',
    ],
    ['by for_each', { for_each: ['chat'], url: 'https://eu.openai.azure.com/openai/deployments/${each.value}' }],
  ])('%s', (_how, given) => {
    const policy = written(`<choose>${whenModel(V1, to('backend'))}</choose>`, backends({ backend: given }));
    expect(joined(policy, accounts({ eu: { chat: V1 } }))).toEqual([[V1, EU_CHAT]]);
  });

  test('not where the account is of another name', () => {
    const policy = written(
      `<choose>${whenModel(V1, to('backend'))}</choose>`,
      backends({ backend: 'https://eu2.openai.azure.com/openai/deployments/chat' }),
    );
    expect(joined(policy, accounts({ eu: { chat: V1 } }))).toEqual([[V1, undefined]]);
  });

  test('by a resource id of the account, and for a deployment of azapi', () => {
    const parent = '/subscriptions/s/resourceGroups/r/providers/Microsoft.CognitiveServices/accounts/models-eu';
    const chat = {
      type: 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01',
      name: 'chat',
      parent_id: parent,
      body: { properties: { model: { name: 'gpt-7-chat', version: '2024-01-01', format: 'OpenAI' } } },
    };
    const policy = written(
      `<choose>${whenModel(V1, to('b'))}</choose>`,
      backends({ b: 'https://eu.openai.azure.com/openai/deployments/chat' }),
    );
    expect(joined(policy, accounts({ eu: {} }), { azapi_resource: { chat } })).toEqual([[V1, 'azapi_resource.chat']]);
  });
});

describe('policies from the field', () => {
  test('choose by a header, base-url, key from a named value', () => {
    const policy = written(
      '<set-header name="api-key" exists-action="override"><value>{{openai-key}}</value></set-header>' +
        '<choose>' +
        '<when condition=\'@(context.Request.Headers.GetValueOrDefault("x-model") == "chat" || context.Request.Headers.GetValueOrDefault("x-model") == "gpt")\'>' +
        '<set-backend-service base-url="https://eu.openai.azure.com/openai/deployments/chat" /></when>' +
        '<when condition="@(context.Request.Headers[&quot;x-model&quot;].First().Equals(&quot;embed&quot;))">' +
        '<set-backend-service base-url="https://eu.openai.azure.com/openai" /><rewrite-uri template="/deployments/embed/embeddings" /></when>' +
        '<otherwise><return-response><set-status code="404" /></return-response></otherwise></choose>',
    );
    const facts = factsOf(policy, accounts({ eu: { chat: V1, embed: 'gpt-3-embed@1' } })).gateway!;
    expect(
      facts.routes.map(({ key, targets }) => [key, targets[0]?.serves && valueOf(targets[0].serves.model)]),
    ).toEqual([
      ['chat', 'gpt-7-chat'],
      ['gpt', 'gpt-7-chat'],
      ['embed', 'gpt-3-embed'],
    ]);
    expect(facts.apis[0]!.versionHeaders).toEqual(['x-model']);
    expect(facts.keys.map(({ carrier }) => carrier)).toEqual(["the header 'api-key'"]);
  });

  test('the policy of all APIs counts for each', () => {
    const api = (name: string) => ({ api_management_name: SERVICE, name });
    const parts: Resources = {
      azurerm_api_management: { apim: { name: 'apim' } },
      azurerm_api_management_api: { a: api('a'), b: api('b') },
      azurerm_api_management_policy: {
        all: {
          api_management_id: '${azurerm_api_management.apim.id}',
          xml_content: `<policies><inbound>${to('chat')}</inbound></policies>`,
        },
      },
    };
    const facts = factsOf(parts, backends({ chat: 'https://eu.openai.azure.com/openai/deployments/chat' })).gateway!;
    expect(facts.apis.map(({ origin }) => origin.address)).toEqual([
      'azurerm_api_management_api.a',
      'azurerm_api_management_api.b',
    ]);
  });

  test('gateways without models are no gateways here', () => {
    expect(factsOf(written(to('shop'), backends({ shop: 'https://shop.example' }))).gateway).toBeUndefined();
    expect(factsOf({}).gateway).toBeUndefined();
  });
});

describe('hostile policies', () => {
  /** Far above what it takes, far below what anything but linear work would. */
  const MOST_SECONDS = 10;

  test('300 routes of three deployments each are all read', () => {
    const routes = Array.from({ length: 300 }, (_, index): LiveRoute =>
      route(
        `gpt-7-chat@v${index}`,
        [0, 1, 2].map((tier) => member('eu', `chat-${index}-${tier}`, { tier })),
      ),
    );
    const parts = generated(tableOf(routes));
    const found = routesOf(parts);
    expect(found.filter(({ targets }) => targets.length === 3)).toHaveLength(3 * 300);
  });

  test.each<[string, string]>([
    [
      'alternatives without end',
      `<choose><when condition="@(${Array(4_000).fill('(string)context.Variables["a"]=="gpt-7-chat@1"').join('||')})">${to('b')}</when></choose>`,
    ],
    [
      'alternatives that multiply',
      `<choose><when condition="@(${Array(30).fill('((string)context.Variables["a"]=="x@1"||(string)context.Variables["b"]=="y@2")').join('&&')})">${to('b')}</when></choose>`,
    ],
    [
      'branches inside branches',
      `${'<choose><when condition="@((string)context.Variables["a"]=="x@1"||(string)context.Variables["b"]=="y@2")">'.repeat(40)}${to('b')}${'</when></choose>'.repeat(40)}`,
    ],
    ['quotes without end', `<set-variable name="a" value="${'&quot;a'.repeat(35_000)}" />`],
    [
      'answers that never close',
      `<set-variable name="a" value="${'@('.repeat(10)}${'&lt;return-response '.repeat(10_000)}" />`,
    ],
    ['hosts of expressions', `<set-backend-service base-url="https://${'$${a}'.repeat(20_000)}" />`],
    ['rows of nothing but numbers', `<set-variable name="row" value="${'0:1,'.repeat(60_000)}" />`],
  ])('%s', (_what, inbound) => {
    const parts = backends({ b: 'https://eu.openai.azure.com/openai/deployments/x' });
    expect(userSeconds(() => factsOf(written(inbound, parts)))).toBeLessThan(MOST_SECONDS);
  });

  test.each<[string, unknown]>([
    ['no text', 7],
    ['a list', ['<policies />']],
    ['nothing', null],
    ['nothing but elements that never close', '<a>'.repeat(80_000)],
    ['a fragment where a policy belongs', '<fragment />'],
    [
      'thousands of elements inside each other',
      `<policies><inbound>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</inbound></policies>`,
    ],
  ])('%s is no error', (_what, xml_content) => {
    const policy = {
      azurerm_api_management_api_policy: { a: { api_management_name: SERVICE, api_name: 'models', xml_content } },
    };
    expect(() => factsOf(written(''), policy)).not.toThrow();
  });

  test('references that lead in a circle end', () => {
    const circle = backends({
      a: { name: '${azurerm_api_management_backend.b.name}', url: '${azurerm_api_management_backend.b.url}' },
      b: { name: '${azurerm_api_management_backend.a.name}', url: '${azurerm_api_management_backend.a.url}' },
    });
    expect(() => factsOf(written(to('a')), circle)).not.toThrow();
  });

  test('pools that hold themselves end', () => {
    const body = {
      properties: {
        pool: { services: [{ id: '/service/apim/backends/pool' }, { id: '/service/apim/backends/pool' }] },
      },
    };
    const pool = {
      type: 'Microsoft.ApiManagement/service/backends@2024-05-01',
      name: 'pool',
      parent_id: '${azurerm_api_management.apim.id}',
      body,
    };
    expect(
      routesOf(written(`<choose>${whenModel(V1, to('pool'))}</choose>`), { azapi_resource: { pool } })[0]!.targets
        .length,
    ).toBeLessThan(10);
  });
});
