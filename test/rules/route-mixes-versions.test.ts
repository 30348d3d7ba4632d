import { routeMixesVersions } from '../../lib/rules/route-mixes-versions';
import { member, route, tableOf } from '../gateway/support/routes';
import { fakeKnowledge } from '../support/knowledge';
import { accounts, backends, findingsOf, generated, Resources, whenModel, written } from './gateway-stack';

const V1 = 'gpt-7-chat@2024-01-01';
const V2 = 'gpt-7-chat@2025-01-01';
const EU = 'https://eu.openai.azure.com/openai/deployments';
const to = (backend: string) => `<set-backend-service backend-id="${backend}" />`;

function messages(...parts: readonly Resources[]) {
  return findingsOf(routeMixesVersions, parts).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('route-mixes-versions is content with', () => {
  test.each<[string, readonly Resources[]]>([
    [
      'failover between deployments of one version',
      [
        generated(tableOf([route(V1, [member('eu', 'chat'), member('us', 'chat', { tier: 1 })])])),
        accounts({ eu: { chat: V1 }, us: { chat: V1 } }),
      ],
    ],
    [
      'each version on a branch of its own, both of a name that is compared in two headers',
      [
        written(
          `<choose>${[V1, V2]
            .map((key) => {
              const [name, version] = key.split('@');
              return `<when condition="@(context.Request.Headers["x-model"][0]=="${name}"&&context.Request.Headers["x-version"][0]=="${version}")">${to(`b${version}`)}</when>`;
            })
            .join('')}</choose>`,
          backends({ 'b2024-01-01': `${EU}/one`, 'b2025-01-01': `${EU}/two` }),
        ),
        accounts({ eu: { one: V1, two: V2 } }),
      ],
    ],
    [
      'other versions on branches of other headers',
      [
        written(
          `<choose>${whenModel('chat', to('a'))}${whenModel('embed', to('b'))}</choose>`,
          backends({ a: `${EU}/one`, b: `${EU}/two` }),
        ),
        accounts({ eu: { one: V1, two: V2 } }),
      ],
    ],
    [
      'targets that nothing is known of',
      [
        written(
          `<choose>${whenModel('chat', `${to('a')}${to('b')}`)}</choose>`,
          backends({ a: 'https://x.openai.azure.com/openai/deployments/one', b: `${EU}/two` }),
        ),
        accounts({ eu: { two: V1 } }),
      ],
    ],
  ])('%s', (_what, parts) => {
    expect(messages(...parts)).toEqual([]);
  });

  test('two spellings of one model', () => {
    const catalog = fakeKnowledge([{ name: 'gpt-35-turbo', version: '1', spellings: ['gpt-3.5-turbo'] }]);
    const parts = [
      generated(tableOf([route('gpt-3.5-turbo@1', [member('eu', 'chat')])])),
      accounts({ eu: { chat: 'gpt-35-turbo@1' } }),
    ];
    expect(findingsOf(routeMixesVersions, parts, catalog)).toEqual([]);
  });
});

describe('route-mixes-versions reports', () => {
  test('failover that crosses versions, in every policy of the gateway', () => {
    const table = tableOf([route(V1, [member('eu', 'chat'), member('us', 'chat', { tier: 1 })])]);
    const findings = findingsOf(routeMixesVersions, [
      generated(table),
      accounts({ eu: { chat: V1 }, us: { chat: V2 } }),
    ]);
    expect(findings[0]).toEqual({
      rule: 'route-mixes-versions',
      severity: 'error',
      status: 'violation',
      resource: {
        address: 'azurerm_api_management_api_policy.dated',
        type: 'azurerm_api_management_api_policy',
        path: 'xml_content',
      },
      message: `route ${V1} leads to different models: ${V1} (azurerm_cognitive_deployment.eu_chat), ${V2} (azurerm_cognitive_deployment.us_chat)`,
      fix: 'keep the deployments of one version in the route, and give each other version a route of its own',
      model: { name: 'gpt-7-chat', version: '2024-01-01' },
    });
    expect(findings.map(({ resource }) => resource.address)).toEqual([
      'azurerm_api_management_api_policy.dated',
      'azurerm_api_management_api_policy.v1',
      'azurerm_api_management_api_operation_policy.forms',
    ]);
  });

  test('a key that leads to another version', () => {
    const table = tableOf([route(V1, [member('eu', 'chat')])]);
    expect(messages(generated(table), accounts({ eu: { chat: V2 } }))[0]).toBe(
      `error: route ${V1} leads to another model: ${V2} (azurerm_cognitive_deployment.eu_chat)`,
    );
  });

  test('a hand-written choice by a header, with backends chosen in turn below it', () => {
    const inner = `<choose><when condition="@(context.Variables.GetValueOrDefault<int>("try") == 0)">${to('a')}</when><otherwise>${to('b')}</otherwise></choose>`;
    const policy = written(
      `<set-variable name="model" value="@(context.Request.Headers.GetValueOrDefault("X-Model", "").ToLower())" />` +
        `<choose><when condition="@((string)context.Variables["model"] == "chat")">${inner}</when></choose>`,
      backends({ a: `${EU}/one`, b: `${EU}/two` }),
    );
    expect(messages(policy, accounts({ eu: { one: V1, two: V2 } }))).toEqual([
      `error: route 'chat' leads to different models: ${V1} (azurerm_cognitive_deployment.eu_one), ${V2} (azurerm_cognitive_deployment.eu_two)`,
    ]);
  });

  test('a pool whose members are of different versions', () => {
    const member = (name: string) => ({ id: `\${azurerm_api_management_backend.${name}.id}` });
    const pool = {
      azapi_resource: {
        pool: {
          type: 'Microsoft.ApiManagement/service/backends@2024-05-01',
          name: 'pool',
          parent_id: '${azurerm_api_management.apim.id}',
          body: { properties: { type: 'Pool', pool: { services: [member('a'), member('b')] } } },
        },
      },
    };
    const policy = written(
      `<choose>${whenModel(V1, to('pool'))}</choose>`,
      backends({ a: `${EU}/one`, b: `${EU}/two` }),
    );
    expect(messages(policy, pool, accounts({ eu: { one: V1, two: V2 } }))).toHaveLength(1);
  });

  test('a fragment that does so, once for the policy that includes it', () => {
    const fragment = {
      azurerm_api_management_policy_fragment: {
        routing: {
          api_management_id: '${azurerm_api_management.apim.id}',
          name: 'routing',
          value: `<fragment><choose>${whenModel(V1, to('b'))}</choose></fragment>`,
        },
      },
    };
    const urls = backends({ b: `${EU}/two` });
    const deployed = accounts({ eu: { two: V2 } });
    const included = written('<include-fragment fragment-id="routing" />', urls);
    const addresses = (...parts: Resources[]) =>
      findingsOf(routeMixesVersions, parts).map(({ resource }) => resource.address);
    expect(addresses(included, fragment, deployed)).toEqual(['azurerm_api_management_api_policy.models']);
    expect(addresses(written('', urls), fragment, deployed)).toEqual([
      'azurerm_api_management_policy_fragment.routing',
    ]);
  });
});
