import { ConfigurationModule, ModuleCall, ResourceChange } from '../../lib/facts/plan-document';
import { azapiDeployment, change, deployment, facts, module, plan, refersTo, shown } from './planned-resources';

const DEPLOYMENT = 'azurerm_cognitive_deployment.this';
const ACCOUNT = 'azurerm_cognitive_account.this';

/** A deployment whose account is known only after the apply. */
function unknownAccount(address: string): ResourceChange {
  const after = deployment({ cognitive_account_id: undefined });
  return change(address, { action: 'create', after, afterUnknown: { id: true, cognitive_account_id: true } });
}

function newAccount(address: string): ResourceChange {
  return change(address, { action: 'create', after: { name: 'oai' }, afterUnknown: { id: true, endpoint: true } });
}

function call(expressions: Record<string, unknown>, inner: ConfigurationModule, forEach?: unknown): ModuleCall {
  return { source: './module', expressions, module: inner, ...(forEach !== undefined && { forEach }) };
}

/** The accounts of all deployments, by address. */
function accounts(configuration: ConfigurationModule, ...changes: readonly ResourceChange[]): unknown {
  const { deployments } = facts(plan(changes, { configuration }));
  return Object.fromEntries(deployments.map(({ origin, account }) => [origin.address, shown(account)]));
}

const DIRECT = { [DEPLOYMENT]: { cognitive_account_id: refersTo(`${ACCOUNT}.id`) }, [ACCOUNT]: {} };
const OF_VARIABLE = { [DEPLOYMENT]: { cognitive_account_id: refersTo('var.account_id') } };

describe('an account that is known only after the apply', () => {
  test('is the one that the configuration refers to', () => {
    expect(accounts(module(DIRECT), unknownAccount(DEPLOYMENT), newAccount(ACCOUNT))).toEqual({
      [DEPLOYMENT]: `<\${${ACCOUNT}.id}>`,
    });
  });

  test('is the one with the same key, in every instance of a module three deep', () => {
    const innermost = module({
      [DEPLOYMENT]: { cognitive_account_id: { references: [ACCOUNT, 'each.key', 'each'] } },
      [ACCOUNT]: {},
    });
    const configuration = module(
      {},
      {
        calls: {
          a: call({}, module({}, { calls: { b: call({}, module({}, { calls: { c: call({}, innermost) } })) } })),
        },
      },
    );
    const modules = ['module.a["eu"].module.b[0].module.c["x.y"]', 'module.a["us"].module.b[0].module.c["x.y"]'];
    const keys = ['["one"]', '["${two}\\"]"]'];
    const all = modules.flatMap((at) =>
      keys.map((key) => [`${at}.${DEPLOYMENT}${key}`, `${at}.${ACCOUNT}${key}`] as const),
    );
    expect(
      accounts(configuration, ...all.flatMap(([own, account]) => [newAccount(account), unknownAccount(own)])),
    ).toEqual(Object.fromEntries(all.map(([own, account]) => [own, `<\${${account}.id}>`])));
  });

  test('is found through variables of modules, whatever they are called on the way', () => {
    const innermost = module(OF_VARIABLE);
    const middle = module({}, { calls: { inner: call({ account_id: refersTo('var.parent.id') }, innermost) } });
    const configuration = module({ [ACCOUNT]: {} }, { calls: { outer: call({ parent: refersTo(ACCOUNT) }, middle) } });
    const own = `module.outer.module.inner.${DEPLOYMENT}["chat"]`;
    expect(accounts(configuration, unknownAccount(own), newAccount(ACCOUNT))).toEqual({ [own]: `<\${${ACCOUNT}.id}>` });
  });

  test('is found through the output of another module, by the key of the call', () => {
    const source = module({ [ACCOUNT]: {} }, { outputs: { id: [`${ACCOUNT}.id`, ACCOUNT] } });
    const configuration = module(
      {},
      {
        calls: {
          account: call({}, source),
          one: call({ account_id: refersTo('module.account["eu"].id') }, module(OF_VARIABLE)),
          each: call({ account_id: { references: ['module.account', 'each.key', 'each'] } }, module(OF_VARIABLE)),
          same: call({ account_id: { references: ['module.account', 'each.key', 'each'] } }, module(OF_VARIABLE)),
        },
      },
    );
    const sources = ['eu', 'us'].map((key) => `module.account["${key}"].${ACCOUNT}`);
    expect(accounts(configuration, ...sources.map(newAccount), unknownAccount(`module.one.${DEPLOYMENT}`))).toEqual({
      [`module.one.${DEPLOYMENT}`]: `<\${${sources[0]!}.id}>`,
    });
  });

  test('is found through each.value of a resource and of a module', () => {
    const configuration = module(
      {
        [ACCOUNT]: {},
        [DEPLOYMENT]: { cognitive_account_id: refersTo('each.value.id') },
      },
      {
        forEach: { [DEPLOYMENT]: { references: [ACCOUNT] } },
        calls: { m: call({ account_id: refersTo('each.value.id') }, module(OF_VARIABLE), { references: [ACCOUNT] }) },
      },
    );
    const keys = ['["a"]', '["b"]'];
    expect(
      accounts(
        configuration,
        ...keys.flatMap((key) => [
          newAccount(`${ACCOUNT}${key}`),
          unknownAccount(`${DEPLOYMENT}${key}`),
          unknownAccount(`module.m${key}.${DEPLOYMENT}`),
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        keys.flatMap((key) =>
          [`${DEPLOYMENT}${key}`, `module.m${key}.${DEPLOYMENT}`].map((own) => [own, `<\${${ACCOUNT}${key}.id}>`]),
        ),
      ),
    );
  });

  test('is the only instance where the key is another, and none where there are several', () => {
    const configuration = module(DIRECT);
    const own = `${DEPLOYMENT}["chat"]`;
    expect(accounts(configuration, unknownAccount(own), newAccount(`${ACCOUNT}[0]`))).toEqual({
      [own]: `<\${${ACCOUNT}[0].id}>`,
    });
    expect(
      accounts(configuration, unknownAccount(own), newAccount(`${ACCOUNT}[0]`), newAccount(`${ACCOUNT}[1]`)),
    ).toEqual({ [own]: `<\${${ACCOUNT}.id}>` });
  });

  test('that cannot be told is told apart by the key of the deployment', () => {
    const configuration = module({
      [DEPLOYMENT]: {
        cognitive_account_id: { references: ['each.value.account', 'each.value', 'var.accounts', 'each.key'] },
      },
    });
    expect(
      accounts(configuration, ...['["a"]', '["b"]'].map((key) => unknownAccount(`module.m.${DEPLOYMENT}${key}`))),
    ).toEqual({
      [`module.m.${DEPLOYMENT}["a"]`]: '<known after apply>',
      [`module.m.${DEPLOYMENT}["b"]`]: '<known after apply>',
    });
    const inside = module({}, { calls: { m: call({}, configuration) } });
    expect(
      accounts(inside, ...['["a"]', '["b"]'].map((key) => unknownAccount(`module.m.${DEPLOYMENT}${key}`))),
    ).toEqual({
      [`module.m.${DEPLOYMENT}["a"]`]:
        '<known after apply, from module.m.each.value.account, module.m.var.accounts, for ["a"]>',
      [`module.m.${DEPLOYMENT}["b"]`]:
        '<known after apply, from module.m.each.value.account, module.m.var.accounts, for ["b"]>',
    });
  });

  test('is named where the plan does not hold the account itself', () => {
    const own = `module.a["eu"].${DEPLOYMENT}`;
    const configuration = module({}, { calls: { a: call({}, module(DIRECT)) } });
    expect(accounts(configuration, unknownAccount(own))).toEqual({ [own]: `<\${module.a["eu"].${ACCOUNT}.id}>` });
  });

  test.each([
    [
      'the account among the pieces of an id',
      ['data.azurerm_subscription.current.id', `${ACCOUNT}.name`],
      `<\${${ACCOUNT}.id}>`,
    ],
    [
      'one of two accounts, which is not said',
      [`${ACCOUNT}.id`, 'azurerm_cognitive_account.other.id'],
      `<known after apply, from ${ACCOUNT}.id, azurerm_cognitive_account.other.id>`,
    ],
    ['a local value', ['local.account_id'], '<${local.account_id}>'],
    ['a variable of the root module', ['var.account_id'], '<${var.account_id}>'],
    ['nothing', [], '<known after apply>'],
  ])('follows from %s', (_what, references, expected) => {
    const configuration = module({ [DEPLOYMENT]: { cognitive_account_id: refersTo(...references) } });
    expect(
      accounts(
        configuration,
        unknownAccount(DEPLOYMENT),
        newAccount(ACCOUNT),
        newAccount('azurerm_cognitive_account.other'),
      ),
    ).toEqual({ [DEPLOYMENT]: expected });
  });

  test('does not hang on variables that refer to each other, nor on very many of them', () => {
    const many = Array.from({ length: 20 }, (_, index) => `var.v${index}`);
    const expressions = Object.fromEntries(many.map((name) => [name.slice(4), { references: many }]));
    let configuration = module({ [DEPLOYMENT]: { cognitive_account_id: { references: many } } });
    let address = DEPLOYMENT;
    for (let depth = 0; depth < 40; depth += 1) {
      configuration = module({}, { calls: { m: call(expressions, configuration) } });
      address = `module.m.${address}`;
    }
    expect(accounts(configuration, unknownAccount(address))).toEqual({
      [address]: `<known after apply, from ${many.map((name) => `${'module.m.'.repeat(40)}${name}`).join(', ')}>`,
    });
  });
});

describe('other values that are known only after the apply', () => {
  test('are named by what they follow from where it is one resource', () => {
    const [fact] = facts(
      plan(
        [
          change(DEPLOYMENT, {
            action: 'create',
            after: {
              name: 'chat',
              cognitive_account_id: 'x',
              model: [{ format: 'OpenAI' }],
              sku: [{ name: 'Standard' }],
            },
            afterUnknown: { model: [{ name: true, version: true }], sku: [{ capacity: true }] },
          }),
        ],
        {
          configuration: module({
            [DEPLOYMENT]: {
              model: [
                {
                  format: { constant_value: 'OpenAI' },
                  name: refersTo('random_shuffle.m.result[0]'),
                  version: refersTo('local.a', 'local.b'),
                },
              ],
              sku: [{ name: { constant_value: 'Standard' } }],
            },
          }),
        },
      ),
    ).deployments;
    expect([fact!.format, fact!.model, fact!.version, fact!.sku, fact!.capacity].map(shown)).toEqual([
      'OpenAI',
      '<${random_shuffle.m.result[0]}>',
      '<known after apply, from local.a, local.b>',
      'Standard',
      undefined,
    ]);
  });

  test('are unknown in a block that `dynamic` makes, of which the configuration of a plan is silent', () => {
    const { deployments } = facts(
      plan(
        [
          change(DEPLOYMENT, {
            action: 'create',
            after: { name: 'chat', model: [{ format: 'OpenAI' }] },
            afterUnknown: { model: [{ name: true }], sku: true },
          }),
        ],
        { configuration: module({ [DEPLOYMENT]: { name: { constant_value: 'chat' } } }) },
      ),
    );
    const [fact] = deployments;
    expect([fact!.format, fact!.model, fact!.version, fact!.sku].map(shown)).toEqual([
      'OpenAI',
      '<known after apply>',
      undefined,
      '<known after apply>',
    ]);
  });

  test.each([
    [true, 'the body', []],
    [
      { properties: { model: { version: true } } },
      'a version inside the body',
      [['gpt-4o', '<${data.azurerm_x.v.latest}>']],
    ],
  ])('in the body of azapi: %j', (body, _what, expected) => {
    const { body: known, ...others } = azapiDeployment() as { body: { properties: { model: object }; sku: object } };
    const model = { format: 'OpenAI', name: 'gpt-4o' };
    const after = body === true ? others : { ...others, body: { ...known, properties: { model } } };
    const { deployments, opaque } = facts(
      plan([change('azapi_resource.x', { action: 'create', after, afterUnknown: { body } })], {
        configuration: module({ 'azapi_resource.x': { body: refersTo('data.azurerm_x.v.latest') } }),
      }),
    );
    expect(deployments.map((fact) => [shown(fact.model), shown(fact.version)])).toEqual(expected);
    expect(opaque.map(({ origin, path, expression }) => [origin.address, path, expression])).toEqual(
      body === true ? [['azapi_resource.x', 'body', '${data.azurerm_x.v.latest}']] : [],
    );
  });

  test('of Terraform JSON are the expressions that stand there', () => {
    const template =
      'https://${azurerm_cognitive_account.a.endpoint}/deployments/${azurerm_cognitive_deployment.d.name}?$${x}';
    const { gateway } = facts(
      plan(
        [
          newAccount('azurerm_cognitive_account.a'),
          change('azurerm_cognitive_deployment.d', {
            action: 'create',
            after: { ...deployment({ name: 'chat' }), cognitive_account_id: undefined },
            afterUnknown: { cognitive_account_id: true },
          }),
          change('azurerm_api_management_backend.b', {
            action: 'create',
            after: { name: 'b', api_management_name: 'apim' },
            afterUnknown: { url: true },
          }),
          change('azurerm_api_management_api_policy.p', {
            action: 'create',
            after: {
              api_name: 'models',
              api_management_name: 'apim',
              xml_content:
                '<policies><inbound><choose><when condition="@(context.Request.Headers.GetValueOrDefault(&quot;x-model&quot;,&quot;&quot;) == &quot;gpt-4o@2024-11-20&quot;)"><set-backend-service backend-id="b" /></when></choose></inbound></policies>',
            },
          }),
        ],
        {
          configuration: module({
            'azurerm_cognitive_account.a': {},
            'azurerm_cognitive_deployment.d': {
              cognitive_account_id: {
                constant_value: '${azurerm_cognitive_account.a.id}',
                references: ['azurerm_cognitive_account.a.id'],
              },
            },
            'azurerm_api_management_backend.b': {
              url: { constant_value: template, references: ['azurerm_cognitive_account.a.endpoint'] },
            },
          }),
        },
      ),
    );
    expect(gateway!.routes.map(({ key, targets }) => [key, targets])).toEqual([
      [
        'gpt-4o@2024-11-20',
        [
          expect.objectContaining({
            backend: 'azurerm_api_management_backend.b',
            url: 'https://https://${azurerm_cognitive_account.a}//deployments/chat?${x}',
          }),
        ],
      ],
    ]);
  });
});
