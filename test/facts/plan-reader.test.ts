import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { StateResource } from '../../lib/facts/plan-document';
import { readPlanDocument } from '../../lib/facts/plan-reader';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { change, failureOf, plan, read } from './plan-builder';

const REMEDY = "write it again by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it";

function fixture(name: string): string {
  return readFileSync(join(__dirname, 'fixtures', `plan-${name}.json`), 'utf8');
}

describe('a plan of the real provider', () => {
  test('that creates everything', async () => {
    const document = await read(fixture('create'));
    expect(document).toMatchObject({
      formatVersion: '1.2',
      terraformVersion: '1.11.4',
      timestamp: '2026-11-21T23:20:20Z',
      isComplete: true,
      isErrored: false,
      resourceCount: 10,
      drift: [],
      prior: [],
    });
    expect(document.changes.map(({ address, action }) => [address, action])).toEqual([
      ['azurerm_api_management_backend.be-a', 'create'],
      ['azurerm_api_management_backend.be-b', 'create'],
      ['azurerm_cognitive_account.foundry', 'create'],
      ['azurerm_cognitive_account.oai', 'create'],
      ['azurerm_cognitive_deployment.dep-gpt-4o-a', 'create'],
      ['azurerm_cognitive_deployment.dep-gpt-4o-b', 'create'],
      ['azurerm_cognitive_deployment.dep-gpt-4o-c', 'create'],
      ['azurerm_resource_group.rg', 'create'],
      ['azurerm_role_assignment.ra', 'create'],
    ]);
    expect(document.changes[4]).toEqual({
      address: 'azurerm_cognitive_deployment.dep-gpt-4o-a',
      mode: 'managed',
      type: 'azurerm_cognitive_deployment',
      name: 'dep-gpt-4o-a',
      action: 'create',
      before: null,
      after: {
        dynamic_throttling_enabled: null,
        model: [{ format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06' }],
        name: 'gpt-4o-a',
        rai_policy_name: 'Microsoft.DefaultV2',
        sku: [{ capacity: 10, family: null, name: 'GlobalStandard', size: null, tier: null }],
        timeouts: null,
        version_upgrade_option: 'NoAutoUpgrade',
      },
      afterUnknown: { cognitive_account_id: true, id: true, model: [{}], sku: [{}] },
      beforeSensitive: false,
      afterSensitive: { model: [{}], sku: [{}] },
      replacePaths: [],
    });
    expect(document.configuration.outputs.get('front')).toEqual([
      'azurerm_container_app.app-front.ingress[0].fqdn',
      'azurerm_container_app.app-front.ingress[0]',
      'azurerm_container_app.app-front.ingress',
      'azurerm_container_app.app-front',
    ]);
    expect([...document.configuration.resources.keys()]).toEqual([
      'azurerm_api_management_backend.be-a',
      'azurerm_api_management_backend.be-b',
      'azurerm_cognitive_account.foundry',
      'azurerm_cognitive_account.oai',
      'azurerm_cognitive_deployment.dep-gpt-4o-a',
      'azurerm_cognitive_deployment.dep-gpt-4o-b',
      'azurerm_cognitive_deployment.dep-gpt-4o-c',
      'azurerm_resource_group.rg',
      'azurerm_role_assignment.ra',
    ]);
    const { expressions } = document.configuration.resources.get('azurerm_cognitive_deployment.dep-gpt-4o-a')!;
    expect(expressions.cognitive_account_id).toEqual({
      constant_value: '${azurerm_cognitive_account.oai.id}',
      references: ['azurerm_cognitive_account.oai.id', 'azurerm_cognitive_account.oai'],
    });
  });

  test('that changes a version, with drift and a prior state', async () => {
    const document = await read(fixture('model-version'));
    const updated = document.changes.find(({ action }) => action === 'update')!;
    expect(updated.address).toBe('azurerm_cognitive_deployment.dep-gpt-4o-b');
    expect([updated.before, updated.after]).toMatchObject([
      { model: [{ version: '2024-11-20' }] },
      { model: [{ version: '2024-05-13' }] },
    ]);
    expect(document.drift.map(({ address, action }) => [address, action])).toEqual([
      ['azurerm_api_management_backend.be-a', 'update'],
      ['azurerm_api_management_backend.be-b', 'update'],
      ['azurerm_cognitive_account.foundry', 'update'],
      ['azurerm_cognitive_account.oai', 'update'],
    ]);
    expect(document.prior.map(({ address }) => address)).toEqual(document.changes.map(({ address }) => address));
    expect(document.prior[4]).toMatchObject({
      mode: 'managed',
      type: 'azurerm_cognitive_deployment',
      values: { model: [{ name: 'gpt-4o', version: '2024-08-06' }] },
      sensitiveValues: { model: [{}], sku: [{}] },
    });
  });

  test.each([
    ['create', [1, 3, 64, 1000]],
    ['model-version', [7, 4096, 65_536, 65_537]],
  ])('is read the same in chunks of any size: %s', async (name, sizes) => {
    const whole = await read(fixture(name));
    for (const size of sizes) {
      expect(await read(fixture(name), size)).toEqual(whole);
      expect(await read(JSON.parse(fixture(name)), size)).toEqual(whole);
    }
  });
});

describe('which resources are kept', () => {
  test.each([
    ['a type that facts are read of', change({ type: 'azapi_resource' }), true],
    ['another type', change({ type: 'azurerm_subnet' }), false],
    ['another type that names a model', change({ type: 'azurerm_linux_web_app', after: { model: 'gpt-4' } }), true],
    ['a model behind a line break', change({ type: 'null_resource', after: { text: 'a\ngpt-4' } }), true],
    ['a model behind a tab and another escape', change({ type: 'x', after: { text: '\\\tgpt-4' } }), true],
    ['a model behind a bracket of HTML', change({ type: 'x', after: { text: '<gpt-4>' } }), true],
    ['a model as a key', change({ type: 'x', after: { 'gpt-4': 1 } }), true],
    ['a model inside a word', change({ type: 'x', after: { text: 'agpt-4' } }), false],
  ])('%s', async (_, entry, isKept) => {
    const written = JSON.stringify(plan({ resource_changes: [entry] }));
    const escaped = written.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
    for (const text of [written, escaped]) {
      const document = await read(text);
      expect([document.changes.length, document.resourceCount]).toEqual([isKept ? 1 : 0, 1]);
    }
  });

  test.each([
    ['a letter of the model', '{"model":"g\\u0070t-4"}', 'azurerm_linux_web_app'],
    ['a letter of the type', '{}', 'azurerm_c\\u006fgnitive_deployment'],
    ['the solidus', '{"model":"x\\/gpt-4"}', 'azurerm_linux_web_app'],
  ])('an escape hides nothing: %s', async (_, after, type) => {
    const entry = `{"address":"a.b","mode":"managed","type":"${type}","name":"b","change":{"actions":["create"],"after":${after}}}`;
    const document = await read(`{"format_version":"1.2","resource_changes":[${entry}]}`);
    expect(document.changes).toHaveLength(1);
  });

  test('of deferred changes, with the reason', async () => {
    const entry = (type: string) => ({ reason: 'instance_count_unknown', resource_change: change({ type }) });
    const deferred_changes = [entry('azurerm_subnet'), entry('azapi_resource')];
    const document = await read(plan({ complete: false, deferred_changes }));
    expect(document).toMatchObject({ isComplete: false, resourceCount: 0 });
    expect(document.changes).toMatchObject([{ type: 'azapi_resource', deferredReason: 'instance_count_unknown' }]);
  });
});

describe('a name is found wherever a change holds it', () => {
  const model = { text: 'x', list: [{ name: 'gpt-4' }] };
  const other = { text: 'x', list: [{ name: 'none' }] };

  test.each([
    ['nowhere', { before: other, after: other }, false],
    ['on both sides', { before: model, after: model }, true],
    ['before', { before: model, after: other }, true],
    ['after', { before: other, after: model }, true],
    ['after, which begins as before', { before: { a: 1 }, after: { a: 1, b: 'gpt-4' } }, true],
    ['before, as the end of it', { before: 'gpt-4', after: 'gpt' }, true],
    ['beside both', { before: other, after: other, importing: { id: 'gpt-4' } }, true],
    ['in a part that is called as the sides are', { before: { before: model, after: other }, after: other }, true],
    ['in both such parts', { before: null, after: { before: model, after: model } }, true],
    ['between such parts', { before: { before: other, of: 'gpt-4', after: other }, after: null }, true],
  ])('%s', async (_, sides, isKept) => {
    const { changes } = await read(
      plan({ resource_changes: [change({ type: 'x', actions: ['update'], change: sides })] }),
      undefined,
      mayNameModel(ModelCatalog.bundled().spellings()),
    );
    expect(changes).toHaveLength(isKept ? 1 : 0);
  });
});

test.each([
  [['no-op'], [['no-op', undefined]]],
  [['create'], [['create', undefined]]],
  [['read'], [['read', undefined]]],
  [['update'], [['update', undefined]]],
  [['delete'], [['delete', undefined]]],
  [['forget'], [['forget', undefined]]],
  [['delete', 'create'], [['replace', 'destroy-first']]],
  [['create', 'delete'], [['replace', 'create-first']]],
  [
    ['create', 'forget'],
    [
      ['forget', undefined],
      ['create', undefined],
    ],
  ],
])('actions %j', async (actions, expected) => {
  const document = await read(plan({ resource_changes: [change({ actions })] }));
  expect(document.changes.map(({ action, replaceOrder }) => [action, replaceOrder])).toEqual(expected);
});

test('an object that is forgotten and created anew is two changes, each with one side', async () => {
  const entry = change({ actions: ['create', 'forget'], change: { before: { name: 'old' }, after: { name: 'new' } } });
  const { changes } = await read(plan({ resource_changes: [entry] }));
  expect(changes).toMatchObject([
    { action: 'forget', before: { name: 'old' }, after: null },
    { action: 'create', before: null, after: { name: 'new' } },
  ]);
});

test('everything that a change says beside its values', async () => {
  const entry = change({
    actions: ['delete', 'create'],
    entry: {
      address: 'module.ai["eu"].azurerm_cognitive_deployment.chat["a"]',
      previous_address: 'azurerm_cognitive_deployment.chat[0]',
      module_address: 'module.ai["eu"]',
      index: 'a',
      deposed: '1a2b3c4d',
      action_reason: 'replace_because_cannot_update',
    },
    change: { replace_paths: [['model', 0, 'name'], ['name']], importing: { id: '/subscriptions/x?api=1' } },
  });
  const { changes } = await read(plan({ resource_changes: [entry] }));
  expect(changes[0]).toMatchObject({
    address: 'module.ai["eu"].azurerm_cognitive_deployment.chat["a"]',
    previousAddress: 'azurerm_cognitive_deployment.chat[0]',
    moduleAddress: 'module.ai["eu"]',
    index: 'a',
    deposed: '1a2b3c4d',
    reason: 'replace_because_cannot_update',
    replacePaths: [['model', 0, 'name'], ['name']],
    importId: '/subscriptions/x?api=1',
  });
});

test.each([
  ['an id that is not known yet', { unknown: true }, ''],
  ['an identity instead of an id', { identity: { name: 'a' } }, ''],
  ['no import', null, undefined],
])('importing: %s', async (_, importing, importId) => {
  const { changes } = await read(plan({ resource_changes: [change({ change: { importing } })] }));
  expect(changes[0]!.importId).toBe(importId);
});

test('modules of the prior state, and what a failed replacement left behind', async () => {
  const resource = (address: string, more: object = {}) => ({
    address,
    mode: 'managed',
    type: 'azurerm_cognitive_account',
    name: 'a',
    values: { name: address },
    ...more,
  });
  const root_module = {
    resources: [resource('root', { index: 0, deposed_key: 'ab12' })],
    child_modules: [
      { resources: [resource('one')], address: 'module.one' },
      { address: 'module.two', child_modules: [{ resources: [resource('deep')], address: 'module.two.module.deep' }] },
    ],
  };
  const { prior } = await read(plan({ prior_state: { format_version: '1.0', values: { root_module } } }));
  const rows = (list: readonly StateResource[]) => list.map(({ address, moduleAddress }) => [address, moduleAddress]);
  expect(rows(prior).sort()).toEqual([
    ['deep', 'module.two.module.deep'],
    ['one', 'module.one'],
    ['root', undefined],
  ]);
  expect(prior.find(({ address }) => address === 'root')).toEqual({
    ...resource('root'),
    index: 0,
    deposed: 'ab12',
    values: { name: 'root' },
    sensitiveValues: {},
  });
});

test('modules of the configuration', async () => {
  const references = ['azurerm_cognitive_account.a.id', 'azurerm_cognitive_account.a'];
  const resource = {
    address: 'data.azurerm_cognitive_account.a',
    mode: 'data',
    type: 'azurerm_cognitive_account',
    name: 'a',
    expressions: { name: { constant_value: 'x' } },
    for_each_expression: { references: ['var.all'] },
  };
  const module = {
    outputs: { id: { expression: { references }, description: 'gpt-4' }, none: { expression: {} } },
    resources: [resource, { ...resource, mode: 'managed', name: 'b', count_expression: { constant_value: 2 } }],
    variables: { all: {} },
  };
  const call = { source: './ai', expressions: { name: { references: ['var.x'] } }, module, depends_on: ['a.b'] };
  const configuration = { provider_config: { a: {} }, root_module: { module_calls: { ai: call, ['__proto__']: {} } } };
  const text = JSON.stringify(plan({ configuration }));
  const { calls } = (await read(text)).configuration;
  expect([...calls.keys()]).toEqual(['ai', '__proto__']);
  const read_ = calls.get('ai')!;
  expect(read_).toMatchObject({ source: './ai', expressions: { name: { references: ['var.x'] } } });
  expect([...read_.module.outputs]).toEqual([
    ['id', references],
    ['none', []],
  ]);
  expect([...read_.module.resources]).toEqual([
    [
      'data.azurerm_cognitive_account.a',
      { expressions: { name: { constant_value: 'x' } }, forEach: { references: ['var.all'] } },
    ],
    [
      'azurerm_cognitive_account.b',
      {
        expressions: { name: { constant_value: 'x' } },
        forEach: { references: ['var.all'] },
        count: { constant_value: 2 },
      },
    ],
  ]);
});

test.each(['0.2', '1.0', '1.1', '1.2', '1.17'])('format version %s is read', async (format_version) => {
  expect(await read(plan({ format_version }))).toEqual({
    formatVersion: format_version,
    terraformVersion: '1.11.4',
    isComplete: true,
    isErrored: false,
    resourceCount: 0,
    changes: [],
    drift: [],
    prior: [],
    configuration: { resources: new Map(), calls: new Map(), outputs: new Map() },
  });
});

test.each([
  ['0.1', 'has the format version "0.1"'],
  ['2.0', 'has the format version "2.0"'],
  ['1', 'has the format version "1"'],
  [undefined, "has no 'format_version'"],
])('format version %s is refused', async (format_version, what) => {
  expect(await failureOf(plan({ format_version }))).toBe(
    `'plan.json' ${what}; format versions 0.2 to 1.x can be read, which Terraform writes from 0.15.1 on and every OpenTofu: ` +
      "write it by 'terraform show -json plan.tfplan > plan.json', and do not filter it; for a later format install the newest model-lifecycle",
  );
});

test('a plan that failed half-way, and one with nothing but null', async () => {
  expect(await read(plan({ errored: true, complete: false }))).toMatchObject({ isErrored: true, isComplete: false });
  const parts = {
    resource_changes: null,
    resource_drift: null,
    prior_state: null,
    configuration: null,
    complete: null,
  };
  expect(await read(plan(parts))).toMatchObject({ resourceCount: 0, isComplete: true });
});

test.each([
  ['resource_changes', { resource_changes: {} }, "'resource_changes' is no list"],
  ['resource_changes', { resource_changes: 'gpt-4' }, "'resource_changes' is no list"],
  ['prior_state', { prior_state: { values: { root_module: [] } } }, "'prior_state.values.root_module' is no object"],
  ['complete', { complete: 'yes' }, "'complete' is no boolean"],
  ['terraform_version', { terraform_version: 1.11 }, "'terraform_version' is no text"],
  ['an entry', { resource_changes: [change(), 5] }, "'resource_changes[1]' has no text as 'address'"],
  [
    'a call',
    { configuration: { root_module: { module_calls: { a: { module: 1 } } } } },
    "'configuration.root_module.module_calls.a.module' is no object",
  ],
  [
    'actions',
    { resource_changes: [change({ actions: ['explode'] })] },
    '\'resource_changes[0]\' has actions that are not known: ["explode"]',
  ],
  [
    'replace_paths',
    { resource_changes: [change({ change: { replace_paths: ['a'] } })] },
    "'resource_changes[0]' has 'replace_paths' that are no lists of keys and indexes",
  ],
])('a part of another shape is refused: %s', async (_, parts, problem) => {
  expect(await failureOf(plan(parts))).toBe(`'plan.json' cannot be read as a plan: ${problem}; ${REMEDY}`);
});

test('what is known of the progress', async () => {
  const seen: number[] = [];
  const text = Buffer.from(JSON.stringify(plan()));
  const chunks = (async function* () {
    yield text.subarray(0, 10);
    yield text.subarray(10);
  })();
  await readPlanDocument(chunks, { source: '-', mayNameModel: () => true, onProgress: (bytes) => seen.push(bytes) });
  expect(seen).toEqual([10, text.length]);
});

describe('a plan that somebody filtered or limited', () => {
  const entry = change();
  const declared = (expressions: object = {}, rest: object = {}) => ({
    configuration: {
      root_module: {
        resources: [
          { address: entry.address, mode: 'managed', type: entry.type, name: entry.name, expressions, ...rest },
        ],
      },
    },
  });
  const resource = { address: entry.address, mode: 'managed', type: entry.type, name: entry.name, values: {} };
  const state = { values: { root_module: { resources: [resource] } } };
  const planned = { planned_values: state.values };

  test('is refused where its changes are missing', async () => {
    expect(await failureOf(plan({ ...planned, ...declared(), applyable: true }))).toBe(
      "'plan.json' has no 'resource_changes', although its configuration declares what its state does not hold; " +
        "write it by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
    );
  });

  test.each<[string, object]>([
    ['only refreshes what stands', { ...planned, prior_state: state, ...declared() }],
    ['only refreshes before anything stands', declared()],
    ['declares none of it', { ...planned, ...declared({}, { count_expression: { constant_value: 0 } }) }],
    ['declares nothing', { ...planned, configuration: { root_module: {} } }],
  ])('is taken where it %s', async (_what, parts) => {
    expect(await read(plan({ ...parts, complete: true }))).toMatchObject({ resourceCount: 0, isComplete: true });
  });

  const other = { ...resource, address: 'azurerm_cognitive_deployment.other', name: 'other' };
  const prior = { prior_state: { values: { root_module: { resources: [resource, other] } } } };
  test.each<[string, object, boolean]>([
    ['and lists less than what stands', { resource_changes: [entry], ...prior }, false],
    ['and lists all that stands', { resource_changes: [entry], prior_state: state }, true],
    [
      'and lists it where it has moved',
      {
        resource_changes: [
          entry,
          change({ name: 'next', actions: ['no-op'], entry: { previous_address: other.address } }),
        ],
        ...prior,
      },
      true,
    ],
  ])('does not say whether it is complete, %s', async (_what, parts, isComplete) => {
    expect((await read(plan(parts))).isComplete).toBe(isComplete);
  });
});
