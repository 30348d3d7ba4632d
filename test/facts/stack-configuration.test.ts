import fc from 'fast-check';
import { STACK_COMMENT_KEY } from '../../lib/contracts/metadata';
import { Attribute } from '../../lib/facts/attribute';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';

const DEPLOYMENT = {
  name: 'chat',
  cognitive_account_id: '${azurerm_cognitive_account.a.id}',
  model: { format: 'OpenAI', name: 'gpt-4', version: '0613' },
  sku: { name: 'GlobalStandard', capacity: 10 },
  version_upgrade_option: 'NoAutoUpgrade',
};

function read(resource: unknown, more: Record<string, unknown> = {}): ConfigurationFacts {
  return readStackConfiguration({ resource, ...more });
}

function deployments(body: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return read({ azurerm_cognitive_deployment: { x: body } }, more).deployments;
}

/** A known value as itself, an unknown one as its expression in brackets, an absent one as nothing. */
function shown(attribute: Attribute<unknown>): unknown {
  return attribute.state === 'known'
    ? attribute.value
    : attribute.state === 'unknown'
      ? `<${attribute.expression}>`
      : undefined;
}

function models(body: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return deployments(body, more).map(({ origin, model, version }) => [origin.address, shown(model), shown(version)]);
}

function literals(json: unknown) {
  return readStackConfiguration(json, { literals: (text) => text.includes('gpt') }).literals.map(
    ({ origin, path, value }) => [origin.address, path, value],
  );
}

describe('an azurerm deployment', () => {
  test('is read with everything that the rules need', () => {
    const body = { ...DEPLOYMENT, '//': { metadata: { path: 'staging/chat' } } };
    expect(
      read({ azurerm_cognitive_deployment: { x: body } }, { '//': { metadata: { stackName: 'staging' } } }),
    ).toEqual({
      stack: 'staging',
      deployments: [
        {
          origin: {
            address: 'azurerm_cognitive_deployment.x',
            type: 'azurerm_cognitive_deployment',
            stack: 'staging',
            constructPath: 'staging/chat',
          },
          declaredBy: 'azurerm',
          account: { state: 'unknown', expression: '${azurerm_cognitive_account.a.id}' },
          deployment: { state: 'known', value: 'chat' },
          format: { state: 'known', value: 'OpenAI' },
          model: { state: 'known', value: 'gpt-4' },
          version: { state: 'known', value: '0613' },
          sku: { state: 'known', value: 'GlobalStandard' },
          capacity: { state: 'known', value: 10 },
          versionUpgradeOption: { state: 'known', value: 'NoAutoUpgrade' },
        },
      ],
      literals: [],
      opaque: [],
      waivers: [],
    });
  });

  test.each<[string, unknown, unknown]>([
    ['a list of one', [{ name: 'gpt-4', version: '0613' }], '0613'],
    ['a number', { name: 'gpt-4', version: 1 }, '1'],
    ['null', { name: 'gpt-4', version: null }, undefined],
    ['an empty text', { name: 'gpt-4', version: '' }, undefined],
    ['nothing', { name: 'gpt-4' }, undefined],
    ['a variable', { name: 'gpt-4', version: '${var.v}' }, '<${var.v}>'],
    ['an object', { name: 'gpt-4', version: {} }, '<a list or an object>'],
    ['an override that contradicts', { name: 'gpt-4', version: '0613', '0': { version: '1106' } }, '<0613 | 1106>'],
    ['an override that agrees', { name: 'gpt-4', version: '0613', '0': { version: '0613' } }, '0613'],
    ['an override that adds', { name: 'gpt-4', '0': { version: '0613' } }, '0613'],
    ['two blocks that contradict', [{ version: '0613' }, { version: '1106' }], '<0613 | 1106>'],
    ['a block that is an expression', '${var.model}', '<${var.model}>'],
    ['no block', undefined, undefined],
  ])('has its version read from %s', (_what, model, version) => {
    expect(shown(deployments({ ...DEPLOYMENT, model })[0]!.version)).toBe(version);
  });

  test('has its SKU read from the scale block of provider version 3', () => {
    const [fact] = deployments({ ...DEPLOYMENT, sku: undefined, scale: { type: 'Standard', capacity: '5' } });
    expect([shown(fact!.sku), shown(fact!.capacity)]).toEqual(['Standard', 5]);
  });

  test('keeps a capacity that is no number as unknown', () => {
    expect(shown(deployments({ ...DEPLOYMENT, sku: { capacity: 'many' } })[0]!.capacity)).toBe('<many>');
  });

  test('is expanded over a literal map', () => {
    const forEach = { eu: { m: 'gpt-4', v: { a: '0613' } }, us: { m: 'gpt-4o', v: { a: '2024-11-20' } } };
    const model = { name: '${each.value.m}', version: '${each.value.v["a"]}' };
    expect(models({ ...DEPLOYMENT, for_each: forEach, model })).toEqual([
      ['azurerm_cognitive_deployment.x["eu"]', 'gpt-4', '0613'],
      ['azurerm_cognitive_deployment.x["us"]', 'gpt-4o', '2024-11-20'],
    ]);
  });

  test.each<[string, unknown, unknown[]]>([
    ['a set as cdktf writes it', '${toset(["gpt-4", "gpt-4o"])}', ['gpt-4', 'gpt-4o']],
    ['a list of texts', ['gpt-4', 'gpt-4o', 'gpt-4'], ['gpt-4', 'gpt-4o']],
    ['a local', '${local.models}', ['gpt-4', 'gpt-4o']],
    ['an empty map', {}, []],
    ['a variable', '${var.models}', ['<${each.value}>']],
  ])('is expanded over %s', (_what, for_each, expected) => {
    const found = models(
      { ...DEPLOYMENT, for_each, model: { name: '${each.value}' } },
      { locals: { models: { 'gpt-4': 'gpt-4', b: 'gpt-4o' } } },
    );
    expect(found.map(([, name]) => name)).toEqual(expected);
  });

  test.each<[Record<string, unknown>, boolean | undefined]>([
    [{}, undefined],
    [{ count: 2 }, undefined],
    [{ for_each: ['a'] }, undefined],
    [{ count: '${var.on ? 1 : 0}' }, true],
    [{ for_each: '${var.models}' }, true],
  ])('with %j may not exist: %s', (meta, expected) => {
    expect(deployments({ ...DEPLOYMENT, ...meta }).map((fact) => fact.mayNotExist)).toEqual([expected]);
  });

  test.each([{ count: 0 }, { count: '0' }, { for_each: {} }, { for_each: '${toset([])}' }])(
    'with %j there is nothing of it, and of any other block, to judge',
    (meta) => {
      const facts = read(
        { azurerm_cognitive_deployment: { x: { ...DEPLOYMENT, ...meta } }, t: { x: { a: 'gpt-4', ...meta } } },
        { module: { m: { deployments: '${var.cognitive}', a: 'gpt-4', ...meta } } },
      );
      expect([facts.deployments, facts.literals, facts.opaque]).toEqual([[], [], []]);
    },
  );

  test('is expanded over a count whose index tells its instances apart', () => {
    const locals = { m: [{ v: '0613' }, { v: '1106' }] };
    const model = { name: 'gpt-4', version: '${local.m[count.index].v}' };
    expect(models({ ...DEPLOYMENT, count: '${length(local.m)}', model }, { locals })).toEqual([
      ['azurerm_cognitive_deployment.x[0]', 'gpt-4', '0613'],
      ['azurerm_cognitive_deployment.x[1]', 'gpt-4', '1106'],
    ]);
  });

  test.each([
    [100, 100],
    [101, 1],
  ])('with count %i and its index makes %i facts', (count, facts) => {
    expect(deployments({ ...DEPLOYMENT, count, name: 'chat-${count.index}' })).toHaveLength(facts);
  });

  test('escapes an expression in the key of its address', () => {
    expect(models({ ...DEPLOYMENT, for_each: ['a"$${b'] })[0]![0]).toBe('azurerm_cognitive_deployment.x["a\\"$${b"]');
  });

  test.each<[unknown, number]>([
    [0, 0],
    ['0', 0],
    ['${0}', 0],
    ['1', 1],
    ['', 1],
    [1, 1],
    [3, 1],
    ['${var.n}', 1],
  ])('with count %j makes %d facts', (count, facts) => {
    expect(deployments({ ...DEPLOYMENT, count })).toHaveLength(facts);
  });

  test('is read through a dynamic block, whatever its iterator is called', () => {
    const content = { name: '${m.value}', version: '${m.key}' };
    for (const block of [
      { for_each: { '0613': 'gpt-4' }, iterator: 'm', content },
      [{ for_each: { '0613': 'gpt-4' }, iterator: 'm', content: [content] }],
    ]) {
      expect(models({ ...DEPLOYMENT, model: undefined, dynamic: { model: block } })).toEqual([
        ['azurerm_cognitive_deployment.x', 'gpt-4', '0613'],
      ]);
    }
  });

  test('keeps a dynamic block over an unknown collection as unknown', () => {
    const dynamic = { model: { for_each: '${var.m}', content: { name: '${model.value}' } } };
    expect(models({ ...DEPLOYMENT, model: undefined, dynamic })).toEqual([
      ['azurerm_cognitive_deployment.x', '<${model.value}>', undefined],
    ]);
  });

  test('is found where resources are lists of blocks', () => {
    expect(read([{ azurerm_cognitive_deployment: [{ x: [DEPLOYMENT] }] }]).deployments).toHaveLength(1);
  });
});

describe('waivers of the stack', () => {
  const whole = {
    rule: 'model-retiring',
    resource: '*',
    reason: 'moving next week',
    owner: 'team',
    expires: '2026-12-01',
  };

  test('are read as they stand, so that one that is not whole can be reported', () => {
    const waivers = [whole, { ...whole, extra: 1 }, { ...whole, expires: undefined }, { ...whole, rule: 7 }, null, 'x'];
    expect(readStackConfiguration({ '//': { [STACK_COMMENT_KEY]: { waivers } } }).waivers).toEqual([
      whole,
      whole,
      { ...whole, expires: undefined },
      { ...whole, rule: 7 },
      {},
      {},
    ]);
  });

  test.each([[{}], [{ waivers: {} }], [{ waivers: 'all' }], [null], [[]]])('are none in %j', (comment) => {
    expect(readStackConfiguration({ '//': { [STACK_COMMENT_KEY]: comment } }).waivers).toEqual([]);
  });
});

describe('literals', () => {
  test.each<[string, unknown, unknown]>([
    ['an attribute', { resource: { t: { x: { a: { b: ['gpt'] } } } } }, [['t.x', 'a.b[0]', 'gpt']]],
    [
      'a key that needs quotes',
      { resource: { t: { x: { tags: { 'cost center': 'gpt' } } } } },
      [['t.x', 'tags["cost center"]', 'gpt']],
    ],
    ['a data source', { data: { t: { x: { a: 'gpt' } } } }, [['data.t.x', 'a', 'gpt']]],
    ['a module', { module: { m: { source: 'gpt', a: 'gpt' } } }, [['module.m', 'a', 'gpt']]],
    ['a provider', { provider: { p: [{ a: 'gpt' }] } }, [['provider.p', 'a', 'gpt']]],
    ['a variable', { variable: { v: { default: 'gpt', description: 'gpt' } } }, [['var.v', 'default', 'gpt']]],
    ['an output', { output: { o: { value: 'gpt' } } }, [['output.o', 'value', 'gpt']]],
    ['a local', { locals: { l: { a: 'gpt' } } }, [['local.l', 'value.a', 'gpt']]],
    [
      'JSON in a text',
      { resource: { t: { x: { a: '{"b": ["{\\"c\\": \\"gpt\\"}"]}' } } } },
      [['t.x', 'a.b[0].c', 'gpt']],
    ],
    [
      'JSON with an expression for a value',
      { resource: { t: { x: { a: '{"n": ${var.n}, "b": "gpt"}' } } } },
      [['t.x', 'a.b', 'gpt']],
    ],
    [
      'a local, once, where it is used',
      { locals: { l: 'gpt' }, resource: { t: { x: { a: '${local.l}' } } } },
      [['t.x', 'a', 'gpt']],
    ],
    [
      'a local that only an output uses',
      { locals: { l: 'gpt' }, output: { o: { value: '${local.l}' } } },
      [
        ['output.o', 'value', 'gpt'],
        ['local.l', 'value', 'gpt'],
      ],
    ],
    [
      'each instance',
      { resource: { t: { x: { for_each: { a: 'gpt-1', b: 'gpt-2' }, m: '${each.value}' } } } },
      [
        ['t.x["a"]', 'm', 'gpt-1'],
        ['t.x["b"]', 'm', 'gpt-2'],
      ],
    ],
    [
      'a collection that nothing reads',
      { resource: { t: { x: { for_each: { a: 'gpt-1' } } } } },
      [['t.x', 'for_each.a', 'gpt-1']],
    ],
    [
      'a dynamic block',
      { resource: { t: { x: { dynamic: { env: { for_each: ['gpt'], content: { v: '${env.value}' } } } } } } },
      [['t.x', 'env[0].v', 'gpt']],
    ],
    [
      'quoted texts of an expression',
      { resource: { t: { x: { a: '${var.b ? "gpt-1" : "gpt-2"}' } } } },
      [
        ['t.x', 'a', 'gpt-1'],
        ['t.x', 'a', 'gpt-2'],
      ],
    ],
    ['text around an expression', { resource: { t: { x: { a: 'gpt-${var.b}' } } } }, [['t.x', 'a', 'gpt-${var.b}']]],
    ['an expression that was escaped', { resource: { t: { x: { a: 'gpt-$${b}' } } } }, [['t.x', 'a', 'gpt-${b}']]],
  ])('are found in %s', (_what, json, expected) => {
    expect(literals(json)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['a comment', { '//': { a: 'gpt' }, resource: { t: { x: { '//': { a: 'gpt' }, b: { '//': 'gpt' } } } } }],
    [
      'references and settings of Terraform',
      { resource: { t: { x: { depends_on: ['gpt'], lifecycle: { a: 'gpt' }, provider: 'gpt' } } } },
    ],
    ['the source of a module', { module: { m: { source: 'gpt', version: 'gpt' } } }],
    ['a reference', { resource: { t: { x: { a: '${t.gpt.id}' } } } }],
    ['the key of a map', { resource: { t: { x: { gpt: 'a' } } } }],
  ])('are not %s', (_what, json) => {
    expect(literals(json)).toEqual([]);
  });

  test('are not what a deployment fact holds', () => {
    const deployment = { ...DEPLOYMENT, name: 'gpt-4', rai_policy_name: 'gpt-policy' };
    expect(literals({ resource: { azurerm_cognitive_deployment: { x: deployment } } })).toEqual([
      ['azurerm_cognitive_deployment.x', 'rai_policy_name', 'gpt-policy'],
    ]);
  });

  test('carry the name and the other variables of an env list', () => {
    const env = [
      { name: 'MODEL', value: 'gpt-4' },
      { name: 'MODEL_VERSION', value: '${local.v}' },
      { name: 'PORT', value: 80 },
    ];
    const json = { locals: { v: '0613' }, resource: { t: { x: { env } } } };
    expect(readStackConfiguration(json, { literals: (text) => text.includes('gpt') }).literals[0]!.siblings).toEqual({
      name: 'MODEL',
      MODEL_VERSION: '0613',
      PORT: '80',
    });
  });

  test('carry at most 31 siblings, the nearest', () => {
    const settings = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`k${index}`, index === 250 ? 'gpt' : 'v']),
    );
    const [literal] = readStackConfiguration(
      { resource: { t: { x: { settings } } } },
      { literals: (text) => text === 'gpt' },
    ).literals;
    expect(Object.keys(literal!.siblings)).toHaveLength(31);
    expect(Object.keys(literal!.siblings)).toContain('k249');
    expect(Object.keys(literal!.siblings)).toContain('k251');
  });

  test('are every text that is not empty where no filter is given', () => {
    expect(read({ t: { x: { a: 'b', c: '' } } }).literals.map(({ path }) => path)).toEqual(['a']);
  });
});

describe('any JSON is read without an error', () => {
  test('values that fast-check makes up', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => expect(readStackConfiguration(json).deployments).toBeDefined()));
  });

  const anything = fc.jsonValue({ maxDepth: 4 });
  const text = fc.constantFrom(
    '${each.value.a}',
    '${local.a}',
    '${',
    '%{if',
    '{"a":',
    '[',
    '${jsonencode({"a" = var.b})}',
    'Microsoft.CognitiveServices/accounts/deployments@1',
    '${toset(["a"])}',
  );
  const value = fc.oneof(anything, text);
  const keys = [
    'name',
    'model',
    'sku',
    'for_each',
    'count',
    'dynamic',
    'type',
    'body',
    'parent_id',
    'template_content',
    'deployment',
    '//',
  ];
  const body = fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
  const types = [
    'azurerm_cognitive_deployment',
    'azapi_resource',
    'azapi_update_resource',
    'azurerm_resource_group_template_deployment',
  ];

  test('blocks of the right types with wrong contents', () => {
    const blocks = fc.record({
      type: fc.constantFrom(...types),
      body: fc.oneof(body, anything),
      locals: value,
      module: body,
    });
    fc.assert(
      fc.property(blocks, ({ type, body: block, locals, module }) => {
        const json = { resource: { [type]: { x: block } }, locals: { a: locals }, module: { m: module } };
        expect(readStackConfiguration(json).waivers).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [null],
    [7],
    ['x'],
    [[]],
    [{ resource: [] }],
    [{ resource: { t: 'x' } }],
    [{ locals: 'x' }],
    [{ module: { m: 7 } }],
  ])('%j', (json) => {
    expect(readStackConfiguration(json)).toEqual({
      stack: undefined,
      deployments: [],
      literals: [],
      opaque: [],
      waivers: [],
    });
  });

  test.each(['{', '['])('nesting ten thousand levels deep by %s', (bracket) => {
    const [open, close] = bracket === '{' ? ['{"a":', '}'] : ['[', ']'];
    const deep = JSON.parse(`${open!.repeat(10_000)}"gpt"${close!.repeat(10_000)}`);
    const facts = readStackConfiguration({
      resource: { t: { x: { deep } }, azurerm_cognitive_deployment: { y: { model: deep, name: deep } } },
      locals: { deep },
      module: { m: { deep, deployment: deep } },
    });
    expect(facts.opaque[0]).toEqual({
      origin: { address: 't.x', type: 't' },
      path: expect.stringMatching(/^deep/),
      expression: 'a list or an object',
      reason: 'it nests deeper than 64 levels',
    });
  });

  test('__proto__ and constructor as keys', () => {
    const json = JSON.parse(
      '{"resource": {"__proto__": {"x": {"a": "gpt"}}, "t": {"constructor": {"__proto__": {"a": "gpt"}, "env": [{"name": "__proto__", "value": "gpt"}]}}}, "locals": {"__proto__": "gpt"}}',
    );
    expect(literals(json)).toEqual([
      ['__proto__.x', 'a', 'gpt'],
      ['t.constructor', '__proto__.a', 'gpt'],
      ['t.constructor', 'env[0].value', 'gpt'],
      ['local.__proto__', 'value', 'gpt'],
    ]);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test('locals that multiply each other', () => {
    const names = Array.from({ length: 40 }, (_, index) => `l${index}`);
    const locals = Object.fromEntries(
      names.map((name, index) => [name, index === 39 ? 'gpt' : [`\${local.l${index + 1}}`, `\${local.l${index + 1}}`]]),
    );
    const facts = readStackConfiguration({ locals, resource: { t: { x: { a: '${local.l0}' } } } });
    expect(facts.opaque.map(({ reason }) => reason)).toContain('it expands to more than 10000 values');
  });
});
