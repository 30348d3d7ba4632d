import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PlanDocument } from '../../lib/facts/plan-document';
import { read } from './plan-builder';
import {
  accountId,
  azapiDeployment,
  change,
  deployment,
  facts,
  module,
  plan,
  refersTo,
  shown,
  standing,
} from './planned-resources';

async function fixture(name: string): Promise<PlanDocument> {
  return read(readFileSync(join(__dirname, 'fixtures', `${name}.json`)));
}

describe('a plan of the real provider', () => {
  test('that creates everything leads to the deployments that are configured', async () => {
    const { deployments, plan: planned } = facts(await fixture('plan-create'));
    expect(
      deployments.map((fact) => [
        fact.origin.address,
        ...[fact.account, fact.deployment, fact.format, fact.model, fact.version, fact.sku, fact.capacity].map(shown),
        shown(fact.versionUpgradeOption),
      ]),
    ).toEqual(
      [
        ['a', 'oai', '2024-08-06'],
        ['b', 'oai', '2024-11-20'],
        ['c', 'foundry', '2024-11-20'],
      ].map(([letter, account, version]) => [
        `azurerm_cognitive_deployment.dep-gpt-4o-${letter}`,
        `<\${azurerm_cognitive_account.${account}.id}>`,
        `gpt-4o-${letter}`,
        'OpenAI',
        'gpt-4o',
        version,
        'GlobalStandard',
        10,
        'NoAutoUpgrade',
      ]),
    );
    expect(planned!.deployments.map(({ outcome, before, after }) => [outcome, before, after])).toEqual(
      deployments.map((fact) => ['created', undefined, fact]),
    );
    expect(planned).toMatchObject({
      terraformVersion: '1.11.4',
      isComplete: true,
      isErrored: false,
      drift: [],
      before: { deployments: [] },
    });
  });

  test('that updates a version pairs each deployment with itself', async () => {
    const { deployments, plan: planned } = facts(await fixture('plan-model-version'));
    expect(deployments.map((fact) => [shown(fact.account), shown(fact.version)])).toEqual([
      [expect.stringMatching(/\/accounts\/oai-harness$/), '2024-08-06'],
      [expect.stringMatching(/\/accounts\/oai-harness$/), '2024-05-13'],
      [expect.stringMatching(/\/accounts\/foundry-harness$/), '2024-11-20'],
    ]);
    expect(
      planned!.deployments.map(({ outcome, before, after }) => [
        outcome,
        shown(before!.version),
        shown(after!.version),
      ]),
    ).toEqual([
      ['kept', '2024-08-06', '2024-08-06'],
      ['changed-in-place', '2024-11-20', '2024-05-13'],
      ['kept', '2024-11-20', '2024-11-20'],
    ]);
    expect(planned!.deployments.every(({ after }) => deployments.includes(after!))).toBe(true);
    expect(planned!.resources.get('azurerm_cognitive_deployment.dep-gpt-4o-b')).toEqual({
      address: 'azurerm_cognitive_deployment.dep-gpt-4o-b',
      type: 'azurerm_cognitive_deployment',
      action: 'update',
      id: '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-harness/providers/Microsoft.CognitiveServices/accounts/oai-harness/deployments/gpt-4o-b',
      replacePaths: [],
    });
    expect(planned!.drift).toEqual([]);
  });
});

describe('texts of a plan', () => {
  const HOSTILE = [
    '${x}',
    '%{ if true }',
    '$${x}',
    '${azurerm_cognitive_account.a.id}',
    'a"b\n\u202e\u0000',
    '__proto__',
    '${"',
    '',
  ];

  test.each(HOSTILE.filter((text) => text !== ''))('%j is the text that it is', (text) => {
    const { deployments, literals } = facts(
      plan([
        change('azurerm_cognitive_deployment.x', {
          action: 'create',
          after: deployment({ name: text, version: text }),
        }),
        change('azurerm_cognitive_account.a', { action: 'create', after: { name: 'a', custom_subdomain_name: text } }),
      ]),
    );
    expect([shown(deployments[0]!.deployment), shown(deployments[0]!.version)]).toEqual([text, text]);
    expect(
      literals
        .filter(({ path }) => path === 'custom_subdomain_name')
        .map(({ origin, path, value }) => [origin.address, path, value]),
    ).toEqual([['azurerm_cognitive_account.a', 'custom_subdomain_name', text]]);
  });

  test.each([
    'module.a["eu west"].module.b[0].module.c["q\\"uote ] $${x} . é"].azurerm_cognitive_deployment.this["k.e\\"y[]"]',
    'azurerm_cognitive_deployment.x["${"]',
    'azurerm_cognitive_deployment.größe["\\n"]',
  ])('the address %s comes back whole', (address) => {
    const { deployments, plan: planned } = facts(
      plan([change(address, { action: 'update', before: deployment(), after: deployment({ version: '2' }) })]),
    );
    expect(deployments.map(({ origin }) => origin.address)).toEqual([address]);
    expect(planned!.deployments.map(({ outcome, before }) => [outcome, before!.origin.address])).toEqual([
      ['changed-in-place', address],
    ]);
  });

  test('whatever the texts are, each deployment holds its own', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 5 }), text, (names, piece) => {
        const written = names.map((name) => `${piece}\${${name}`);
        const changes = names.map((name, index) =>
          change(`azurerm_cognitive_deployment.x[${index}]`, {
            action: 'create',
            after: deployment({ name: written[index], model: name }),
          }),
        );
        const { deployments } = facts(plan(changes));
        expect(deployments.map((fact) => [shown(fact.deployment), shown(fact.model)])).toEqual(
          names.map((name, index) => [written[index], name]),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('what Azure only answers with is no text of the configuration', () => {
    const values = {
      ...azapiDeployment(),
      id: 'gpt-4 id',
      output: { name: 'gpt-4 output' },
      tags: { use: 'gpt-4 tag' },
    };
    const read = (configured: boolean) =>
      facts(
        plan([change('azapi_resource.x', { before: values, after: { ...values, retry: 'gpt-4 default' } })], {
          configuration: module(configured ? { 'azapi_resource.x': { body: {}, tags: {} } } : {}),
        }),
        { literals: (text) => text.startsWith('gpt-4 ') },
      ).literals.map(({ path, value }) => [path, value]);
    expect(read(true)).toEqual([['tags.use', 'gpt-4 tag']]);
    expect(read(false)).toEqual([
      ['tags.use', 'gpt-4 tag'],
      ['retry', 'gpt-4 default'],
    ]);
  });
});

describe('what stands on which side', () => {
  const X = 'azurerm_cognitive_deployment.x';
  const sides = (document: PlanDocument) => {
    const read = facts(document);
    return {
      before: read.plan!.before.deployments.map(({ origin }) => origin.address),
      after: read.deployments.map(({ origin }) => origin.address),
    };
  };

  test.each([
    ['no-op', [X], [X]],
    ['update', [X], [X]],
    ['replace', [X], [X]],
    ['delete', [X], []],
    ['forget', [X], []],
  ] as const)('%s', (action, before, after) => {
    const values = action === 'delete' || action === 'forget' ? null : deployment();
    expect(sides(plan([change(X, { action, before: deployment(), after: values })]))).toEqual({ before, after });
  });

  test('what is created is there afterwards only, and a data source that is read as well', () => {
    const {
      plan: planned,
      deployments,
      literals,
    } = facts(
      plan([
        change(X, { action: 'create', after: deployment() }),
        change('data.azurerm_thing.y', { action: 'read', after: { text: 'gpt-4' } }),
      ]),
      { literals: (text) => text === 'gpt-4' },
    );
    expect(deployments).toHaveLength(1);
    expect(literals.map(({ origin }) => origin.address)).toEqual(['data.azurerm_thing.y']);
    expect([planned!.before.deployments, planned!.before.literals]).toEqual([[], []]);
  });

  test('what is left over of a failed replacement is there before', () => {
    const document = plan([
      change(X, { before: deployment(), after: deployment() }),
      change(X, { action: 'delete', deposed: '0a1b', before: deployment({ version: '1' }) }),
    ]);
    expect(sides(document)).toEqual({ before: [X, `${X} (deposed 0a1b)`], after: [X] });
    expect(facts(document).plan!.deployments.map(({ outcome, before }) => [outcome, shown(before!.version)])).toEqual([
      ['kept', '2024-11-20'],
      ['destroyed', '1'],
    ]);
    expect([...facts(document).plan!.resources.keys()]).toEqual([X, `${X} (deposed 0a1b)`]);
  });

  test('what is let go of and created again at one address is two changes', () => {
    const { plan: planned } = facts(
      plan([
        change(X, { action: 'forget', before: deployment() }),
        change(X, { action: 'create', after: deployment({ name: 'new' }) }),
        change('azurerm_cognitive_deployment.z', { action: 'forget', before: deployment({ name: 'z' }) }),
      ]),
    );
    expect([...planned!.resources].map(([key, { address, action }]) => [key, address, action])).toEqual([
      [`${X} (forgotten)`, X, 'forget'],
      [X, X, 'create'],
      ['azurerm_cognitive_deployment.z', 'azurerm_cognitive_deployment.z', 'forget'],
    ]);
    expect(planned!.deployments.map(({ outcome }) => outcome).sort()).toEqual(['created', 'forgotten', 'forgotten']);
  });

  test('what no change speaks of is there on both sides, and what has moved is there once', () => {
    const document = plan(
      [change(`${X}["new"]`, { previousAddress: `${X}["old"]`, before: deployment(), after: deployment() })],
      {
        isComplete: false,
        prior: [
          standing(`${X}["old"]`, deployment()),
          standing('module.a.azurerm_cognitive_deployment.y', deployment({ name: 'other' })),
        ],
      },
    );
    const y = 'module.a.azurerm_cognitive_deployment.y';
    expect(sides(document)).toEqual({ before: [`${X}["old"]`, y], after: [`${X}["new"]`, y] });
    const { plan: planned } = facts(document);
    expect(planned!.deployments.map(({ outcome }) => outcome)).toEqual(['moved', 'kept']);
    expect(planned!.isComplete).toBe(false);
    expect(planned!.resources.get('module.a.azurerm_cognitive_deployment.y')).toMatchObject({ action: 'no-op' });
  });

  test('an instance of which nothing is planned yet has what the configuration says', () => {
    const { deployments } = facts(
      plan(
        [
          change(`${X}`, {
            action: 'create',
            after: {},
            afterUnknown: true,
            deferredReason: 'instance_count_unknown',
          }),
        ],
        {
          configuration: module({
            [X]: {
              name: { references: ['each.key', 'each'] },
              cognitive_account_id: refersTo('azurerm_cognitive_account.a.id'),
              model: [
                {
                  format: { constant_value: 'OpenAI' },
                  name: { constant_value: 'gpt-4o' },
                  version: refersTo('local.v'),
                },
              ],
            },
          }),
        },
      ),
    );
    expect(deployments).toMatchObject([{ mayNotExist: true }]);
    const [fact] = deployments;
    expect([fact!.deployment, fact!.account, fact!.model, fact!.version].map(shown)).toEqual([
      '<known after apply>',
      '<${azurerm_cognitive_account.a.id}>',
      'gpt-4o',
      '<${local.v}>',
    ]);
  });
});

describe('drift', () => {
  const X = 'azurerm_cognitive_deployment.x';
  const drifted = (parts: object, planned: object = { action: 'no-op', before: deployment(), after: deployment() }) =>
    facts(plan([change(X, planned)], { drift: [change(X, { action: 'update', ...parts })] })).plan!.drift.map(
      ({ address, recorded, found, planned: next }) => [
        address,
        ...[recorded, found, next].map((fact) => shown(fact?.version)),
      ],
    );

  test('is what the refresh found another value of', () => {
    const [old, auto, wanted] = ['2024-05-13', '2024-11-20', '2024-05-13'].map((version) => deployment({ version }));
    expect(drifted({ before: old, after: auto }, { action: 'update', before: auto, after: wanted })).toEqual([
      [X, '2024-05-13', '2024-11-20', '2024-05-13'],
    ]);
  });

  test('is what the refresh found missing', () => {
    expect(drifted({ action: 'delete', before: deployment() }, { action: 'create', after: deployment() })).toEqual([
      [X, '2024-11-20', undefined, '2024-11-20'],
    ]);
  });

  test('is not another spelling of a deployment that is the same', () => {
    const before = deployment({ rai_policy_name: '' });
    expect(drifted({ before, after: deployment({ rai_policy_name: 'Microsoft.DefaultV2' }) })).toEqual([]);
  });
});

describe('cdk.tf.json of the same stack', () => {
  test('gives construct paths, waivers and ignored changes, to resources of the root module only', () => {
    const synthesised = {
      '//': {
        metadata: { stackName: 'production' },
        'azure-model-lifecycle': undefined,
      },
      resource: {
        azurerm_cognitive_deployment: {
          x: { '//': { metadata: { path: 'production/account/chat' } }, lifecycle: { ignore_changes: ['tags'] } },
        },
      },
    };
    const addresses = ['azurerm_cognitive_deployment.x', 'module.a.azurerm_cognitive_deployment.x'];
    const read = facts(
      plan(addresses.map((address) => change(address, { before: deployment(), after: deployment() }))),
      { synthesised },
    );
    expect(read.stack).toBe('production');
    expect(read.plan!.before.stack).toBe('production');
    expect(read.deployments.map(({ origin }) => origin)).toEqual([
      {
        address: addresses[0],
        type: 'azurerm_cognitive_deployment',
        stack: 'production',
        constructPath: 'production/account/chat',
      },
      { address: addresses[1], type: 'azurerm_cognitive_deployment', stack: 'production' },
    ]);
    expect(facts(plan([]), { synthesised, stack: 'given' }).stack).toBe('given');
  });
});

test('the id of an account that a plan knows stands where the plan leaves it open', () => {
  const { deployments } = facts(
    plan(
      [
        change('azurerm_cognitive_account.a', { before: { id: accountId() }, after: { id: accountId() } }),
        change('azurerm_cognitive_deployment.x', {
          action: 'create',
          after: { ...deployment(), cognitive_account_id: undefined },
          afterUnknown: { cognitive_account_id: true },
        }),
      ],
      {
        configuration: module({
          'azurerm_cognitive_deployment.x': { cognitive_account_id: refersTo('azurerm_cognitive_account.a.id') },
        }),
      },
    ),
  );
  expect(shown(deployments[0]!.account)).toBe(accountId());
});

test.each([
  [{}, 'certainly'],
  [{ isComplete: false }, 'perhaps'],
  [{ isErrored: true }, 'perhaps'],
])('a deployment that a route leads to may be in the part of a plan that is missing: %j', (parts, expected) => {
  const policy =
    '<policies><inbound><choose><when condition="@(context.Request.Headers.GetValueOrDefault(&quot;m&quot;,&quot;&quot;) == &quot;gpt-4o@2024-11-20&quot;)">' +
    '<set-backend-service base-url="https://oai.openai.azure.com/openai/deployments/chat" /></when></choose></inbound></policies>';
  const { gateway } = facts(
    plan(
      [
        change('azurerm_cognitive_account.a', {
          action: 'create',
          after: { name: 'oai', custom_subdomain_name: 'oai' },
        }),
        change('azurerm_api_management_api_policy.p', {
          action: 'create',
          after: { api_name: 'a', api_management_name: 'b', xml_content: policy },
        }),
      ],
      parts,
    ),
  );
  expect(
    gateway!.routes.map(({ targets }) => targets.map(({ account, lacksDeployment }) => [account, lacksDeployment])),
  ).toEqual([[['azurerm_cognitive_account.a', expected]]]);
});
