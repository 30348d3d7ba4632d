import { TerraformStack, Testing } from 'cdktf';
import { EmulatedGateway } from '../../../lib/emulator';
import { gatewaysOf, SynthesisedGateway } from '../../../lib/emulator/synthesised';
import { parseFragment, parsePolicy } from '../../../lib/policy/parse-policy';
import { handWrittenStack } from './support/hand-written-stack';
import { routedStack } from './support/routed-stack';
import { gatewayJson, POLICY, Resources } from './support/stack-json';

function onlyGateway(configuration: unknown): SynthesisedGateway {
  const gateways = gatewaysOf(configuration);
  expect(gateways).toHaveLength(1);
  return gateways[0]!;
}

function synthesised(stack: TerraformStack): unknown {
  return JSON.parse(Testing.synth(stack));
}

describe('a stack with a gateway of its own', () => {
  const { name, definition, notes } = onlyGateway(synthesised(handWrittenStack()));

  test('has the name of the service, its APIs and operations', () => {
    expect(name).toBe('apim-models');
    expect(definition.serviceName).toBe('apim-models');
    expect(definition.apis).toEqual([
      {
        id: 'chat',
        name: 'Chat',
        path: 'openai',
        policy: expect.anything(),
        serviceUrl: 'https://unknown.openai.azure.com/openai',
        subscriptionRequired: true,
        subscriptionKeyHeader: 'api-key',
        subscriptionKeyQueryParameter: 'key',
        operations: [{ id: 'complete', name: 'Complete', method: 'POST', urlTemplate: '/chat/completions' }],
      },
      { id: 'closed', name: 'Closed', path: 'closed', subscriptionRequired: true, operations: [] },
    ]);
  });

  test('has the policies of every scope, with references resolved', () => {
    const api = parsePolicy(
      '<policies><inbound><include-fragment fragment-id="region" /><set-backend-service backend-id="main" /></inbound><backend><base /></backend><outbound /><on-error /></policies>',
    );
    expect({ document: definition.apis[0]!.policy }).toEqual(api);
    expect({ document: definition.policy }).toEqual(parsePolicy(POLICY));
    expect({ document: definition.fragments?.get('region') }).toEqual(
      parseFragment('<fragment><set-header name="x-region"><value>{{Region}}</value></set-header></fragment>'),
    );
  });

  test('has backends with the path that the file tells, on a host that only an apply tells', () => {
    expect([...definition.backends!]).toEqual([
      ['main', { url: 'https://known-after-apply.invalid/openai/deployments/chat' }],
    ]);
  });

  test('has named values by the names that policies use', () => {
    expect([...definition.namedValues!]).toEqual([
      ['Region', 'sweden'],
      ['Secret', 'unresolved-Secret'],
    ]);
  });

  test('has keys for active subscriptions, none of them from the file', () => {
    expect(definition.subscriptions).toEqual([
      { id: 'other', key: 'local-Team-1', name: 'Team ü 1', productId: 'gold' },
      { id: 'team', key: 'local-Team-1-team', name: 'Team ü 1', productId: 'gold' },
    ]);
  });

  test('says what is not as on Azure', () => {
    expect(notes).toEqual([
      "azurerm_api_management_subscription.waiting is 'submitted' and not active: its key is refused, as on Azure",
      'keys of product gold are accepted for API closed too, which Azure would refuse',
      "azurerm_api_management_named_value.secret is kept elsewhere; 'unresolved-Secret' stands for its value",
    ]);
  });

  test('can be run', async () => {
    const gateway = await EmulatedGateway.start(definition);
    const call = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${gateway.url}/openai/chat/completions`, { method: 'POST', headers });
    expect((await call({ 'api-key': 'local-Waiting' })).status).toBe(401);
    // The host does not exist, which is as far as a request gets.
    expect((await call({ 'api-key': 'local-Team-1' })).status).toBe(500);
    await gateway.stop();
  });
});

describe('a stack on an existing API Management', () => {
  const { name, definition, notes } = onlyGateway(synthesised(routedStack()));

  test('is named by the data source, its fragments included', () => {
    expect(name).toBe('apim-models');
    expect([...definition.fragments!.keys()].sort()).toEqual([
      'models-answer',
      'models-failure',
      'models-outcome',
      'models-request-dated',
      'models-request-v1',
    ]);
  });

  test('has wildcard operations in the form that the emulator matches', () => {
    const operations = definition.apis.flatMap((api) => api.operations);
    expect(operations.filter(({ id }) => id === 'unknown').map(({ urlTemplate }) => urlTemplate)).toEqual([
      '/{*path}',
      '/{*path}',
    ]);
  });

  test('has circuit breakers in seconds', () => {
    expect(definition.backends!.get('gpt-4o-2024-08-06-france')).toEqual({
      url: 'https://france.openai.azure.com/openai/deployments/gpt-4o-2024-08-06-france',
      circuitBreaker: {
        failureCount: 1,
        intervalSeconds: 60,
        statusCodeRanges: [{ min: 429, max: 429 }],
        errorReasons: [],
        tripSeconds: 60,
        acceptRetryAfter: true,
      },
    });
    expect(definition.backends!.get('gpt-5.1-2025-11-13-sweden')).not.toHaveProperty('circuitBreaker');
  });

  test('has a stand-in for the tenant, which only an apply tells', () => {
    expect(notes).toEqual([
      "${data.azurerm_client_config.client.tenant_id} is known after apply; 'unresolved-data.azurerm_client_config.client.tenant_id' stands for it in azurerm_api_management_api_policy.policy-dated and 3 more",
    ]);
  });
});

describe('values', () => {
  test.each([
    ['${azurerm_cognitive_account.a.endpoint}', 'https://known-after-apply.invalid/'],
    ['${azurerm_cognitive_account.a.endpoint}/openai', 'https://known-after-apply.invalid/openai'],
    [
      '${trimsuffix(azurerm_cognitive_account.a.endpoint, "/")}/openai/v1',
      'https://known-after-apply.invalid/openai/v1',
    ],
    ['https://${azurerm_cognitive_account.a.endpoint}.example/x', 'https://unknown.example/x'],
    ['https://${var.region}.example/${local.path}', 'https://sweden.example/openai/v1'],
  ])('the URL %s is read as %s', (url, expected) => {
    const json = gatewayJson({ azurerm_api_management_backend: { main: { url } } });
    const { definition } = onlyGateway({
      ...json,
      variable: { region: { default: 'sweden' } },
      locals: { path: 'openai/v1' },
    });
    expect(definition.backends!.get('main')).toEqual({ url: expected });
  });

  test('methods are in capitals, paths without slashes, revisions left out', () => {
    const api_name = 'chat;rev=1';
    const { definition } = onlyGateway(
      gatewayJson({
        azurerm_api_management_api_operation: { complete: { api_name } },
        azurerm_api_management_api_policy: { p: { api_name, xml_content: POLICY } },
      }),
    );
    const [api] = definition.apis;
    expect([api!.path, api!.operations, api!.policy === undefined]).toEqual([
      'openai',
      [{ id: 'complete', method: 'POST', urlTemplate: '/chat/completions' }],
      false,
    ]);
  });

  test('expressions that look alike have stand-ins of their own, the same one everywhere', () => {
    const policyOf = (id: string): string =>
      `<policies><inbound><set-header name="a"><value>\${x["${id}"]}</value></set-header></inbound><backend /><outbound /><on-error /></policies>`;
    const { notes } = onlyGateway(
      gatewayJson({
        azurerm_api_management_api_policy: { p: { api_name: 'chat', xml_content: policyOf('a b') + '\n' } },
        azurerm_api_management_policy: { g: { xml_content: policyOf('a  b') } },
        azurerm_api_management_api_operation_policy: {
          o: { api_name: 'chat', operation_id: 'complete', xml_content: policyOf('a b') },
        },
      }),
    );
    expect(notes).toEqual([
      '${x["a  b"]} is known after apply; \'unresolved-x-a-b\' stands for it in azurerm_api_management_policy.g',
      '${x["a b"]} is known after apply; \'unresolved-x-a-b-2\' stands for it in azurerm_api_management_api_policy.p and 1 more',
    ]);
  });
});

describe('which service a resource belongs to', () => {
  const fragment = (id: string): Resources => ({
    azurerm_api_management_policy_fragment: {
      f: { api_management_name: null, api_management_id: id, name: 'f', value: '<fragment />' },
    },
  });

  test.each([
    ['its resource id', '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/APIM'],
    ['an output of another stack', '${data.terraform_remote_state.other.outputs.apim-id}'],
  ])('a fragment names it by %s', (_name, id) => {
    expect([...onlyGateway(gatewayJson(fragment(id))).definition.fragments!.keys()]).toEqual(['f']);
  });

  test('a fragment names it by the id of what the others take the name of', () => {
    const json = gatewayJson(fragment('${module.apim.id}'));
    Object.entries(json.resource).forEach(([type, named]) =>
      Object.values(named).forEach((values) => {
        if (type !== 'azurerm_api_management_policy_fragment') {
          values.api_management_name = '${module.apim.name}';
        }
      }),
    );
    json.resource.azurerm_api_management_api!.other = { api_management_name: 'other', name: 'other' };
    expect(gatewaysOf(json).map(({ name, definition }) => [name, [...definition.fragments!.keys()]])).toEqual([
      ['${module.apim.name}', ['f']],
      ['other', []],
    ]);
  });

  test('a service without APIs in the file does not mix with one that has some', () => {
    const { definition } = onlyGateway(
      gatewayJson({
        azurerm_api_management_backend: { b: { api_management_name: 'elsewhere', name: 'b', url: 'http://b' } },
      }),
    );
    expect([...definition.backends!.keys()]).toEqual(['main']);
  });

  test('parts of two services do not mix', () => {
    const gateways = gatewaysOf(
      gatewayJson({
        azurerm_api_management_api: { second: { api_management_name: 'second', name: 'chat', path: 'openai' } },
        azurerm_api_management_backend: { second: { api_management_name: 'second', name: 'main', url: 'http://b' } },
      }),
    );
    expect(
      gateways.map(({ name, definition }) => [name, definition.apis.length, definition.backends!.get('main')]),
    ).toEqual([
      ['apim', 1, { url: 'https://a.openai.azure.com/openai' }],
      ['second', 1, { url: 'http://b' }],
    ]);
  });

  test('a name that only an apply tells is the same in every part', () => {
    const name = '${data.terraform_remote_state.x.outputs.name}';
    const json = gatewayJson();
    Object.values(json.resource).forEach((named) =>
      Object.values(named).forEach((values) => (values.api_management_name = name)),
    );
    const { name: found, definition } = onlyGateway(json);
    expect([found, definition.serviceName, definition.backends!.size]).toEqual([name, undefined, 1]);
  });

  test.each([[{}], [null], [gatewayJson().resource], [{ resource: { azurerm_api_management_backend: { b: {} } } }]])(
    'a file without APIs has no gateway: %j',
    (configuration) => {
      expect(gatewaysOf(configuration)).toEqual([]);
    },
  );

  test('modules are named, because they may hold parts of it', () => {
    expect(onlyGateway({ ...gatewayJson(), module: { apis: { source: './apis' } } }).notes).toEqual([
      'module.apis is not read',
    ]);
  });
});
