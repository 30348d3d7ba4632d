import { readStateFacts } from '../../lib/facts/state-configuration';
import { azapiDeployment, deployment, shown } from './planned-resources';

const X = 'azurerm_cognitive_deployment';

function stateFile(...resources: readonly object[]): object {
  return { version: 4, terraform_version: '1.11.4', serial: 3, lineage: 'x', outputs: {}, resources };
}

function resource(parts: object, ...instances: readonly object[]): object {
  return {
    mode: 'managed',
    type: X,
    name: 'x',
    provider: 'provider["registry.terraform.io/hashicorp/azurerm"]',
    ...parts,
    instances,
  };
}

describe('terraform.tfstate', () => {
  test('holds deployments of every module and key', () => {
    const { deployments, plan } = readStateFacts(
      stateFile(
        resource({}, { attributes: deployment() }),
        resource(
          { module: 'module.a["eu"].module.b[0]' },
          { index_key: 'k"${x}é', attributes: deployment({ name: '${x}' }) },
          { index_key: 1, attributes: deployment({ version: '1' }) },
          { index_key: 1, deposed: '0a1b', attributes: deployment({ version: '2' }) },
        ),
      ),
    );
    expect(deployments.map((fact) => [fact.origin.address, shown(fact.deployment), shown(fact.version)])).toEqual([
      [`${X}.x`, 'chat', '2024-11-20'],
      [`module.a["eu"].module.b[0].${X}.x["k\\"$\${x}é"]`, '${x}', '2024-11-20'],
      [`module.a["eu"].module.b[0].${X}.x[1]`, 'chat', '1'],
      [`module.a["eu"].module.b[0].${X}.x[1] (deposed 0a1b)`, 'chat', '2'],
    ]);
    expect(plan).toBeUndefined();
  });

  test('holds the body of azapi beside its type', () => {
    const attributes = azapiDeployment();
    const typed = { ...attributes, body: { value: attributes.body, type: ['object', {}] } };
    const text = { ...attributes, body: JSON.stringify(attributes.body) };
    const { deployments } = readStateFacts(
      stateFile(
        resource({ type: 'azapi_resource' }, { index_key: 0, attributes: typed }, { index_key: 1, attributes: text }),
      ),
    );
    expect(deployments.map((fact) => [fact.origin.address, shown(fact.model), shown(fact.version)])).toEqual([
      ['azapi_resource.x[0]', 'gpt-4o', '2024-11-20'],
      ['azapi_resource.x[1]', 'gpt-4o', '2024-11-20'],
    ]);
  });

  test('keeps what it marks as sensitive', () => {
    const steps = (...path: readonly (string | number)[]) =>
      path.map((step) =>
        typeof step === 'number'
          ? { type: 'index', value: { value: step, type: 'number' } }
          : { type: 'get_attr', value: step },
      );
    const read = (...paths: readonly unknown[]) =>
      readStateFacts(
        stateFile(resource({}, { attributes: deployment(), sensitive_attributes: paths })),
      ).deployments.map((fact) => [shown(fact.deployment), shown(fact.model), shown(fact.version)]);
    const secret = '<a sensitive value>';
    expect(read(steps('model', 0, 'version'))).toEqual([['chat', 'gpt-4o', secret]]);
    expect(read(steps('model', 0, 'version'), steps('name'), steps('model'))).toEqual([[secret, secret, secret]]);
    expect(read([{ type: 'index', value: { value: 'model', type: 'string' } }, { type: 'unheard of' }])).toEqual([
      ['chat', secret, secret],
    ]);
    expect(read('what is this')).toEqual([[secret, secret, secret]]);
  });

  test('keeps what is called like a secret', () => {
    const attributes = {
      name: 'gpt-4',
      primary_access_key: 'gpt-4 SECRET',
      connection_string: 'gpt-4 SECRET',
      nested: [{ admin_password: 'gpt-4 SECRET', api_keys: ['gpt-4 SECRET'], secret_name: 'gpt-4 name' }],
    };
    const { literals } = readStateFacts(stateFile(resource({ type: 'azurerm_thing' }, { attributes })), {
      literals: (text) => text.startsWith('gpt-4'),
    });
    expect(literals.map(({ path, value }) => [path, value])).toEqual([
      ['name', 'gpt-4'],
      ['nested[0].secret_name', 'gpt-4 name'],
    ]);
    expect(JSON.stringify(literals)).not.toContain('SECRET');
  });
});

describe('show -json of a state', () => {
  test('holds deployments of every module, and hides what is sensitive', () => {
    const { deployments, stack } = readStateFacts(
      {
        format_version: '1.0',
        terraform_version: '1.11.4',
        values: {
          root_module: {
            resources: [
              {
                address: `${X}.x`,
                mode: 'managed',
                type: X,
                name: 'x',
                values: deployment(),
                sensitive_values: { model: [{ version: true }] },
              },
            ],
            child_modules: [
              {
                address: 'module.a["eu"]',
                resources: [
                  {
                    address: `module.a["eu"].${X}.x[0]`,
                    mode: 'managed',
                    type: X,
                    name: 'x',
                    index: 0,
                    values: deployment({ name: 'eu' }),
                  },
                ],
              },
            ],
          },
        },
      },
      { stack: 'production' },
    );
    expect(deployments.map((fact) => [fact.origin.address, shown(fact.deployment), shown(fact.version)])).toEqual([
      [`${X}.x`, 'chat', '<a sensitive value>'],
      [`module.a["eu"].${X}.x[0]`, 'eu', '2024-11-20'],
    ]);
    expect(stack).toBe('production');
  });

  test('may hold nothing', () => {
    expect(readStateFacts({ format_version: '1.0' })).toMatchObject({ deployments: [], literals: [], opaque: [] });
  });
});

describe('what cannot be read', () => {
  test.each<readonly [unknown, string]>([
    [
      { version: 3, serial: 1, lineage: 'x', modules: [] },
      "'old.tfstate' is a Terraform state of version 3; version 4 is read, which Terraform 0.12 and later write: run 'terraform apply -refresh-only' with a current Terraform, or give the output of 'terraform show -json'",
    ],
    [
      { serial: 1, lineage: 'x', meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' },
      "'old.tfstate' is a state that OpenTofu encrypted, and cannot be read without its key; give the output of 'tofu show -json' instead",
    ],
    ...[null, [], 'text', 4, {}, { version: 5 }, { format_version: '1.2', resource_changes: [] }].map(
      (json) =>
        [
          json,
          "'old.tfstate' is no Terraform state; name a terraform.tfstate file of version 4, or give the output of 'terraform show -json'",
        ] as const,
    ),
  ])('%j is refused by name', (json, message) => {
    expect(() => readStateFacts(json, { source: 'old.tfstate' })).toThrow(new Error(message));
  });

  test.each([
    [stateFile(null as never, 1 as never, { type: X }, resource({}, null as never, {}, { attributes: [] }))],
    [
      {
        format_version: '1.0',
        values: { root_module: { resources: [null, {}, { address: 1 }], child_modules: [1, {}] } },
      },
    ],
  ])('parts of another shape are passed over', (json) => {
    expect(
      readStateFacts(json)
        .deployments.map(({ model }) => shown(model))
        .filter(Boolean),
    ).toEqual([]);
  });
});
