import { hasOwnResources, StackMatcher } from '../../lib/facts/stack-match';
import { SynthesisedStack } from '../../lib/facts/synthesised-output';
import { change, plan, read } from './plan-builder';

const TYPE = 'azurerm_cognitive_deployment';

type Bodies = Readonly<Record<string, unknown>>;

function stack(name: string, deployments: unknown): SynthesisedStack {
  return { stack: name, file: `${name}/cdk.tf.json`, configuration: { resource: { [TYPE]: deployments } } };
}

/** Names of the stacks that a plan of these changes is likeliest of. */
async function likeliest(stacks: readonly SynthesisedStack[], parts: object): Promise<(string | undefined)[]> {
  return new StackMatcher(stacks).likeliest(await read(plan(parts))).map(({ stack: name }) => name);
}

const created = (deployments: Bodies, entry?: object) => ({
  resource_changes: Object.entries(deployments).map(([name, after]) => change({ name, after, entry })),
});

const PRODUCTION = stack('production', { chat: { name: 'chat', scale: 'large' }, review: { name: 'review' } });
const STAGING = stack('staging', { chat: { name: 'chat', scale: 'small' }, review: { name: 'review' } });
const SEARCH = stack('search', { chat: { name: 'chat' }, embeddings: { name: 'embeddings' } });
const ALL = [PRODUCTION, STAGING, SEARCH];

describe('the stack that a plan is likeliest of', () => {
  test.each<[string, readonly SynthesisedStack[], Bodies, string[]]>([
    ['the only one that declares an address of it', ALL, { embeddings: {} }, ['search']],
    [
      'the one that declares most of its addresses, whatever the values are',
      [STAGING, SEARCH],
      { chat: { name: 'chat' }, review: { name: 'elsewhere' } },
      ['staging'],
    ],
    [
      'of stacks with the same addresses the one with more of its values',
      ALL,
      { review: {}, chat: { scale: 'small' } },
      ['staging'],
    ],
    ['every one that fits alike', ALL, { review: { name: 'review' } }, ['production', 'staging']],
    ['none, where none declares an address of it', ALL, { other: { name: 'chat' } }, []],
    ['none, where there are no stacks', [], { chat: {} }, []],
  ])('is %s', async (_what, stacks, deployments, expected) => {
    expect(await likeliest(stacks, created(deployments))).toEqual(expected);
  });

  test('is found by what it destroys', async () => {
    const destroyed = { actions: ['delete'], change: { before: { scale: 'small' }, after: null, after_unknown: {} } };
    expect(await likeliest([PRODUCTION, STAGING], { resource_changes: [change(destroyed)] })).toEqual(['staging']);
  });

  test('is found by what the state holds and no change speaks about', async () => {
    const resource = { address: `${TYPE}.chat`, mode: 'managed', type: TYPE, name: 'chat' };
    const provider_name = 'registry.terraform.io/hashicorp/azurerm';
    const resources = [{ ...resource, provider_name, schema_version: 0, values: { scale: 'small' } }];
    const prior = { format_version: '1.0', values: { root_module: { resources } } };
    expect(await likeliest([PRODUCTION, STAGING], { prior_state: prior })).toEqual(['staging']);
  });

  test('has the values of the change where the state has others', async () => {
    const moving = change({
      actions: ['update'],
      change: { before: { scale: 'large' }, after: { scale: 'small' }, after_unknown: {} },
    });
    expect(await likeliest([PRODUCTION, STAGING], { resource_changes: [moving] })).toEqual(['staging']);
  });

  test.each([
    ['a module', { address: `module.a.${TYPE}.chat`, module_address: 'module.a' }],
    ['a data source', { address: `data.${TYPE}.chat`, mode: 'data' }],
  ])('is not found by what stands in %s', async (_what, entry) => {
    const parts = created({ chat: { name: 'chat' } }, entry);
    expect(await likeliest(ALL, parts)).toEqual([]);
    expect(hasOwnResources(await read(plan(parts)))).toBe(false);
  });

  test.each<[string, unknown, string[]]>([
    ['null', null, []],
    ['a list', [{ name: 'chat' }], []],
    ['no resources', { terraform: {} }, []],
    ['resources that are a text', { resource: 'chat' }, []],
    ['a type that is a list', { resource: { [TYPE]: ['chat'] } }, []],
    ['a body that is no object', { resource: { [TYPE]: { chat: 'chat' } } }, ['odd']],
  ])('is one of others where a configuration is odd: %s', async (_what, configuration, expected) => {
    const odd = { stack: 'odd', file: 'odd/cdk.tf.json', configuration };
    expect(await likeliest([odd], created({ chat: { name: 'chat' } }))).toEqual(expected);
    expect(await likeliest([odd, SEARCH], created({ chat: { name: 'chat' } }))).toEqual(['search']);
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'is none for an address that every object has: %s',
    async (name) => {
      expect(await likeliest(ALL, created({ [name]: { name } }))).toEqual([]);
    },
  );
});

describe('whether a plan has resources of its own', () => {
  test.each<[string, object, boolean]>([
    ['a change', created({ chat: {} }), true],
    ['nothing', {}, false],
  ])('%s', async (_what, parts, expected) => {
    expect(hasOwnResources(await read(plan(parts)))).toBe(expected);
  });
});
