import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProviderSchema, conformanceProblems } from './provider-schema';
import { argumentsInBindings, argumentsInSchema } from './provider-schema-bindings';

type Values = Record<string, unknown>;

const deployment: Values = {
  name: 'chat',
  cognitive_account_id: '${azurerm_cognitive_account.models.id}',
  model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' },
  sku: { name: 'GlobalStandard', capacity: 50 },
  lifecycle: { create_before_destroy: true },
  depends_on: ['azurerm_cognitive_account.models'],
  '//': { metadata: { path: 'stack/chat' } },
};
const ADDRESS = 'azurerm_cognitive_deployment.chat';

function problemsOf(change: Values): string[] {
  return conformanceProblems({ resource: { azurerm_cognitive_deployment: { chat: { ...deployment, ...change } } } });
}

function problemsOfResource(type: string, values: Values): string[] {
  return conformanceProblems({ resource: { [type]: { it: values } } });
}

const bundled = JSON.parse(readFileSync(join(__dirname, 'schema/azurerm.json'), 'utf8')) as ProviderSchema;

test('the bundled schema is that of azurerm 4.55.0', () => {
  expect(bundled).toMatchObject({ provider: 'hashicorp/azurerm', version: '4.55.0' });
  expect(Object.keys(bundled.resources).length).toBeGreaterThanOrEqual(37);
});

test.each([
  ...Object.entries(bundled.resources).map(([type, block]) => [type, 'resource', block] as const),
  ...Object.entries(bundled.dataSources).map(([type, block]) => [type, 'data', block] as const),
])('the bundled schema of %s (%s) takes what the bindings of the same version take', (type, section, block) => {
  const bindings = argumentsInBindings(type, section, block);
  expect(Object.values(bindings).every((names) => names.length > 0)).toBe(true);
  expect(argumentsInSchema(block)).toEqual(bindings);
});

test('the schema that terraform gets has the same arguments', () => {
  const forTerraform = JSON.parse(readFileSync(join(__dirname, 'schema/azurerm-for-terraform.json'), 'utf8')) as {
    resources: Record<string, { block: { attributes: Record<string, { required?: true; optional?: true }> } }>;
  };
  for (const [type, { required, optional }] of Object.entries(bundled.resources)) {
    const { attributes } = forTerraform.resources[type]!.block;
    const writable = Object.keys(attributes).filter((name) => attributes[name]!.required || attributes[name]!.optional);
    expect({ type, names: writable.sort() }).toEqual({ type, names: Object.keys({ ...required, ...optional }).sort() });
  }
});

test('a correct resource and an empty stack have no problems', () => {
  expect(problemsOf({})).toEqual([]);
  expect(conformanceProblems({})).toEqual([]);
});

test.each<[string, Values, string[]]>([
  ['an unknown attribute', { capacity: 50 }, [`${ADDRESS}.capacity: unknown attribute`]],
  [
    'an unknown attribute named like an object method',
    { constructor: 'x' },
    [`${ADDRESS}.constructor: unknown attribute`],
  ],
  ['a missing attribute', { name: undefined }, [`${ADDRESS}: required attribute name is missing`]],
  ['an attribute that is null', { name: null }, [`${ADDRESS}: required attribute name is missing`]],
  ['a missing block', { model: undefined }, [`${ADDRESS}.model: 0 blocks where at least 1 is required`]],
  ['a block in a list of one', { model: [deployment.model] }, []],
  [
    'too many blocks',
    { model: [deployment.model, deployment.model] },
    [`${ADDRESS}.model: 2 blocks where at most 1 is allowed`],
  ],
  ['text where a block belongs', { sku: 'Standard' }, [`${ADDRESS}.sku: a string where a block is expected`]],
  [
    'an object where text belongs',
    { name: { value: 'chat' } },
    [`${ADDRESS}.name: an object where string is expected`],
  ],
  ['a list where text belongs', { name: ['chat'] }, [`${ADDRESS}.name: a list where string is expected`]],
  ['a number where text belongs', { name: 4 }, [`${ADDRESS}.name: a number where string is expected`]],
  [
    'text where a number belongs',
    { sku: { name: 'Standard', capacity: '50' } },
    [`${ADDRESS}.sku.capacity: a string where number is expected`],
  ],
  [
    'text where a truth value belongs',
    { dynamic_throttling_enabled: 'false' },
    [`${ADDRESS}.dynamic_throttling_enabled: a string where bool is expected`],
  ],
  [
    'problems inside blocks',
    { model: { format: 'OpenAI', publisher: 'x' } },
    [`${ADDRESS}.model: required attribute name is missing`, `${ADDRESS}.model.publisher: unknown attribute`],
  ],
  [
    'problems inside listed blocks',
    { sku: [{ capacity: 1 }] },
    [`${ADDRESS}.sku[0]: required attribute name is missing`],
  ],
  [
    'expressions, which fit every type',
    { dynamic_throttling_enabled: '${var.on}', sku: { name: 'x', capacity: '${var.n}' } },
    [],
  ],
  [
    'text that only looks like an expression',
    { sku: { name: 'Standard', capacity: '$${50}' } },
    [`${ADDRESS}.sku.capacity: a string where number is expected`],
  ],
  ['meta-arguments', { count: 2, for_each: {}, provider: 'azurerm.eu', provisioner: [] }, []],
  [
    'a dynamic block in place of a required one',
    { sku: undefined, dynamic: { sku: { for_each: [], content: {} } } },
    [],
  ],
  ['a dynamic block of no known name', { dynamic: { scale: {} } }, [`${ADDRESS}.dynamic.scale: unknown block`]],
])('the checker on %s', (_what, change, problems) => {
  expect(problemsOf(change)).toEqual(problems);
});

test('attributes that only Azure sets are refused', () => {
  const account = { name: 'contoso', resource_group_name: 'rg', location: 'x', kind: 'OpenAI', sku_name: 'S0' };
  expect(problemsOfResource('azurerm_cognitive_account', account)).toEqual([]);
  expect(
    problemsOfResource('azurerm_cognitive_account', {
      ...account,
      endpoint: 'https://x',
      identity: { type: 'SystemAssigned', principal_id: 'x' },
    }),
  ).toEqual([
    'azurerm_cognitive_account.it.endpoint: only the provider sets this attribute',
    'azurerm_cognitive_account.it.identity.principal_id: only the provider sets this attribute',
  ]);
});

test('collections hold what they should', () => {
  const group = { name: 'rg', location: 'x' };
  expect(problemsOfResource('azurerm_resource_group', { ...group, tags: { team: 'search' } })).toEqual([]);
  expect(problemsOfResource('azurerm_resource_group', { ...group, tags: ['search'] })).toEqual([
    'azurerm_resource_group.it.tags: a list where map(string) is expected',
  ]);
  expect(problemsOfResource('azurerm_resource_group', { ...group, tags: { team: 1 } })).toEqual([
    'azurerm_resource_group.it.tags["team"]: a number where string is expected',
  ]);
  const connection = { name: 'c', is_manual_connection: false };
  const endpoint = { name: 'pe', location: 'x', resource_group_name: 'rg', subnet_id: 's' };
  expect(
    problemsOfResource('azurerm_private_endpoint', {
      ...endpoint,
      private_service_connection: { ...connection, subresource_names: 'account' },
    }),
  ).toEqual([
    'azurerm_private_endpoint.it.private_service_connection.subresource_names: a string where list(string) is expected',
  ]);
  expect(
    problemsOfResource('azurerm_private_endpoint', {
      ...endpoint,
      private_service_connection: { ...connection, subresource_names: ['account', 1] },
      timeouts: [{ create: '1h' }, { create: '2h' }],
    }),
  ).toEqual([
    'azurerm_private_endpoint.it.private_service_connection.subresource_names[1]: a number where string is expected',
    'azurerm_private_endpoint.it.timeouts: 2 blocks where at most 1 is allowed',
  ]);
});

test('types of which nothing is known are a problem unless they are listed', () => {
  const stack = {
    resource: { azurerm_quantum_computer: { q: {} }, azurerm_constructor: { c: {} } },
    data: { azurerm_quantum_state: { me: {} } },
  };
  expect(conformanceProblems(stack)).toEqual([
    'azurerm_quantum_computer.q: the schema file knows no azurerm_quantum_computer',
    'azurerm_constructor.c: the schema file knows no azurerm_constructor',
    'data.azurerm_quantum_state.me: the schema file knows no data.azurerm_quantum_state',
  ]);
  expect(
    conformanceProblems(stack, {
      unchecked: ['azurerm_quantum_computer', 'azurerm_constructor', 'azurerm_quantum_state'],
    }),
  ).toEqual([]);
});

test('resources of other providers are left alone', () => {
  expect(conformanceProblems({ resource: { azapi_resource: { a: { body: {} } } } })).toEqual([]);
});

test('data sources and provider blocks are checked', () => {
  const schema: ProviderSchema = {
    provider: 'hashicorp/azurerm',
    version: '0',
    providerBlock: {
      optional: { subscription_id: 'string' },
      blocks: { features: { nesting: 'list', min: 1, max: 1 } },
    },
    resources: {},
    dataSources: {
      azurerm_subnet: {
        required: { name: 'string' },
        blocks: { zone: { nesting: 'map', optional: { id: 'string' } } },
      },
    },
  };
  const stack = {
    data: {
      azurerm_subnet: {
        good: { name: 'x', zone: { a: { id: 'x' } } },
        bad: { zone: { a: { id: 1 } } },
        worse: { name: 'x', zone: [] },
      },
    },
    provider: { azurerm: [{ features: [{}], alias: 'eu' }, { subscription: 'x' }], random: [{ seed: 1 }] },
  };
  expect(conformanceProblems(stack, { schema })).toEqual([
    'data.azurerm_subnet.bad: required attribute name is missing',
    'data.azurerm_subnet.bad.zone["a"].id: a number where string is expected',
    'data.azurerm_subnet.worse.zone: a list where a map of blocks is expected',
    'provider.azurerm[1].subscription: unknown attribute',
    'provider.azurerm[1].features: 0 blocks where at least 1 is required',
  ]);
});

test('a provider block of the bundled schema is checked', () => {
  expect(
    conformanceProblems({ provider: { azurerm: [{ features: [{ cognitive_account: [{ purge: true }] }] }] } }),
  ).toEqual(['provider.azurerm[0].features[0].cognitive_account[0].purge: unknown attribute']);
});
