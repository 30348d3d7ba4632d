import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { Testing } from 'cdktf';
import { DeploymentSku } from '../../lib/accounts';
import {
  ApiManagementService,
  ApiManagementSku,
  GatewayAccess,
  ModelGatewayProps,
  TokenQuotaPeriod,
} from '../../lib/gateway';
import { operationsOf } from '../../lib/gateway/policy/operations';
import { declarationSiteOf } from '../../lib/guard/declaration-site';
import { parseFragment, parsePolicy } from '../../lib/policy/parse-policy';
import { referencesOf } from '../../lib/policy/references';
import { conformanceProblems } from '../support/provider-schema';
import { synthesised, Values } from '../support/synthesised';
import { accountIn, deploymentOf, gatewayIn, GPT, platformStack, serviceIn } from './support/gateway-stack';
import { policyOf } from './support/policy-of';

function routedStack(props: Partial<ModelGatewayProps> = {}) {
  const stack = platformStack(Testing.app());
  const gateway = gatewayIn(stack, props);
  const [sweden, france] = [accountIn(stack, 'sweden'), accountIn(stack, 'france')];
  const route = gateway.addRoute(deploymentOf(sweden), { failover: [deploymentOf(france)] });
  return { stack, gateway, route };
}

function resourcesOf(type: string, props: Partial<ModelGatewayProps> = {}): Values[] {
  return Object.values(synthesised(routedStack(props).stack).resource[`azurerm_api_management_${type}`] ?? {});
}

describe('what is declared', () => {
  test('two APIs, with everything written that Azure would fill in', () => {
    const api = {
      api_management_name: '${azurerm_api_management.service.name}',
      resource_group_name: 'rg-gateway',
      protocols: ['https'],
      revision: '1',
      api_type: 'http',
      subscription_required: false,
      subscription_key_parameter_names: { header: 'api-key', query: 'subscription-key' },
      lifecycle: { create_before_destroy: true },
    };
    expect(resourcesOf('api')).toEqual([
      { ...api, name: 'model-gateway-dated', display_name: 'model-gateway (dated API)', path: 'openai' },
      { ...api, name: 'model-gateway-v1', display_name: 'model-gateway (v1 API)', path: 'openai/v1' },
    ]);
  });

  test('with subscription keys the APIs demand one', () => {
    const apis = resourcesOf('api', { access: GatewayAccess.subscriptionKeys() });
    expect(apis.map((api) => api.subscription_required)).toEqual([true, true]);
  });

  test('operations of both surfaces, the list of models, and a catch-all for each method', () => {
    const unknown = ['GET', 'POST', 'DELETE'].map((method) => `${method} /{*path}`);
    const served = (surface: 'dated' | 'v1') =>
      operationsOf(surface).map(({ method, urlTemplate }) => `${method} ${urlTemplate}`);
    const declared = resourcesOf('api_operation').map(
      ({ method, url_template }) => `${method as string} ${url_template as string}`,
    );
    expect(declared.sort()).toEqual(
      [...served('dated'), ...served('v1'), 'GET /models', 'GET /models/{model}', ...unknown, ...unknown].sort(),
    );
  });

  test('every parameter of an operation is declared', () => {
    const parameters = resourcesOf('api_operation').map(({ url_template, template_parameter }) => [
      url_template,
      template_parameter,
    ]);
    expect(parameters).toContainEqual(['/{*path}', [{ name: 'path', required: true, type: 'string' }]]);
    expect(parameters).toContainEqual([
      '/deployments/{deployment}/embeddings',
      [{ name: 'deployment', required: true, type: 'string' }],
    ]);
    expect(parameters).toContainEqual(['/responses', []]);
  });

  test('operations with a policy of their own: forms, models and unknown paths', () => {
    const ids = resourcesOf('api_operation_policy').map(
      ({ operation_id }) => /Operation-(.*)_[0-9A-F]{8}\.operation_id/.exec(String(operation_id))?.[1],
    );
    const unknown = ['unknown-path-delete', 'unknown-path-get', 'unknown-path-post'];
    expect(ids.sort()).toEqual(
      ['audio-transcriptions', 'audio-translations', 'images-edits', 'model', 'models', ...unknown, ...unknown].sort(),
    );
  });

  test('five fragments', () => {
    expect(resourcesOf('policy_fragment').map(({ name }) => name)).toEqual([
      'model-gateway-answer',
      'model-gateway-failure',
      'model-gateway-outcome',
      'model-gateway-request-dated',
      'model-gateway-request-v1',
    ]);
  });

  test.each(['api', 'api_operation', 'api_operation_policy', 'api_policy', 'backend', 'policy_fragment'])(
    'every azurerm_api_management_%s is created before it is destroyed',
    (type) => {
      const lifecycles = resourcesOf(type).map(({ lifecycle }) => lifecycle);
      expect(lifecycles.length).toBeGreaterThan(1);
      expect(new Set(lifecycles.map((lifecycle) => JSON.stringify(lifecycle)))).toEqual(
        new Set(['{"create_before_destroy":true}']),
      );
    },
  );

  test('all of it conforms to the provider schema, with every option', () => {
    const stack = platformStack(Testing.app());
    const insights = new ApplicationInsights(stack, 'insights', {
      name: 'insights',
      resourceGroupName: 'rg',
      location: 'swedencentral',
      applicationType: 'web',
    });
    const gateway = gatewayIn(stack, {
      maxRequestBytes: 1_000_000,
      corsOrigins: ['https://chat.contoso.com'],
      telemetry: {
        applicationInsightsId: insights.id,
        connectionString: insights.connectionString,
        tokenMetricsNamespace: 'models',
      },
    });
    gateway.addRoute(deploymentOf(accountIn(stack)));
    expect(conformanceProblems(synthesised(stack))).toEqual([]);
    expect(gateway.node.validate()).toEqual([]);
  });

  test('an app with it synthesises, validations included', () => {
    expect(() => Testing.synth(routedStack().stack, true)).not.toThrow();
  });
});

describe('what policies name', () => {
  test('every backend and fragment exists, and the policies wait for them', () => {
    const { stack } = routedStack();
    const { resource } = synthesised(stack);
    const existing = (type: string) =>
      Object.values(resource[`azurerm_api_management_${type}`]!).map(({ name }) => name);
    const addresses = [
      'azurerm_api_management_backend',
      'azurerm_api_management_policy_fragment',
      'azurerm_role_assignment',
    ].flatMap((type) => Object.keys(resource[type]!).map((id) => `${type}.${id}`));
    const policies = Object.values({
      ...resource.azurerm_api_management_api_policy,
      ...resource.azurerm_api_management_api_operation_policy,
    });
    const naming = policies.flatMap((values) => {
      const reading = parsePolicy(String(values.xml_content));
      expect(reading).toHaveProperty('document');
      const { backends, fragments } = referencesOf(
        (reading as Extract<typeof reading, { document: unknown }>).document,
      );
      expect(existing('backend')).toEqual(expect.arrayContaining(backends.map(({ id }) => id)));
      expect(existing('policy_fragment')).toEqual(expect.arrayContaining(fragments.map(({ id }) => id)));
      return backends.length > 0 ? [values.depends_on as string[]] : [];
    });
    expect(naming).toHaveLength(5);
    expect(naming.map((dependencies) => [...dependencies].sort())).toEqual(naming.map(() => [...addresses].sort()));
  });

  test('fragments can be read again', () => {
    for (const { value, format } of resourcesOf('policy_fragment')) {
      expect(parseFragment(String(value))).toHaveProperty('document');
      expect(format).toBe('xml');
    }
  });

  test('settings reach the policy', () => {
    const { stack, route } = routedStack({
      modelHeader: 'x-model',
      modelVersionHeader: 'x-version',
      releaseHeader: 'x-unit',
      defaultAppRole: 'Chat.Call',
      defaultApiVersion: '2025-04-01-preview',
      timeoutSeconds: 17,
      maxAttempts: 2,
      maxRequestBytes: 4321,
      modelAudience: 'https://ai.azure.com/',
      path: 'ai/openai',
    });
    const text = JSON.stringify(synthesised(stack).resource);
    for (const word of [
      'x-model',
      'x-version',
      'x-unit',
      '2025-04-01-preview',
      '4321',
      'https://ai.azure.com/',
      '/ai/openai/v1/models/',
    ]) {
      expect(text).toContain(word);
    }
    const dated = policyOf(stack, 'dated');
    expect(dated).toContain('timeout="17"');
    expect(dated).toContain('count="1" interval="0"');
    expect(dated).toContain('|Chat.Call|');
    expect(route.appRole).toBe('Chat.Call');
  });

  test('routes that are added late are in the policy', () => {
    const { stack, gateway } = routedStack();
    gateway.addAlias('chat-production', gateway.routes[0]!);
    expect(policyOf(stack, 'v1')).toContain('&quot;chat-production&quot;');
  });
});

describe('addresses for clients', () => {
  test.each([
    ['openai', '/openai/v1', ''],
    ['ai/openai', '/ai/openai/v1', '/ai'],
  ])('of a gateway at %s', (path, v1, parent) => {
    const stack = platformStack(Testing.app());
    const service = ApiManagementService.fromServiceId(stack, 'service', {
      serviceId:
        '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso',
      sku: ApiManagementSku.standardV2(1),
      identityPrincipalId: '11111111-2222-3333-4444-555555555555',
    });
    const gateway = gatewayIn(stack, { path, service });
    expect(gateway.url).toBe(`https://contoso.azure-api.net${v1}`);
    expect(gateway.datedEndpoint).toBe(`https://contoso.azure-api.net${parent}`);
  });

  test('AzureOpenAI cannot be given an endpoint when the path does not end in openai', () => {
    const gateway = gatewayIn(platformStack(Testing.app()), { path: 'my-openai' });
    expect(() => gateway.datedEndpoint).toThrow(
      "stack/gateway has no datedEndpoint: the client AzureOpenAI adds '/openai' to its endpoint, and the path of the gateway is 'my-openai'; " +
        "let the path end in 'openai', or pass url to the client OpenAI",
    );
  });
});

test('what is no service is refused', () => {
  expect(() => gatewayIn(platformStack(Testing.app()), { service: null as never })).toThrow(
    new Error(
      'service null of stack/gateway is no API Management service: pass an ApiManagementService, or ApiManagementService.fromServiceId(…)',
    ),
  );
});

describe('several gateways', () => {
  test('on one service have nothing in common but the role', () => {
    const stack = platformStack(Testing.app());
    const service = serviceIn(stack);
    const deployment = deploymentOf(accountIn(stack));
    const one = gatewayIn(stack, { service }, 'one');
    const two = gatewayIn(stack, { service, gatewayName: 'second', path: 'second/openai' }, 'two');
    one.addRoute(deployment);
    two.addRoute(deployment);
    const { resource } = synthesised(stack);
    for (const type of ['backend', 'policy_fragment', 'api']) {
      const names = Object.values(resource[`azurerm_api_management_${type}`]!).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(Object.keys(resource.azurerm_role_assignment!)).toHaveLength(1);
    expect([one.node.validate(), two.node.validate()]).toEqual([[], []]);
  });

  test.each([
    [
      {},
      "stack/two and stack/one are both named 'model-gateway' in one API Management service; give one of them another name (gatewayName, routerName)",
    ],
    [
      { gatewayName: 'b' },
      "stack/two and stack/one both answer at the path 'openai' of one API Management service; give one of them another path",
    ],
    [
      { gatewayName: 'b', path: 'OpenAI/v1' },
      "stack/two and stack/one both answer at the path 'OpenAI/v1' of one API Management service; give one of them another path",
    ],
  ])('%j is refused beside the default', (props, message) => {
    const stack = platformStack(Testing.app());
    const service = serviceIn(stack);
    gatewayIn(stack, { service }, 'one');
    expect(() => gatewayIn(stack, { service, ...props }, 'two')).toThrow(message);
  });

  test('the same name is refused where two constructs stand for one service', () => {
    const stack = platformStack(Testing.app());
    const reference = (id: string, group: string) =>
      ApiManagementService.fromServiceId(stack, id, {
        serviceId: `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/${group}/providers/Microsoft.ApiManagement/service/contoso`,
        sku: ApiManagementSku.basic(1),
        identityPrincipalId: '11111111-2222-3333-4444-555555555555',
      });
    gatewayIn(stack, { service: reference('a', 'rg') }, 'one');
    expect(() => gatewayIn(stack, { service: reference('b', 'RG') }, 'two')).toThrow("both named 'model-gateway'");
    expect(() => gatewayIn(stack, { service: reference('c', 'other') }, 'three')).not.toThrow();
  });
});

describe('properties that cannot be used', () => {
  const role =
    "it has 1 to 120 letters, digits and '_.:/-', and starts with a letter, digit or '_'; write for instance 'Models.Invoke'";
  const header =
    "it has 1 to 64 letters, digits and '-', starts with a letter, and is none that HTTP, Azure or OpenAI's clients use; write for instance 'x-ai-model'";
  test.each<[Partial<Record<keyof ModelGatewayProps, unknown>>, string]>([
    [
      { access: 'entra' },
      "access 'entra' of stack/gateway is not valid: pass GatewayAccess.entra({ tenantId, audiences }) or GatewayAccess.subscriptionKeys()",
    ],
    [
      { gatewayName: 'Models' },
      "gatewayName 'Models' of stack/gateway is not valid: it has 1 to 40 lower-case letters, digits and '-', and starts and ends with a letter or digit; respell it",
    ],
    [{ gatewayName: '' }, "gatewayName '' of stack/gateway is not valid"],
    [{ gatewayName: 'a'.repeat(41) }, `gatewayName '${'a'.repeat(41)}' of stack/gateway is not valid`],
    [{ gatewayName: 'a-' }, "gatewayName 'a-' of stack/gateway is not valid"],
    [
      { path: '/openai' },
      "path '/openai' of stack/gateway is not valid: it has segments of letters, digits, '_' and '-', divided by '/', without '/' at either end, at most 300 characters; write for instance 'openai'",
    ],
    [{ path: '' }, "path '' of stack/gateway is not valid"],
    [{ path: 'a"><x' }, `path 'a"><x' of stack/gateway is not valid`],
    [{ modelHeader: 'x model' }, `header name 'x model' of stack/gateway is not valid: ${header}`],
    [{ releaseHeader: 'Authorization' }, `header name 'Authorization' of stack/gateway is not valid: ${header}`],
    [{ modelVersionHeader: 'x"+evil+"' }, `header name 'x"+evil+"' of stack/gateway is not valid: ${header}`],
    [
      { modelHeader: 'X-AI-Release' },
      "stack/gateway uses the header 'x-ai-release' for two purposes; give modelHeader, modelVersionHeader and releaseHeader names of their own, other than x-ai-model-alias, x-ai-deployment, x-ai-attempts and x-request-id",
    ],
    [{ modelHeader: 'x-ai-attempts' }, "stack/gateway uses the header 'x-ai-attempts' for two purposes"],
    [{ defaultAppRole: 'a|b' }, `app role 'a|b' of stack/gateway is not valid: ${role}`],
    [{ defaultAppRole: 'a,b' }, `app role 'a,b' of stack/gateway is not valid: ${role}`],
    [
      { defaultApiVersion: 'latest' },
      "defaultApiVersion 'latest' of stack/gateway is not valid: write YYYY-MM-DD or YYYY-MM-DD-preview, for instance '2024-10-21'",
    ],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds 0 of stack/gateway is not allowed: write a whole number from 1 to 240'],
    [{ timeoutSeconds: 241 }, 'timeoutSeconds 241 of stack/gateway is not allowed: write a whole number from 1 to 240'],
    [{ maxAttempts: 11 }, 'maxAttempts 11 of stack/gateway is not allowed: write a whole number from 1 to 10'],
    [{ maxAttempts: 1.5 }, 'maxAttempts 1.5 of stack/gateway is not allowed: write a whole number from 1 to 10'],
    [{ maxAttempts: '3' }, "maxAttempts '3' of stack/gateway is not allowed: write a whole number from 1 to 10"],
    [
      { maxRequestBytes: 0 },
      'maxRequestBytes 0 of stack/gateway is not allowed: write a whole number from 1 to 2147483647',
    ],
    [
      { corsOrigins: ['*'] },
      "origin '*' in corsOrigins of stack/gateway is not valid: write scheme, host and port of one site without a path, for instance 'https://chat.contoso.com'",
    ],
    [
      { corsOrigins: ['https://a.example/'] },
      "origin 'https://a.example/' in corsOrigins of stack/gateway is not valid",
    ],
    [
      { modelAudience: 'ai.azure.com' },
      "modelAudience 'ai.azure.com' of stack/gateway is not valid: write 'https://' and a host, for instance 'https://cognitiveservices.azure.com'",
    ],
  ])('%j', (props, message) => {
    const stack = platformStack(Testing.app());
    expect(() => gatewayIn(stack, props as Partial<ModelGatewayProps>)).toThrow(message);
  });

  test('at their limits they can be used', () => {
    const stack = platformStack(Testing.app());
    const gateway = gatewayIn(stack, {
      gatewayName: 'a'.repeat(40),
      timeoutSeconds: 240,
      maxAttempts: 10,
      maxRequestBytes: 1,
      corsOrigins: [],
    });
    gateway.addRoute(deploymentOf(accountIn(stack)));
    expect(gateway.node.validate()).toEqual([]);
    expect(policyOf(stack, 'v1')).not.toContain('<cors>');
  });

  test('a gateway without a route does not synthesise', () => {
    const stack = platformStack(Testing.app());
    gatewayIn(stack);
    expect(() => Testing.synth(stack, true)).toThrow(
      'stack/gateway has no route; add one with addRoute, or tell callers of a version that is gone with addRetiredRoute',
    );
  });

  test('a gateway whose last version is gone can still say so', () => {
    const stack = platformStack(Testing.app());
    gatewayIn(stack).addRetiredRoute(GPT);
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});

test('the tier of the service decides about circuit breakers', () => {
  const breakers = (sku: ApiManagementSku, members: number): unknown[] => {
    const stack = platformStack(Testing.app());
    const gateway = gatewayIn(stack, { service: serviceIn(stack, sku) });
    const account = accountIn(stack);
    const failover = members === 2 ? [deploymentOf(account, GPT, DeploymentSku.standard(1))] : [];
    gateway.addRoute(deploymentOf(account), { failover });
    const backends = Object.values(synthesised(stack).resource.azurerm_api_management_backend!);
    return backends.map((backend) => backend.circuit_breaker_rule);
  };
  const rule = {
    name: 'no-capacity',
    trip_duration: 'PT10S',
    accept_retry_after_enabled: true,
    failure_condition: {
      count: 1,
      interval_duration: 'PT10S',
      status_code_range: [
        { min: 429, max: 429 },
        { min: 503, max: 503 },
      ],
    },
  };
  expect(breakers(ApiManagementSku.standardV2(1), 2)).toEqual([rule, rule, rule, rule]);
  expect(breakers(ApiManagementSku.developer(), 2)).toEqual([rule, rule, rule, rule]);
  expect(breakers(ApiManagementSku.standardV2(1), 1)).toEqual([undefined, undefined]);
  expect(breakers(ApiManagementSku.consumption(), 2)).toEqual([undefined, undefined, undefined, undefined]);
});

describe('what the policies cannot carry, given past the compiler', () => {
  const withPeriod = (tokenQuotaPeriod: string) => {
    const stack = platformStack(Testing.app());
    const gateway = gatewayIn(stack);
    gateway.addRoute(deploymentOf(accountIn(stack)), {
      tokenLimit: { tokenQuota: 1, tokenQuotaPeriod: tokenQuotaPeriod as TokenQuotaPeriod },
    });
    return { stack, gateway };
  };

  test.each(['{{secret}}', '${var.period}', '@(context.User.Id + )', 'Monthly\n'])(
    '%j is found by validation',
    (period) => {
      const problems = withPeriod(period).gateway.node.validate();
      expect(problems.length).toBeGreaterThanOrEqual(2);
      for (const problem of problems) {
        expect(problem).toMatch(
          /^the policy of the (dated|v1) API of stack\/gateway would be refused: inbound\/choose\[\d\]/,
        );
      }
    },
  );

  test.each(['{{secret}}', '${var.period}'])('%j is not written even when validation is skipped', (period) => {
    expect(() => Testing.synth(withPeriod(period).stack)).toThrow(
      /the policy of the (dated|v1) API of stack\/gateway is refused: the policy cannot be written: token-quota-period of <llm-token-limit> holds /,
    );
  });
});

test('gateway and routes enrol themselves, so that findings say where they were declared', () => {
  const { gateway, route } = routedStack();
  const place = /^test\/gateway\/model-gateway\.test\.ts:\d+$/;
  expect(declarationSiteOf(route)).toMatch(place);
  expect(declarationSiteOf(gateway)).toMatch(/^test\/gateway\/support\/gateway-stack\.ts:\d+$/);
});
