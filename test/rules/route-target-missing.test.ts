import { routeTargetMissing } from '../../lib/rules/route-target-missing';
import { member, route, tableOf } from '../gateway/support/routes';
import { contextOf, isDeployedIn } from './configuration';
import {
  accounts,
  backends,
  catalog,
  factsOf,
  findingsOf,
  generated,
  ofServiceElsewhere,
  Resources,
  SERVICE,
  whenModel,
  written,
} from './gateway-stack';

const TABLE = tableOf([
  route('gpt-7-chat@2024-01-01', [member('eu', 'chat'), member('us', 'chat', { tier: 1 })]),
  route('gpt-3-embed@1', [member('eu', 'embed')]),
]);
const DEPLOYED = accounts({
  eu: { chat: 'gpt-7-chat@2024-01-01', embed: 'gpt-3-embed@1' },
  us: { chat: 'gpt-7-chat@2024-01-01' },
});
const CHAT_URL = 'https://eu.openai.azure.com/openai/deployments/chat';

function check(...parts: readonly Resources[]) {
  return findingsOf(routeTargetMissing, parts);
}

function brief(...parts: readonly Resources[]) {
  return check(...parts).map(({ severity, status, message }) => `${severity} ${status}: ${message}`);
}

function without(parts: Resources, type: string, name: string): Resources {
  const named = { ...parts[type] };
  delete named[name];
  return { ...parts, [type]: named };
}

function choose(...whens: readonly string[]): string {
  return `<choose>${whens.join('')}</choose>`;
}

const to = (backend: string) => `<set-backend-service backend-id="${backend}" />`;

describe('route-target-missing is content with', () => {
  test.each<[string, readonly Resources[]]>([
    ['the gateway that the construct generates', [generated(TABLE), DEPLOYED]],
    [
      'a table with retired routes, aliases and routes of one surface',
      [
        generated(
          tableOf([...TABLE.routes, route('gpt-7-chat@2025-01-01', [member('eu', 'next')], { dated: false })], {
            retired: [{ key: 'gpt-3-old@0613', successor: 'gpt-7-chat@2024-01-01' }],
            aliases: [{ name: 'chat-production', key: 'gpt-7-chat@2024-01-01' }],
          }),
        ),
        DEPLOYED,
        accounts({
          eu: { chat: 'gpt-7-chat@2024-01-01', embed: 'gpt-3-embed@1', next: 'gpt-7-chat@2025-01-01' },
          us: { chat: 'gpt-7-chat@2024-01-01' },
        }),
      ],
    ],
    [
      'a backend that a policy refers to by its resource',
      [
        written(
          choose(whenModel('chat', to('${azurerm_api_management_backend.chat.name}'))),
          backends({ chat: CHAT_URL }),
        ),
        DEPLOYED,
      ],
    ],
    [
      'for_each over backends and accounts',
      [
        written(choose(whenModel('a', to('models-eu')), whenModel('b', to('models-us')))),
        backends({
          any: {
            for_each: { eu: 'eu', us: 'us' },
            name: 'models-${each.key}',
            url: '${azurerm_cognitive_account.all[each.key].endpoint}openai/deployments/chat',
          },
        }),
        {
          azurerm_cognitive_account: {
            all: {
              for_each: { eu: 'eu', us: 'us' },
              name: 'models-${each.key}',
              custom_subdomain_name: 'sub-${each.key}',
            },
          },
          azurerm_cognitive_deployment: {
            all: {
              for_each: { eu: 'eu', us: 'us' },
              name: 'chat',
              cognitive_account_id: '${azurerm_cognitive_account.all[each.key].id}',
              model: { format: 'OpenAI', name: 'gpt-7-chat', version: '2024-01-01' },
            },
          },
        },
      ],
    ],
    [
      'an account that is declared elsewhere',
      [
        written(
          choose(whenModel('chat', to('far'))),
          backends({ far: 'https://far.openai.azure.com/openai/deployments/any' }),
        ),
      ],
    ],
    [
      'a pool of azapi',
      [
        written(choose(whenModel('chat', to('pool'))), backends({ chat: CHAT_URL })),
        DEPLOYED,
        {
          azapi_resource: {
            pool: {
              type: 'Microsoft.ApiManagement/service/backends@2024-05-01',
              name: 'pool',
              parent_id: '${azurerm_api_management.apim.id}',
              body: {
                properties: { type: 'Pool', pool: { services: [{ id: '${azurerm_api_management_backend.chat.id}' }] } },
              },
            },
          },
        },
      ],
    ],
    [
      'a key that another part of the policy routes by default',
      [
        written(
          `${to('chat')}${choose(whenModel('gpt-7-chat@2024-01-01', '<set-header name="a"><value>b</value></set-header>'), whenModel('gpt-3-embed@1', to('chat')))}`,
          backends({ chat: CHAT_URL }),
        ),
        DEPLOYED,
      ],
    ],
    [
      'policies that have nothing to do with models',
      [
        written(
          `${to('@(context.Request.Headers.GetValueOrDefault("b",""))')}`,
          backends({ shop: 'https://shop.example' }),
        ),
      ],
    ],
  ])('%s', (_what, parts) => {
    expect(check(...parts)).toEqual([]);
  });
});

describe('route-target-missing reports', () => {
  test('a backend that the construct would name and nobody declares, in each policy that names it', () => {
    const broken = without(generated(TABLE), 'azurerm_api_management_backend', 'eu-embed-dated');
    expect(check(broken, DEPLOYED)).toEqual([
      {
        rule: 'route-target-missing',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_api_management_api_policy.dated',
          type: 'azurerm_api_management_api_policy',
          path: 'xml_content',
        },
        message:
          "the policy names the backend 'eu-embed-dated' at backend/retry[0]/choose[0]/when[1]/set-backend-service[0], which no resource of the stack declares",
        fix: "declare the backend 'eu-embed-dated', or name one that is declared",
      },
      expect.objectContaining({
        resource: expect.objectContaining({ address: 'azurerm_api_management_api_operation_policy.forms' }),
      }),
    ]);
  });

  test('a fragment that nobody declares', () => {
    const broken = without(generated(TABLE), 'azurerm_api_management_policy_fragment', 'failure');
    expect(brief(broken, DEPLOYED)).toContain(
      "error violation: the policy names the fragment 'model-gateway-failure' at on-error/include-fragment[0], which no resource of the stack declares",
    );
  });

  test('a backend of another API Management service than that of the policy', () => {
    const elsewhere = backends({
      chat: { url: CHAT_URL, api_management_name: '${azurerm_api_management.other.name}' },
    });
    const other = { azurerm_api_management: { other: { name: 'other' } } };
    expect(brief(written(choose(whenModel('chat', to('chat')))), elsewhere, other, DEPLOYED)).toEqual([
      expect.stringMatching(/^error violation: the policy names the backend 'chat' at /),
    ]);
  });

  test('as unknown what may exist, because the service is declared elsewhere', () => {
    expect(brief(ofServiceElsewhere(written(choose(whenModel('chat', to('chat'))))))).toEqual([
      "warning unknown: the policy names the backend 'chat' at inbound/choose[0]/when[0]/set-backend-service[0], which no resource of the stack declares; the API Management service is not declared in it either, so that it may exist",
    ]);
  });

  test('a deployment that the account of the stack does not have, by backend and by base-url', () => {
    const policy = written(
      choose(
        whenModel('gpt-7-chat@2024-01-01', to('gone')),
        whenModel('other', '<set-backend-service base-url="https://eu.openai.azure.com/openai/deployments/none" />'),
      ),
      backends({ gone: 'https://eu.openai.azure.com/openai/deployments/gone' }),
    );
    expect(check(policy, DEPLOYED)).toMatchObject([
      {
        severity: 'error',
        message:
          "route gpt-7-chat@2024-01-01 leads through azurerm_api_management_backend.gone to deployment 'gone' of azurerm_cognitive_account.eu, which declares no such deployment",
        model: { name: 'gpt-7-chat', version: '2024-01-01' },
      },
      {
        message:
          "route 'other' leads to deployment 'none' of azurerm_cognitive_account.eu, which declares no such deployment",
      },
    ]);
  });

  test('a deployment that only another account of the stack has', () => {
    const eu = { chat: 'gpt-7-chat@2024-01-01', embed: 'gpt-3-embed@1' };
    expect(brief(generated(TABLE), accounts({ eu, us: {} }))).toContain(
      "error violation: route gpt-7-chat@2024-01-01 leads through azurerm_api_management_backend.us-chat-v1 to deployment 'chat' of azurerm_cognitive_account.us, which declares no such deployment",
    );
  });

  test('nothing of a deployment that another stack of the app declares', () => {
    const facts = factsOf(generated(TABLE), accounts({ eu: {}, us: {} }));
    const context = { ...contextOf([], { catalog }), facts };
    expect(routeTargetMissing.check(context)).not.toEqual([]);
    expect(routeTargetMissing.check({ ...context, isDeployed: isDeployedIn(factsOf(DEPLOYED)) })).toEqual([]);
  });

  test('the same of the path that a policy rewrites', () => {
    const policy = written(
      choose(
        whenModel('other', `${to('account')}<rewrite-uri template="/openai/deployments/none/chat/completions" />`),
      ),
      backends({ account: '${azurerm_cognitive_account.eu.endpoint}' }),
    );
    expect(brief(policy, DEPLOYED)).toEqual([
      "error violation: route 'other' leads through azurerm_api_management_backend.account to deployment 'none' of azurerm_cognitive_account.eu, which declares no such deployment",
    ]);
  });

  test('as unknown a deployment whose name may be any, because one of the account cannot be read', () => {
    const policy = written(
      choose(whenModel('other', to('gone'))),
      backends({ gone: 'https://eu.openai.azure.com/openai/deployments/gone' }),
    );
    const unreadable = accounts({ eu: { '${var.name}': 'gpt-7-chat@2024-01-01' } });
    expect(check(policy, unreadable)).toMatchObject([{ severity: 'warning', status: 'unknown' }]);
  });

  test('a route without any backend, where the policy gives others one', () => {
    const policy = written(
      choose(
        whenModel('gpt-3-embed@1', to('chat')),
        whenModel('gpt-7-chat@2024-01-01', '<set-variable name="a" value="b" />'),
      ),
      backends({ chat: CHAT_URL }),
    );
    expect(check(policy, DEPLOYED)).toMatchObject([
      {
        severity: 'error',
        message:
          'route gpt-7-chat@2024-01-01 has no backend: the policy looks for it at inbound/choose[0]/when[1] and sends it nowhere',
      },
    ]);
  });

  test('a route that the generated policy lost on its way to a backend', () => {
    const parts = generated(TABLE);
    const policies = parts.azurerm_api_management_api_policy as Record<string, { xml_content: string }>;
    const text = policies.dated!.xml_content;
    const at = text.lastIndexOf('<when condition="@((string)context.Variables[&quot;route&quot;]==&quot;gpt-3-embed@1');
    const cut = text.slice(0, at) + text.slice(text.indexOf('</when>', at) + '</when>'.length);
    const broken = { ...parts, azurerm_api_management_api_policy: { dated: { ...policies.dated, xml_content: cut } } };
    expect(brief(broken, DEPLOYED)).toEqual([
      expect.stringMatching(
        /^error violation: route gpt-3-embed@1 has no backend: the policy looks for it at inbound\/choose/,
      ),
    ]);
  });
});

describe('route-target-missing does not know', () => {
  test.each<[string, string, string]>([
    [
      'which backend an expression picks',
      '@((string)context.Variables["backend"])',
      'chooses the backend by an expression (((string)context.Variables["backend"]))',
    ],
    [
      'which backend a named value picks',
      '{{chat-backend}}',
      'chooses the backend by a named value ({{chat-backend}})',
    ],
  ])('%s', (_what, id, reason) => {
    expect(check(written(to(id), backends({ chat: CHAT_URL })), DEPLOYED)).toMatchObject([
      {
        severity: 'warning',
        status: 'unknown',
        message: `the policy at inbound/set-backend-service[0] ${reason}: where it sends calls is not known`,
      },
    ]);
  });

  test('what a policy says that is no XML, with the line of the parser', () => {
    const broken = written('');
    const policies = {
      models: {
        ...(broken.azurerm_api_management_api_policy!.models as object),
        xml_content: '<policies>\n<inbound>\n<openai></inbound>',
      },
    };
    expect(brief({ ...broken, azurerm_api_management_api_policy: policies })).toEqual([
      expect.stringMatching(
        /^warning unknown: the policy cannot be read: line 3: .*: where it sends calls is not known$/,
      ),
    ]);
  });

  test('what stands in a file or behind a link, in a stack with models', () => {
    const policy = (content: Record<string, string>): Resources => ({
      ...written('', backends({ chat: CHAT_URL })),
      azurerm_api_management_api_policy: { models: { api_management_name: SERVICE, api_name: 'models', ...content } },
    });
    expect(brief(policy({ xml_content: '${file("policy.xml")}' }))).toEqual([
      'warning unknown: the policy is not known before Terraform runs: where it sends calls is not known',
    ]);
    expect(brief(policy({ xml_link: 'https://example.com/policy.xml' }))).toEqual([
      'warning unknown: the policy stands behind a link: where it sends calls is not known',
    ]);
  });

  test('but follows a named value that the stack declares and is no secret', () => {
    const named = (secret: boolean) => ({
      azurerm_api_management_named_value: {
        chat: { api_management_name: SERVICE, display_name: 'chat-backend', value: 'chat', secret },
      },
    });
    const policy = written(choose(whenModel('chat', to('{{chat-backend}}'))), backends({ chat: CHAT_URL }));
    expect(check(policy, DEPLOYED, named(false))).toEqual([]);
    expect(check(policy, DEPLOYED, named(true))).toMatchObject([{ status: 'unknown' }]);
  });
});
