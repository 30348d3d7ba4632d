import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  DeploymentSku,
  ModelAccount,
  ModelAccountKind,
  ModelDeployment,
  ModelDeploymentOptions,
  ModelVersion,
} from '../../lib/accounts';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const TYPE = 'azurerm_cognitive_deployment';
const chat: ModelDeploymentOptions = {
  model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
  sku: DeploymentSku.globalStandard(50),
};

function accountIn(stack: TerraformStack, id = 'models', kind?: ModelAccountKind) {
  return new ModelAccount(stack, id, {
    name: `contoso-${id}`,
    resourceGroupName: 'rg',
    location: 'swedencentral',
    kind,
  });
}

function deployed(options: Partial<ModelDeploymentOptions> = {}) {
  const stack = testStack();
  new ModelDeployment(stack, 'chat', { account: accountIn(stack), ...chat, ...options });
  return onlyResource(stack, TYPE);
}

test('it is pinned, written out and made before its predecessor is removed', () => {
  expect(deployed()).toEqual({
    name: 'gpt-5.1_2025-11-13_globalstandard',
    cognitive_account_id: '${azurerm_cognitive_account.models.id}',
    model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' },
    sku: { name: 'GlobalStandard', capacity: 50 },
    rai_policy_name: 'Microsoft.DefaultV2',
    version_upgrade_option: 'NoAutoUpgrade',
    dynamic_throttling_enabled: false,
    lifecycle: { create_before_destroy: true },
  });
});

test('RAI policy, throttling and name are taken from the props', () => {
  expect(
    deployed({ raiPolicyName: 'strict', dynamicThrottlingEnabled: true, deploymentName: 'chat-production' }),
  ).toMatchObject({ rai_policy_name: 'strict', dynamic_throttling_enabled: true, name: 'chat-production' });
});

test('its attributes can be read', () => {
  const stack = testStack();
  const account = accountIn(stack);
  const deployment = account.deploy('chat', chat);
  expect(deployment).toMatchObject({
    deploymentName: 'gpt-5.1_2025-11-13_globalstandard',
    routeKey: 'gpt-5.1@2025-11-13',
    model: chat.model,
    sku: chat.sku,
  });
  expect(deployment.account).toBe(account);
  expect(account.deployments).toEqual([deployment]);
  expect(deployment.node.defaultChild).toBe(deployment.resource);
  expect(deployment.resourceId).toContain('TfToken');
});

describe('an edit under the same construct id', () => {
  const addressAndName = (options: Partial<ModelDeploymentOptions>) => {
    const stack = testStack();
    new ModelDeployment(stack, 'chat', { account: accountIn(stack), ...chat, ...options });
    const [[address, values]] = Object.entries(synthesised(stack).resource[TYPE]!) as [[string, { name: string }]];
    return { address, name: values.name };
  };
  const before = addressAndName({});

  test.each<[string, Partial<ModelDeploymentOptions>]>([
    ['version', { model: ModelVersion.openAi('gpt-5.1', '2026-01-01') }],
    ['model', { model: ModelVersion.openAi('gpt-5.2', '2025-11-13') }],
    ['format', { model: ModelVersion.of('DeepSeek', 'gpt-5.1', '2025-11-13') }],
    ['SKU', { sku: DeploymentSku.dataZoneStandard(50) }],
  ])('of the %s keeps the address and gives another name, so that Terraform creates first', (_what, options) => {
    const after = addressAndName(options);
    expect(after.address).toBe(before.address);
    expect(after.name).not.toBe(before.name);
  });

  test.each<[string, Partial<ModelDeploymentOptions>]>([
    ['capacity', { sku: DeploymentSku.globalStandard(51) }],
    ['RAI policy', { raiPolicyName: 'strict' }],
    ['throttling', { dynamicThrottlingEnabled: true }],
  ])('of the %s keeps address and name, so that Terraform updates in place', (_what, options) => {
    expect(addressAndName(options)).toEqual(before);
  });
});

describe('duplicates', () => {
  const message = (second: string, account = 'stack/models') =>
    `deployment 'gpt-5.1_2025-11-13_globalstandard' of account ${account} is declared twice, by stack/chat and by ${second}; ` +
    'remove one of them (raise the capacity of the other if you need more), or give one another deploymentName';

  test('one model, version and SKU is deployed to an account once', () => {
    const stack = testStack();
    const account = accountIn(stack);
    new ModelDeployment(stack, 'chat', { account, ...chat });
    expect(
      () => new ModelDeployment(stack, 'copy', { account, ...chat, sku: DeploymentSku.globalStandard(1) }),
    ).toThrow(new Error(message('stack/copy')));
  });

  test('names that differ in case alone are one name', () => {
    const stack = testStack();
    const account = accountIn(stack);
    account.deploy('first', { ...chat, deploymentName: 'Chat' });
    expect(() => account.deploy('second', { ...chat, deploymentName: 'chat' })).toThrow(
      /^deployment 'chat' of account stack\/models is declared twice, by stack\/models\/first and by stack\/models\/second;/,
    );
  });

  test('an account that is referred to twice has one set of names', () => {
    const app = Testing.app();
    const id = (account: string) =>
      `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/${account}`;
    const stack = new TerraformStack(app, 'stack');
    const other = new TerraformStack(app, 'other');
    new ModelDeployment(stack, 'chat', { account: ModelAccount.fromAccountId(stack, 'a', id('legacy')), ...chat });
    const sameAccount = ModelAccount.fromAccountId(other, 'b', id('LEGACY'));
    expect(() => new ModelDeployment(other, 'chat', { account: sameAccount, ...chat })).toThrow(
      new Error(message('other/chat', 'other/b')),
    );
    expect(sameAccount.deployments).toHaveLength(1);
  });

  test('an account that is created here and a reference to its id are one account', () => {
    const stack = testStack();
    const account = accountIn(stack);
    new ModelDeployment(stack, 'chat', { account, ...chat });
    const reference = ModelAccount.fromAccountId(stack, 'reference', account.accountId);
    expect(() => reference.deploy('copy', chat)).toThrow(new Error(message('stack/reference/copy', 'stack/reference')));
  });

  test('two accounts and two apps do not disturb one another', () => {
    for (let app = 0; app < 2; app += 1) {
      const stack = testStack();
      accountIn(stack, 'east').deploy('chat', chat);
      accountIn(stack, 'west').deploy('chat', chat);
      expect(Object.keys(synthesised(stack).resource[TYPE]!)).toHaveLength(2);
    }
  });

  test.each(['__proto__', 'constructor'])('the names of objects are names like others: %s', (word) => {
    const stack = testStack();
    const deploymentName = word === '__proto__' ? 'x__proto__' : word;
    expect(() => accountIn(stack).deploy('chat', { ...chat, deploymentName })).not.toThrow();
  });
});

describe('names', () => {
  test.each(['a', '', 'chat/eu', '-chat', 'a'.repeat(65), 'chat\n'])('the name %p is refused', (deploymentName) => {
    expect(() => deployed({ deploymentName })).toThrow(
      new Error(
        `deploymentName '${deploymentName.replace('\n', '\\u{a}')}' of stack/chat is not valid: it has 2 to 64 characters, starts with a letter or digit and goes on with letters, digits, '.', '_' and '-'; ` +
          'shorten or respell it, or leave it out to have it derived from model, version and SKU',
      ),
    );
  });

  test('a model that Terraform computes needs a name', () => {
    const stack = testStack();
    const version = new TerraformVariable(stack, 'version', {}).stringValue;
    const model = ModelVersion.openAi('gpt-5.1', version);
    const account = accountIn(stack);
    expect(() => account.deploy('chat', { ...chat, model })).toThrow(
      new Error(
        'the deployment name of stack/models/chat cannot be derived: its model is known only when Terraform runs; ' +
          'write model name and version as text, or pass deploymentName',
      ),
    );
    account.deploy('named', { ...chat, model, deploymentName: 'chat' });
    expect(onlyResource(stack, TYPE)).toMatchObject({
      name: 'chat',
      model: { format: 'OpenAI', name: 'gpt-5.1', version: '${var.version}' },
    });
  });

  test('a name that Terraform computes is written as it is', () => {
    const stack = testStack();
    const deploymentName = new TerraformVariable(stack, 'name', {}).stringValue;
    accountIn(stack).deploy('chat', { ...chat, deploymentName });
    expect(onlyResource(stack, TYPE).name).toBe('${var.name}');
  });
});

test.each([
  ['gpt-4o', 25, 'provisioned throughput units (PTU), at least 50 in steps of 50; write 50'],
  ['gpt-4o', 75, 'provisioned throughput units (PTU), at least 50 in steps of 50; write 50 or 100'],
])('the regional minimum of %s refuses %d PTU', (name, ptu, rest) => {
  const options = { model: ModelVersion.openAi(name, '2024-11-20'), sku: DeploymentSku.provisionedManaged(ptu) };
  expect(() => deployed(options)).toThrow(
    new Error(`capacity ${ptu} of ProvisionedManaged for ${name} is not allowed: it counts ${rest}`),
  );
});

test('a small model can have the lowest regional minimum', () => {
  const options = {
    model: ModelVersion.openAi('gpt-4o-mini', '2024-07-18'),
    sku: DeploymentSku.provisionedManaged(25),
  };
  expect(deployed(options)).toMatchObject({ sku: { name: 'ProvisionedManaged', capacity: 25 } });
});

test('an Azure OpenAI account serves no other format', () => {
  const stack = testStack();
  const account = accountIn(stack, 'models', ModelAccountKind.OPEN_AI);
  expect(() => account.deploy('chat', { ...chat, model: ModelVersion.of('DeepSeek', 'DeepSeek-V3.1', '1') })).toThrow(
    new Error(
      "stack/models/chat deploys a model of format 'DeepSeek' on an account of kind OpenAI, which serves format 'OpenAI' alone; " +
        'use an account of kind ModelAccountKind.AI_SERVICES',
    ),
  );
  expect(() => account.deploy('openai', chat)).not.toThrow();
});

test('it waits for the key of an account that encrypts with its own identity', () => {
  const stack = testStack();
  const account = new ModelAccount(stack, 'models', {
    name: 'contoso',
    resourceGroupName: 'rg',
    location: 'swedencentral',
    customerManagedKey: { keyVaultKeyId: 'key', keyVaultId: 'vault' },
  });
  account.deploy('chat', chat);
  expect(onlyResource(stack, TYPE).depends_on).toEqual([
    expect.stringMatching(/^azurerm_cognitive_account_customer_managed_key\.models_Key/),
  ]);
});

test('in another stack than its account it waits for nothing', () => {
  const app = Testing.app();
  const account = new ModelAccount(new TerraformStack(app, 'platform'), 'models', {
    name: 'contoso',
    resourceGroupName: 'rg',
    location: 'swedencentral',
    customerManagedKey: { keyVaultKeyId: 'key', keyVaultId: 'vault' },
  });
  const stack = new TerraformStack(app, 'application');
  new ModelDeployment(stack, 'chat', { account, ...chat });
  expect(onlyResource(stack, TYPE)).not.toHaveProperty('depends_on');
});
