import fc from 'fast-check';
import { ResourceChange } from '../../lib/facts/plan-document';
import { accountId, azapiDeployment, change, deployment, facts, module, plan, refersTo } from './planned-resources';

const X = 'azurerm_cognitive_deployment.x';
const Y = 'azurerm_cognitive_deployment.y';
const AZAPI = 'azapi_resource.x';

/** Outcomes with the addresses before and after. */
function outcomes(...changes: readonly ResourceChange[]): unknown[] {
  return facts(plan(changes)).plan!.deployments.map(({ outcome, before, after, replaceOrder }) => [
    outcome,
    before?.origin.address,
    after?.origin.address,
    ...(replaceOrder === undefined ? [] : [replaceOrder]),
  ]);
}

const both = (values: object = {}) => ({ before: deployment(), after: deployment({ ...values }) });
const other = { version: '2025-01-01' };

describe('what becomes of a deployment', () => {
  test.each<[string, readonly ResourceChange[], readonly unknown[]]>([
    ['nothing changes', [change(X, both())], [['kept', X, X]]],
    ['its capacity changes', [change(X, { action: 'update', ...both({ capacity: 20 }) })], [['kept', X, X]]],
    [
      'another content filter and noise of the provider',
      [
        change(X, {
          action: 'update',
          ...both({ rai_policy_name: 'x', version_upgrade_option: 'OnceCurrentVersionExpired' }),
        }),
      ],
      [['kept', X, X]],
    ],
    ['another version', [change(X, { action: 'update', ...both(other) })], [['changed-in-place', X, X]]],
    ['a model in other case', [change(X, { action: 'update', ...both({ model: 'GPT-4o' }) })], [['kept', X, X]]],
    ['another SKU', [change(X, { action: 'update', ...both({ sku: 'Standard' }) })], [['changed-in-place', X, X]]],
    [
      'another name in place, which Azure refuses',
      [change(AZAPI, { action: 'update', before: azapiDeployment(), after: azapiDeployment({ name: 'new' }) })],
      [['changed-in-place', AZAPI, AZAPI]],
    ],
    ['it is created', [change(X, { action: 'create', after: deployment() })], [['created', undefined, X]]],
    ['it is destroyed', [change(X, { action: 'delete', before: deployment() })], [['destroyed', X, undefined]]],
    ['it is forgotten', [change(X, { action: 'forget', before: deployment() })], [['forgotten', X, undefined]]],
    ['it is imported', [change(X, { importId: 'x', ...both() })], [['imported', X, X]]],
    [
      'it is imported by an id that is not known yet',
      [change(X, { action: 'create', importId: '', after: deployment() })],
      [['imported', undefined, X]],
    ],
    [
      'it is imported and gets another version',
      [change(X, { action: 'update', importId: 'x', ...both(other) })],
      [['changed-in-place', X, X]],
    ],
    [
      'it is replaced for another model',
      [change(X, { action: 'replace', replaceOrder: 'destroy-first', ...both({ model: 'gpt-5' }) })],
      [['replaced', X, X, 'destroy-first']],
    ],
    [
      'it is replaced for another name, the new one first',
      [change(X, { action: 'replace', replaceOrder: 'create-first', ...both({ name: 'chat-2' }) })],
      [['replaced', X, X, 'create-first']],
    ],
    ['a moved block renames it', [change(Y, { previousAddress: X, ...both() })], [['moved', X, Y]]],
    [
      'a moved block renames it, and it gets another version',
      [change(Y, { action: 'update', previousAddress: X, ...both(other) })],
      [['changed-in-place', X, Y]],
    ],
    [
      'a moved block renames it, and another one is created where it was',
      [
        change(Y, { previousAddress: X, ...both() }),
        change(X, { action: 'create', after: deployment({ name: 'other' }) }),
      ],
      [
        ['moved', X, Y],
        ['created', undefined, X],
      ],
    ],
    [
      'moved blocks let two of them change places, and one of them is replaced',
      [
        change(Y, { previousAddress: X, ...both() }),
        change(X, {
          action: 'replace',
          replaceOrder: 'destroy-first',
          previousAddress: Y,
          before: deployment({ name: 'other' }),
          after: deployment({ name: 'third' }),
        }),
      ],
      [
        ['moved', X, Y],
        ['replaced', Y, X, 'destroy-first'],
      ],
    ],
    [
      'a moved block renames it, and it is destroyed there',
      [change(Y, { action: 'delete', previousAddress: X, before: deployment() })],
      [['destroyed', X, undefined]],
    ],
    [
      'azurerm gives it up and azapi imports it',
      [
        change(X, { action: 'forget', before: deployment() }),
        change(AZAPI, { importId: 'x', before: azapiDeployment(), after: azapiDeployment() }),
      ],
      [['moved', X, AZAPI]],
    ],
    [
      'azurerm gives it up and azapi imports it with another version',
      [
        change(X, { action: 'forget', before: deployment() }),
        change(AZAPI, { action: 'update', importId: 'x', before: azapiDeployment(), after: azapiDeployment(other) }),
      ],
      [['changed-in-place', X, AZAPI]],
    ],
    [
      'azurerm gives it up and azapi imports it, and nobody knows yet what is there',
      [
        change(X, { action: 'forget', before: deployment() }),
        change(AZAPI, { action: 'create', importId: '', after: azapiDeployment() }),
      ],
      [['moved', X, AZAPI]],
    ],
    [
      'azurerm destroys it and azapi creates it, ids in other case',
      [
        change(X, { action: 'delete', before: deployment({ cognitive_account_id: accountId().toUpperCase() }) }),
        change(AZAPI, { action: 'create', after: azapiDeployment({ name: 'CHAT' }) }),
      ],
      [['recreated', X, AZAPI]],
    ],
    [
      'its key of for_each is renamed without a moved block, as in AVM 0.11.1',
      [
        change('module.a.module.d["gpt-4o"].azapi_resource.this', { action: 'delete', before: azapiDeployment() }),
        change('module.a.module.d["chat"].azapi_resource.this', { action: 'create', after: azapiDeployment() }),
      ],
      [
        [
          'recreated',
          'module.a.module.d["gpt-4o"].azapi_resource.this',
          'module.a.module.d["chat"].azapi_resource.this',
        ],
      ],
    ],
    [
      'two of them change places',
      [
        change(X, { action: 'replace', before: deployment({ name: 'one' }), after: deployment({ name: 'two' }) }),
        change(Y, { action: 'replace', before: deployment({ name: 'two' }), after: deployment({ name: 'one' }) }),
      ],
      [
        ['recreated', Y, X],
        ['recreated', X, Y],
      ],
    ],
    [
      'it is forgotten and created again at its own address',
      [change(X, { action: 'forget', before: deployment() }), change(X, { action: 'create', after: deployment() })],
      [
        ['created', undefined, X],
        ['forgotten', X, undefined],
      ],
    ],
    [
      'something else creates it although it is there',
      [change(X, both()), change(Y, { action: 'create', after: deployment() })],
      [
        ['kept', X, X],
        ['created', undefined, Y],
      ],
    ],
    [
      'azapi updates it',
      [
        change(X, both()),
        change('azapi_update_resource.u', { action: 'create', after: azapiDeployment(), importId: undefined }),
      ],
      [
        ['kept', X, X],
        ['changed-in-place', undefined, 'azapi_update_resource.u'],
      ],
    ],
    [
      'an update by azapi is taken back, which leaves it as it is',
      [change('azapi_update_resource.u', { action: 'delete', before: azapiDeployment() })],
      [['forgotten', 'azapi_update_resource.u', undefined]],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(outcomes(...changes)).toEqual(expected);
  });

  test('the account is new in the same place', () => {
    const configuration = module({
      [X]: { cognitive_account_id: refersTo('azurerm_cognitive_account.a.id') },
      [Y]: { cognitive_account_id: refersTo('azurerm_cognitive_account.a.id') },
    });
    const account = change('azurerm_cognitive_account.a', {
      action: 'replace',
      replaceOrder: 'destroy-first',
      before: { id: accountId() },
      after: {},
      afterUnknown: { id: true },
    });
    const unknown = deployment({ cognitive_account_id: undefined });
    const onto = (address: string) => ({ after: unknown, afterUnknown: { cognitive_account_id: true }, address });
    const read = (...changes: readonly ResourceChange[]) =>
      facts(plan([account, ...changes], { configuration })).plan!.deployments.map(
        ({ outcome, before, after, replaceOrder }) => [
          outcome,
          before?.origin.address,
          after?.origin.address,
          replaceOrder,
        ],
      );
    expect(read(change(X, { action: 'replace', before: deployment(), ...onto(X) }))).toEqual([
      ['replaced', X, X, undefined],
    ]);
    expect(
      read(change(X, { action: 'delete', before: deployment() }), change(Y, { action: 'create', ...onto(Y) })),
    ).toEqual([['recreated', X, Y, 'destroy-first']]);
  });

  test('deployments of a template come and go with it, and stay where only the template lets go of them', () => {
    const template = (...names: readonly string[]) => ({
      template_content: JSON.stringify({
        resources: names.map((name) => ({
          type: 'Microsoft.CognitiveServices/accounts/deployments',
          name: `a/${name}`,
        })),
      }),
    });
    const address = 'azurerm_resource_group_template_deployment.t';
    const read = (parts: Partial<ResourceChange>) =>
      facts(plan([change(address, parts)])).plan!.deployments.map(({ outcome, before, after }) => [
        outcome,
        ...[before, after].map((fact) => fact && (fact.deployment as { value: string }).value),
      ]);
    expect(read({ action: 'update', before: template('one', 'two'), after: template('two', 'three') })).toEqual([
      ['kept', 'two', 'two'],
      ['created', undefined, 'three'],
      ['forgotten', 'one', undefined],
    ]);
    expect(read({ action: 'delete', before: template('one') })).toEqual([['destroyed', 'one', undefined]]);
  });

  test('every deployment of either side is in exactly one change, duplicates included', () => {
    const actions = ['no-op', 'update', 'replace', 'create', 'delete', 'forget'] as const;
    const one = fc.record({
      action: fc.constantFrom(...actions),
      before: fc.constantFrom('a', 'b', 'c'),
      after: fc.constantFrom('a', 'b', 'c'),
      type: fc.constantFrom('azurerm_cognitive_deployment', 'azapi_resource', 'azapi_update_resource'),
      isImported: fc.boolean(),
      deposed: fc.constantFrom(undefined, undefined, 'd'),
      account: fc.constantFrom('one', 'two', undefined),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (list) => {
        const changes = list.map(({ action, before, after, type, isImported, deposed, account }, index) => {
          const values = (name: string) =>
            type === 'azurerm_cognitive_deployment'
              ? deployment({ name, cognitive_account_id: account && accountId(account) })
              : azapiDeployment({ name, parent_id: account && accountId(account) });
          return change(`${type}.x${index % 5}[${index}]`, {
            action,
            ...(deposed !== undefined && { deposed }),
            ...(isImported && { importId: 'x' }),
            before: action === 'create' ? null : values(before),
            after: action === 'delete' || action === 'forget' ? null : values(after),
          });
        });
        const { deployments, plan: planned } = facts(plan(changes));
        const found = (side: 'before' | 'after') => planned!.deployments.flatMap((each) => each[side] ?? []);
        expect(new Set(found('before'))).toEqual(new Set(planned!.before.deployments));
        expect(new Set(found('after'))).toEqual(new Set(deployments));
        expect([found('before').length, found('after').length]).toEqual([
          planned!.before.deployments.length,
          deployments.length,
        ]);
      }),
      { numRuns: 40 },
    );
  });

  test('many of the same coordinates are paired one by one', () => {
    const changes = Array.from({ length: 300 }, (_, index) => [
      change(`${X}[${index}]`, { action: 'delete', before: deployment() }),
      change(`${Y}[${index}]`, { action: 'create', after: deployment() }),
    ]).flat();
    const { deployments } = facts(plan(changes), { literals: () => false }).plan!;
    expect(new Set(deployments.map(({ outcome }) => outcome))).toEqual(new Set(['recreated']));
    expect(deployments).toHaveLength(300);
  });
});

describe('what a request deletes', () => {
  const ACTION = 'azapi_resource_action.a';
  const request = (values: object = {}) => ({
    type: 'Microsoft.CognitiveServices/accounts@2024-10-01',
    resource_id: accountId().toUpperCase(),
    action: 'deployments/chat',
    method: 'DELETE',
    ...values,
  });
  const atDestroy = request({ when: 'destroy' });

  test.each<[string, readonly ResourceChange[], readonly unknown[]]>([
    [
      'is destroyed, although its own resource stays',
      [change(X, both()), change(ACTION, { action: 'create', after: request() })],
      [['destroyed', X, undefined]],
    ],
    [
      'is destroyed by a request to its account',
      [change(X, both()), change(ACTION, { action: 'update', before: {}, after: request({ action: null }) })],
      [['destroyed', X, undefined]],
    ],
    [
      'is destroyed where nothing declares it',
      [change(ACTION, { action: 'create', after: request() })],
      [['destroyed', ACTION, undefined]],
    ],
    [
      'is destroyed when the request is destroyed',
      [change(X, both()), change(ACTION, { action: 'delete', before: atDestroy })],
      [['destroyed', X, undefined]],
    ],
    [
      'stays until the request is destroyed',
      [change(X, both()), change(ACTION, { action: 'create', after: atDestroy })],
      [['kept', X, X]],
    ],
    [
      'stays after a request that was sent before',
      [change(X, both()), change(ACTION, { before: request(), after: request() })],
      [['kept', X, X]],
    ],
    [
      'is another deployment',
      [change(X, both()), change(ACTION, { action: 'create', after: request({ action: 'deployments/other' }) })],
      [
        ['kept', X, X],
        ['destroyed', ACTION, undefined],
      ],
    ],
    [
      'is created by the same plan',
      [change(X, { action: 'create', after: deployment() }), change(ACTION, { action: 'create', after: request() })],
      [['created', undefined, X]],
    ],
    [
      'is on an account that nothing is known of',
      [change(ACTION, { action: 'create', after: request({ action: null }) })],
      [],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(outcomes(...changes)).toEqual(expected);
  });
});

describe('what a template no longer lists', () => {
  const ARM = 'azurerm_resource_group_template_deployment.t';
  const template = (...names: readonly string[]) => ({
    resources: names.map((name) => ({ type: 'Microsoft.CognitiveServices/accounts/deployments', name: `a/${name}` })),
  });
  const shrinks = (values: object) =>
    change(ARM, {
      action: 'update',
      before: { template_content: JSON.stringify(template('chat', 'live')) },
      after: { template_content: JSON.stringify(template('chat')), ...values },
    });
  const inBody = (type: string, properties: object) =>
    change(AZAPI, {
      action: 'update',
      before: { type, body: { properties: { template: template('live') } } },
      after: { type, body: { properties: { template: template(), ...properties } } },
    });
  const DEPLOYMENTS = 'Microsoft.Resources/deployments@2022-09-01';
  const STACKS = 'Microsoft.Resources/deploymentStacks@2024-03-01';

  test.each<[string, ResourceChange, string]>([
    ['lives on', shrinks({}), 'forgotten'],
    ['lives on in the mode Incremental', shrinks({ deployment_mode: 'Incremental' }), 'forgotten'],
    ['ends in the mode Complete', shrinks({ deployment_mode: 'Complete' }), 'destroyed'],
    ['ends in the mode Complete of azapi', inBody(DEPLOYMENTS, { mode: 'complete' }), 'destroyed'],
    ['lives on in the mode Incremental of azapi', inBody(DEPLOYMENTS, { mode: 'Incremental' }), 'forgotten'],
    ['ends in a stack that deletes', inBody(STACKS, { actionOnUnmanage: { resources: 'delete' } }), 'destroyed'],
    ['lives on in a stack that detaches', inBody(STACKS, { actionOnUnmanage: { resources: 'detach' } }), 'forgotten'],
  ])('%s', (_what, planned, outcome) => {
    const gone = facts(plan([planned])).plan!.deployments.filter(({ after }) => after === undefined);
    expect(gone.map((one) => [one.outcome, one.before!.deployment])).toEqual([
      [outcome, { state: 'known', value: 'live' }],
    ]);
  });
});
