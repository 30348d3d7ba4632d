import { Attribute } from '../../lib/facts/attribute';
import { DeploymentFact } from '../../lib/facts/facts';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';

const TYPE = 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01';
const ACCOUNT = '/subscriptions/s/resourceGroups/r/providers/Microsoft.CognitiveServices/accounts/a';
const BODY = {
  properties: {
    model: { format: 'OpenAI', name: 'gpt-4', version: '0613' },
    versionUpgradeOption: 'NoAutoUpgrade',
    raiPolicyName: 'gpt-policy',
  },
  sku: { name: 'Standard', capacity: 5 },
};

function shown(attribute: Attribute<unknown>): unknown {
  return attribute.state === 'known'
    ? attribute.value
    : attribute.state === 'unknown'
      ? `<${attribute.expression}>`
      : undefined;
}

function summary(fact: DeploymentFact) {
  const { declaredBy, account, deployment, format, model, version, sku, capacity, versionUpgradeOption } = fact;
  const attributes = [account, deployment, format, model, version, sku, capacity, versionUpgradeOption];
  return [declaredBy, ...attributes.map(shown)];
}

function read(type: string, body: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return readStackConfiguration(
    { resource: { [type]: { x: body } }, ...more },
    { literals: (text) => text.includes('gpt') },
  );
}

const WHOLE = ['azapi', ACCOUNT, 'chat', 'OpenAI', 'gpt-4', '0613', 'Standard', 5, 'NoAutoUpgrade'];

describe('an azapi deployment', () => {
  const resource = { type: TYPE, name: 'chat', parent_id: ACCOUNT };

  test.each<[string, unknown]>([
    ['an object', BODY],
    ['JSON text', JSON.stringify(BODY)],
    [
      'a jsonencode expression',
      '${jsonencode({"properties" = {"model" = {"format" = "OpenAI", "name" = "gpt-4", "version" = "0613"}, "versionUpgradeOption" = "NoAutoUpgrade", "raiPolicyName" = "gpt-policy"}, "sku" = {"name" = "Standard", "capacity" = 5}})}',
    ],
    ['a local', '${local.body}'],
  ])('has a body that is %s, and its other texts stay literals', (_what, body) => {
    const facts = read(
      'azapi_resource',
      { ...resource, body },
      body === '${local.body}' ? { locals: { body: BODY } } : {},
    );
    expect(facts.deployments.map(summary)).toEqual([WHOLE]);
    expect(facts.opaque).toEqual([]);
    expect(facts.literals.map(({ path }) => path)).toEqual(['body.properties.raiPolicyName']);
  });

  test('is recognised in any case, and at its sensitive body', () => {
    const facts = read('azapi_resource', { ...resource, type: TYPE.toUpperCase(), sensitive_body: BODY });
    expect(facts.deployments.map(summary)).toEqual([WHOLE]);
  });

  test('has what is unknown in a JSON text unknown, and the rest known', () => {
    const body = JSON.stringify(BODY).replace('0613', '${var.version}').replace('"capacity":5', '"capacity":${var.n}');
    const [fact] = read('azapi_resource', { ...resource, body }).deployments;
    expect([fact!.model, fact!.version, fact!.capacity].map(shown)).toEqual([
      'gpt-4',
      '<${var.version}>',
      '<${var.n}>',
    ]);
  });

  test('is expanded over a literal collection', () => {
    const body = { properties: { model: { name: '${each.key}', version: '${each.value}' } } };
    const facts = read('azapi_resource', { ...resource, for_each: { 'gpt-4': '0613', 'gpt-4o': '2024-11-20' }, body });
    expect(facts.deployments.map((fact) => [fact.origin.address, shown(fact.model), shown(fact.version)])).toEqual([
      ['azapi_resource.x["gpt-4"]', 'gpt-4', '0613'],
      ['azapi_resource.x["gpt-4o"]', 'gpt-4o', '2024-11-20'],
    ]);
    expect(facts.literals).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a variable', '${var.body}', '${var.body}'],
    ['a file', '${file("body.json")}', '${file("body.json")}'],
    ['text that is no JSON', 'model: gpt-4', 'model: gpt-4'],
  ])('is opaque where its body is %s', (_what, body, expression) => {
    const facts = read('azapi_resource', { ...resource, body });
    expect(facts.deployments).toEqual([]);
    expect(facts.opaque).toEqual([
      {
        origin: { address: 'azapi_resource.x', type: 'azapi_resource' },
        path: 'body',
        expression,
        reason: 'the body of a Microsoft.CognitiveServices/accounts/deployments is not known before Terraform runs',
      },
    ]);
  });

  test('is opaque where its type is an expression', () => {
    const facts = read('azapi_resource', { ...resource, type: '${var.type}', body: BODY });
    expect(facts.opaque.map(({ path, expression, reason }) => [path, expression, reason])).toEqual([
      ['type', '${var.type}', 'the type of the resource is not known before Terraform runs'],
    ]);
    expect(facts.literals.map(({ path }) => path)).toContain('body.properties.model.name');
  });

  test('never quotes a sensitive body', () => {
    const facts = read('azapi_resource', { ...resource, sensitive_body: 'apiKey=SECRET ${var.key}' });
    expect(facts.opaque.map(({ path, expression }) => [path, expression])).toEqual([
      ['sensitive_body', 'a sensitive value'],
    ]);
    expect(JSON.stringify(facts)).not.toContain('SECRET');
  });

  test.each<[string, number, number]>([
    ['Microsoft.CognitiveServices/accounts/deployments@${var.api}', 1, 0],
    ['Microsoft.Storage/storageAccounts@${var.api}', 0, 0],
    ['${var.type}@2024-10-01', 0, 1],
    ['Microsoft.CognitiveServices/${var.type}@2024-10-01', 0, 1],
  ])('of the type %s makes %d facts and %d places that cannot be read', (type, facts, opaque) => {
    const found = read('azapi_resource', { ...resource, type, body: BODY });
    expect([found.deployments.length, found.opaque.length]).toEqual([facts, opaque]);
  });

  test('updates what it mentions and leaves the rest unknown', () => {
    const body = { properties: { model: { name: 'gpt-4', version: '0613' } } };
    const facts = read('azapi_update_resource', { type: TYPE, resource_id: `${ACCOUNT}/deployments/chat`, body });
    const untouched = '<left as it is by azapi_update_resource>';
    expect(facts.deployments.map(summary)).toEqual([
      ['azapi', ACCOUNT, 'chat', untouched, 'gpt-4', '0613', untouched, untouched, untouched],
    ]);
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['its content policy', { properties: { raiPolicyName: 'x' } }, 0],
    ['its capacity', { sku: { capacity: 5 } }, 0],
    ['its model', { properties: { model: { name: 'gpt-4' } } }, 1],
    ['its upgrade option', { properties: { versionUpgradeOption: 'NoAutoUpgrade' } }, 1],
  ])('is declared by an update of %s: %s', (_what, body, facts) => {
    expect(read('azapi_update_resource', { type: TYPE, body }).deployments).toHaveLength(facts);
    expect(read('azapi_resource_action', { type: TYPE, method: 'PATCH', body }).deployments).toHaveLength(facts);
  });

  test.each([
    ['PUT', 1],
    ['PATCH', 1],
    ['POST', 0],
    [undefined, 0],
  ])('with the method %s of an action makes %d facts', (method, facts) => {
    expect(read('azapi_resource_action', { ...resource, method, body: BODY }).deployments).toHaveLength(facts);
  });

  const onAccount = { type: 'Microsoft.CognitiveServices/accounts@2024-10-01', resource_id: ACCOUNT, method: 'PUT' };

  test.each<[string, Record<string, unknown>]>([
    ['an action on its account', { ...onAccount, action: 'deployments/chat' }],
    ['an action between slashes, with a query', { ...onAccount, action: '/deployments/chat/?x=y' }],
    ['an action in any case', { ...onAccount, action: 'DEPLOYMENTS/chat', method: 'put' }],
    [
      'its id beside another type',
      {
        ...onAccount,
        type: 'Microsoft.Storage/storageAccounts@2024-10-01',
        resource_id: `${ACCOUNT}/deployments/chat`,
      },
    ],
    [
      'an action on the resource group',
      {
        type: 'Microsoft.Resources/resourceGroups@2024-10-01',
        resource_id: '/subscriptions/s/resourceGroups/r',
        action: 'providers/Microsoft.CognitiveServices/accounts/a/deployments/chat',
        method: 'PUT',
      },
    ],
  ])('is written by %s', (_what, body) => {
    const facts = read('azapi_resource_action', { ...body, body: BODY });
    expect(facts.deployments.map(summary)).toEqual([WHOLE]);
    expect(facts.opaque).toEqual([]);
  });

  test('is written by an action on an account whose id is not known', () => {
    const body = {
      ...onAccount,
      resource_id: '${azurerm_cognitive_account.a.id}',
      action: 'deployments/chat',
      body: BODY,
    };
    expect(read('azapi_resource_action', body).deployments.map(summary)).toEqual([
      ['azapi', '<${azurerm_cognitive_account.a.id}>', ...WHOLE.slice(2)],
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an operation of it', { ...onAccount, action: 'deployments/chat/pause' }],
    ['an operation of its account', { ...onAccount, action: 'regenerateKey' }],
    [
      'an operation of an account whose id is not known',
      { ...onAccount, resource_id: '${var.id}', action: 'regenerateKey' },
    ],
    ['something else of its account', { ...onAccount, action: 'raiPolicies/chat' }],
    ['an unknown operation that only reads', { ...onAccount, action: '${var.a}', method: 'POST' }],
    [
      'an unknown operation of something else',
      { ...onAccount, type: 'X/y@1', resource_id: '/subscriptions/s', action: '${var.a}' },
    ],
    [
      'an id beside its type that is something else',
      { type: TYPE, resource_id: '/subscriptions/s/providers/X/y/z', method: 'PUT' },
    ],
  ])('is not written by %s', (_what, body) => {
    const { deployments, deletions, opaque } = read('azapi_resource_action', { ...body, body: BODY });
    expect([deployments, deletions, opaque]).toEqual([[], undefined, []]);
  });

  test.each<[Record<string, unknown>, string, string, string]>([
    [{ action: '${var.a}' }, 'action', '${var.a}', 'what the request goes to is not known before Terraform runs'],
    [
      { action: 'deployments/chat', method: '${var.m}' },
      'method',
      '${var.m}',
      'what the request does is not known before Terraform runs',
    ],
    [
      { action: 'deployments/chat', body: '${var.b}' },
      'body',
      '${var.b}',
      'the body of a Microsoft.CognitiveServices/accounts/deployments is not known before Terraform runs',
    ],
  ])('is opaque in an action with %j', (body, path, expression, reason) => {
    const { deployments, opaque } = read('azapi_resource_action', { ...onAccount, body: BODY, ...body });
    expect(deployments).toEqual([]);
    expect(opaque).toEqual([
      { origin: { address: 'azapi_resource_action.x', type: 'azapi_resource_action' }, path, expression, reason },
    ]);
  });

  test.each<[Record<string, unknown>, string | undefined, boolean]>([
    [{ resource_id: `${ACCOUNT}/deployments/chat` }, 'chat', false],
    [{ resource_id: ACCOUNT, action: 'deployments/chat', when: 'apply' }, 'chat', false],
    [{ resource_id: ACCOUNT, when: 'destroy' }, undefined, true],
  ])('is deleted by a request with %j', (body, deployment, isAtDestroy) => {
    const facts = read('azapi_resource_action', { ...onAccount, ...body, method: 'delete' });
    expect([facts.deployments, facts.opaque]).toEqual([[], []]);
    expect(facts.deletions!.map((fact) => [shown(fact.account), shown(fact.deployment), fact.isAtDestroy])).toEqual([
      [ACCOUNT, deployment, isAtDestroy],
    ]);
  });

  test('holds its own model only: another resource that shares the object keeps its texts', () => {
    const facts = readStackConfiguration({
      locals: { body: BODY },
      resource: {
        azapi_resource: { x: { ...resource, body: '${local.body}' } },
        other: { y: { settings: '${local.body}' } },
      },
    });
    expect(facts.literals.map(({ origin, path }) => `${origin.address} ${path}`)).toContain(
      'other.y settings.properties.model.version',
    );
  });

  test('is not another type that begins alike', () => {
    const type = 'Microsoft.CognitiveServices/accounts/deploymentsettings@2024-10-01';
    const facts = read('azapi_resource', { ...resource, type, body: BODY });
    expect(facts.deployments).toEqual([]);
    expect(facts.literals.map(({ path }) => path)).toContain('body.properties.model.name');
  });
});

describe('an ARM template', () => {
  const armDeployment = { type: TYPE.split('@')[0], apiVersion: '2024-10-01', name: 'a/chat', ...BODY };
  const nested = { type: 'Microsoft.Resources/deployments', properties: { template: { resources: [armDeployment] } } };
  const child = {
    type: 'Microsoft.CognitiveServices/accounts',
    name: 'a',
    resources: [{ ...armDeployment, type: 'deployments', name: 'chat' }],
  };
  const expected = ['template', '<a>', 'chat', 'OpenAI', 'gpt-4', '0613', 'Standard', 5, 'NoAutoUpgrade'];

  test.each<[string, unknown]>([
    ['a list', [armDeployment]],
    ['an object, as language version 2.0 has it', { chat: armDeployment }],
    ['a nested template', [nested]],
    ['a child of its account', [child]],
  ])('declares deployments in %s', (_what, resources) => {
    for (const level of ['resource_group', 'subscription', 'management_group', 'tenant']) {
      const facts = read(`azurerm_${level}_template_deployment`, { template_content: JSON.stringify({ resources }) });
      expect(facts.deployments.map(summary)).toEqual([expected]);
      expect(facts.literals.map(({ path }) => path)).toEqual([expect.stringMatching(/raiPolicyName$/)]);
    }
  });

  test('declares them in an azapi template deployment', () => {
    const body = { properties: { template: { resources: [armDeployment] } } };
    expect(
      read('azapi_resource', { type: 'Microsoft.Resources/deployments@2022-09-01', body }).deployments.map(summary),
    ).toEqual([expected]);
  });

  test('declares them in a deployment stack', () => {
    const body = { properties: { template: { resources: [armDeployment] } } };
    const facts = read('azapi_resource', { type: 'Microsoft.Resources/deploymentStacks@2024-03-01', body });
    expect([facts.deployments.map(summary), facts.opaque]).toEqual([[expected], []]);
  });

  test.each<[string, string, Record<string, unknown>, string, string]>([
    [
      'a template spec',
      'azapi_resource',
      {
        type: 'Microsoft.Resources/templateSpecs/versions@2022-02-01',
        body: { properties: { mainTemplate: { resources: [armDeployment] } } },
      },
      'body.properties.mainTemplate',
      'it is part of a template spec, which is deployed elsewhere',
    ],
    [
      'a policy',
      'azurerm_policy_definition',
      {
        policy_rule: JSON.stringify({
          then: { details: { deployment: { properties: { template: { resources: [armDeployment] } } } } },
        }),
      },
      'policy_rule',
      'a policy deploys it wherever it is assigned',
    ],
  ])('is opaque in %s', (_what, type, body, path, reason) => {
    const { deployments, opaque } = read(type, body);
    expect(deployments).toEqual([]);
    expect(opaque).toEqual([{ origin: { address: `${type}.x`, type }, path, expression: 'chat', reason }]);
  });

  test.each([{}, { policy_rule: 'no JSON' }, { policy_rule: '{"then":{"effect":"deny"}}' }])(
    'is not opaque in a policy with %j',
    (body) => {
      expect(read('azurerm_policy_definition', body).opaque).toEqual([]);
    },
  );

  test.each<[string, unknown[]]>([
    ['in a list', [{ ...armDeployment, type: "[variables('t')]" }]],
    ['in a nested template', [{ type: 'x', properties: { template: { resources: [{ type: "[variables('t')]" }] } } }]],
    ['in another resource', [{ type: 'x', resources: [{ type: "[variables('t')]" }] }]],
  ])('is opaque where an expression is the type of a resource %s', (_what, resources) => {
    const facts = read('azurerm_resource_group_template_deployment', {
      template_content: JSON.stringify({ resources }),
    });
    expect(facts.deployments).toEqual([]);
    expect(facts.opaque.map(({ path, expression, reason }) => [path, expression, reason])).toEqual([
      ['template_content', "[variables('t')]", 'an expression says what type the resource is'],
    ]);
  });

  const asTemplate = { type: 'Microsoft.Resources/deployments@2022-09-01' };

  test('declares them for each instance of an azapi template deployment that is JSON text', () => {
    const body = { properties: { template: JSON.stringify({ resources: [armDeployment] }) } };
    const facts = read('azapi_resource', { ...asTemplate, for_each: ['eu', 'us'], body });
    expect(facts.deployments.map(({ origin }) => origin.address)).toEqual([
      'azapi_resource.x["eu"]',
      'azapi_resource.x["us"]',
    ]);
  });

  const unread = 'the template is not known before Terraform runs';

  test.each<[Record<string, unknown>, string, string, string]>([
    [{ body: '${file("x.json")}' }, 'body.properties.template', '${file("x.json")}', unread],
    [{ body: 'bicep' }, 'body.properties.template', 'bicep', unread],
    [{ sensitive_body: 'SECRET' }, 'sensitive_body.properties.template', 'a sensitive value', unread],
    [{ body: { properties: '${var.p}' } }, 'body.properties.template', '${var.p}', unread],
    [{ body: { properties: { template: '${var.t}' } } }, 'body.properties.template', '${var.t}', unread],
    [{ body: { properties: { template: 'bicep' } } }, 'body.properties.template', 'bicep', unread],
    [
      { body: { properties: { templateLink: { uri: 'https://x/t.json?sig=SECRET' } } } },
      'body.properties.templateLink',
      'https://x/t.json',
      'the template stands elsewhere',
    ],
  ])('is opaque in an azapi template deployment with %j', (body, path, expression, reason) => {
    const { deployments, opaque } = read('azapi_resource', { ...asTemplate, ...body });
    expect(deployments).toEqual([]);
    expect(opaque).toEqual([
      { origin: { address: 'azapi_resource.x', type: 'azapi_resource' }, path, expression, reason },
    ]);
  });

  test.each([{}, { body: {} }, { body: { properties: { mode: 'Incremental' } } }, { body: { properties: null } }])(
    'is not opaque in an azapi template deployment with %j',
    (body) => {
      expect(read('azapi_resource', { ...asTemplate, ...body }).opaque).toEqual([]);
    },
  );

  test('has ARM expressions unknown and doubled brackets literal', () => {
    const resource = {
      ...armDeployment,
      name: "[concat(parameters('a'), '/chat')]",
      properties: { model: { name: "[parameters('m')]", version: '[[x' } },
    };
    const [fact] = read('azurerm_resource_group_template_deployment', {
      template_content: JSON.stringify({ resources: [resource] }),
    }).deployments;
    expect([fact!.deployment, fact!.model, fact!.version].map(shown)).toEqual([
      "<[concat(parameters('a'), '/chat')]>",
      "<[parameters('m')]>",
      '[x',
    ]);
  });

  test.each<[Record<string, unknown>, string, string]>([
    [{ template_content: '${file("t.json")}' }, 'template_content', 'the template is not known before Terraform runs'],
    [{ template_content: 'bicep' }, 'template_content', 'the template is not JSON'],
    [{ template_spec_version_id: '/x' }, 'template_spec_version_id', 'the template stands in a template spec'],
  ])('%j is opaque', (body, path, reason) => {
    const { opaque } = read('azurerm_resource_group_template_deployment', body);
    expect(opaque.map((fact) => [fact.path, fact.reason])).toEqual([[path, reason]]);
  });
});

describe('an HCL module', () => {
  function readModule(inputs: Record<string, unknown>, more: Record<string, unknown> = {}) {
    const module = { m: { source: 'Azure/openai/azurerm', version: '0.1.5', ...inputs } };
    return readStackConfiguration({ module, ...more }, { literals: (text) => text.includes('gpt') });
  }

  const flat = {
    name: 'chat',
    model_format: 'OpenAI',
    model_name: 'gpt-4',
    model_version: '0613',
    scale_type: 'Standard',
  };
  const avm = {
    name: 'chat',
    model: { format: 'OpenAI', name: 'gpt-4', version: '0613' },
    scale: { type: 'Standard', capacity: 5 },
  };

  test.each<[string, Record<string, unknown>, unknown[]]>([
    ['Azure/openai/azurerm', { deployment: { chat: flat } }, ['Standard', undefined, undefined]],
    [
      'Azure/avm-res-cognitiveservices-account/azurerm',
      { cognitive_deployments: { chat: avm } },
      ['Standard', 5, undefined],
    ],
    [
      'a list of objects',
      { deployments: [{ ...flat, scale_type: undefined, sku_name: 'Standard', sku_capacity: 5 }] },
      ['Standard', 5, undefined],
    ],
    [
      'a bare model',
      { models: [{ deployment_name: 'chat', format: 'OpenAI', name: 'gpt-4', version: '0613', sku: 'Standard' }] },
      ['Standard', undefined, undefined],
    ],
    [
      'inputs of its own',
      { ...flat, version_upgrade_option: 'NoAutoUpgrade' },
      ['Standard', undefined, 'NoAutoUpgrade'],
    ],
    ['a local', { deployment: '${local.d}' }, ['Standard', undefined, undefined]],
    ['an object expression', { deployment: '${{"chat" = local.d.chat}}' }, ['Standard', undefined, undefined]],
  ])('declares deployments in the shape of %s', (_what, inputs, rest) => {
    const usesLocal = JSON.stringify(inputs).includes('local.');
    const facts = readModule(inputs, usesLocal ? { locals: { d: { chat: flat } } } : {});
    expect(facts.deployments.map(summary)).toEqual([
      ['module', '<module.m>', 'chat', 'OpenAI', 'gpt-4', '0613', ...rest],
    ]);
    expect(facts.literals).toEqual([]);
    expect(facts.opaque).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a model registry', { model_name: 'fraud-detector', model_version: '3' }],
    ['an archive', { artifact: { format: 'zip', name: 'billing', version: '1.2.3' } }],
    ['an archive with a name that is unknown', { artifact: { format: 'zip', name: '${var.n}', version: '1.2.3' } }],
    ['a device', { device: { model: { name: 'X200', version: '2' } } }],
    ['a list of devices', { devices: [{ sku: 'Standard', model: { name: 'X200', version: '2' } }] }],
  ])('is not about models where it is %s', (_what, inputs) => {
    const facts = readModule({ source: './platform', ...inputs });
    expect([facts.deployments, facts.opaque]).toEqual([[], []]);
  });

  const foreign = { model_name: 'chat', model_version: '1' };

  test.each<[string, Record<string, unknown>]>([
    ['its source', { source: 'Azure/openai/azurerm', ...foreign }],
    ['the name of an input', { ai_services: { chat: foreign } }],
    ['the format', { ...foreign, model_format: 'mistral-ai' }],
    ['the name of the model', { ...foreign, model_name: 'gpt-9' }],
    ['a name that cannot be read', { ...foreign, model_name: '${var.m}' }],
    ['a name that differs per instance', { for_each: { a: 'x', b: 'gpt-9' }, ...foreign, model_name: '${each.value}' }],
    ['the SKU', { ...foreign, sku_name: 'GlobalStandard' }],
    ['the version upgrade option', { ...foreign, version_upgrade_option: 'NoAutoUpgrade' }],
  ])('is about models where %s says so', (_what, inputs) => {
    const facts = readModule({ source: './platform', ...inputs });
    expect(facts.deployments).toHaveLength('for_each' in inputs ? 2 : 1);
    expect(facts.literals).toEqual([]);
  });

  test('leaves the texts of what is not about models to be judged as literals', () => {
    const facts = readModule({ source: './platform', artifact: { format: 'zip', name: 'billing', version: 'gpt-4' } });
    expect(facts.literals.map(({ path }) => path)).toEqual(['artifact.version']);
  });

  test('keeps an unknown version unknown', () => {
    const [fact] = readModule({ deployment: { chat: { ...flat, model_version: '${var.v}' } } }).deployments;
    expect(shown(fact!.version)).toBe('<${var.v}>');
  });

  test('is expanded over a literal collection', () => {
    const facts = readModule({
      for_each: { eu: '0613' },
      deployment: { chat: { ...flat, model_version: '${each.value}' } },
    });
    expect(facts.deployments.map((fact) => [fact.origin.address, shown(fact.version)])).toEqual([
      ['module.m["eu"]', '0613'],
    ]);
  });

  test('is opaque where its deployments are an expression', () => {
    expect(readModule({ deployment: '${var.deployments}' }).opaque).toEqual([
      {
        origin: { address: 'module.m', type: 'module' },
        path: 'deployment',
        expression: '${var.deployments}',
        reason: 'the deployments given to the module are not known before Terraform runs',
      },
    ]);
  });

  test('is not opaque where its deployments are something else', () => {
    expect(readModule({ source: './cluster', deployments: '${var.deployments}' }).opaque).toEqual([]);
  });

  test('leaves other inputs as literals', () => {
    expect(readModule({ chat_model: 'gpt-4', nested: { engine: ['gpt-4'] } }).literals.map(({ path }) => path)).toEqual(
      ['chat_model', 'nested.engine[0]'],
    );
  });
});
