import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  AccountPrivateEndpoint,
  AccountPrivateEndpointOptions,
  ContentFilterSource,
  DeploymentSku,
  IModelAccount,
  ModelAccountKind,
  ModelDeployment,
  ModelDeploymentOptions,
  ModelVersion,
  RaiPolicy,
  RaiPolicyOptions,
} from '../../lib/accounts';
import { onlyResource, testStack } from '../support/synthesised';

const ACCOUNT_ID =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/platform';

/** What a platform team may write for itself: an account whose id is computed, and read as a new token each time. */
class PlatformAccount extends Construct implements IModelAccount {
  readonly accountName = 'platform';
  readonly resourceGroupName = 'rg';
  readonly kind = ModelAccountKind.OPEN_AI;
  readonly location = 'swedencentral';
  readonly openAiEndpoint = 'https://platform.example.com';
  readonly deployments: ModelDeployment[] = [];
  private readonly id: TerraformVariable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.id = new TerraformVariable(this, 'account_id', {});
  }

  get accountId(): string {
    return this.id.stringValue;
  }

  deploy(id: string, options: ModelDeploymentOptions): ModelDeployment {
    return new ModelDeployment(this, id, { account: this, ...options });
  }

  addRaiPolicy(id: string, options: RaiPolicyOptions): RaiPolicy {
    return new RaiPolicy(this, id, { account: this, ...options });
  }

  addPrivateEndpoint(id: string, options: AccountPrivateEndpointOptions): AccountPrivateEndpoint {
    return new AccountPrivateEndpoint(this, id, { account: this, ...options });
  }

  grantInvoke(principalId: string): RoleAssignment {
    return new RoleAssignment(this, 'grant', { scope: this.accountId, principalId, roleDefinitionName: 'Reader' });
  }
}

const chat: ModelDeploymentOptions = {
  model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
  sku: DeploymentSku.globalStandard(50),
};

test('an account of another class takes deployments, which are checked like those of the own classes', () => {
  const stack = testStack();
  const account = new PlatformAccount(stack, 'platform');
  expect(account.accountId).not.toBe(account.accountId);
  account.deploy('chat', chat);
  expect(onlyResource(stack, 'azurerm_cognitive_deployment')).toMatchObject({
    name: 'gpt-5.1_2025-11-13_globalstandard',
    cognitive_account_id: expect.stringMatching(/^\$\{var\.platform_account_id/),
  });
  expect(() => new ModelDeployment(stack, 'copy', { account, ...chat })).toThrow(
    "deployment 'gpt-5.1_2025-11-13_globalstandard' of account stack/platform is declared twice, by stack/platform/chat and by stack/copy; ",
  );
  const model = ModelVersion.of('DeepSeek', 'DeepSeek-V3.1', '1');
  expect(() => account.deploy('deepseek', { ...chat, model })).toThrow(
    "stack/platform/deepseek deploys a model of format 'DeepSeek' on an account of kind OpenAI",
  );
});

test('its private endpoint waits for its deployments', () => {
  const stack = testStack();
  const account = new PlatformAccount(stack, 'platform');
  account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
  new ModelDeployment(stack, 'chat', { account, ...chat });
  expect(onlyResource(stack, PrivateEndpoint.tfResourceType).depends_on).toEqual(['azurerm_cognitive_deployment.chat']);
});

test('its RAI policies wait for nothing', () => {
  const stack = testStack();
  new PlatformAccount(stack, 'platform').addRaiPolicy('strict', {
    contentFilters: [{ name: 'Hate', source: ContentFilterSource.PROMPT }],
  });
  expect(onlyResource(stack, 'azurerm_cognitive_account_rai_policy')).not.toHaveProperty('depends_on');
});

test.each([
  [ACCOUNT_ID, undefined],
  [ACCOUNT_ID.replace('/accounts/platform', '/accounts/Platform').replace('/rg/', '/RG/'), undefined],
  [ACCOUNT_ID.replace('/accounts/platform', '/accounts/other'), 'does not lie in the account of stack/platform'],
  [ACCOUNT_ID.replace('/rg/', '/other/'), 'does not lie in the account of stack/platform'],
])('a deployment is taken over if name and resource group fit: %s', (accountId, refusal) => {
  const stack = testStack();
  const takeOver = () =>
    ModelDeployment.importFrom(stack, 'chat', {
      account: new PlatformAccount(stack, 'platform'),
      deploymentId: `${accountId}/deployments/chat`,
      raiPolicyName: 'Microsoft.DefaultV2',
      ...chat,
    });
  if (refusal === undefined) {
    expect(takeOver().deploymentName).toBe('chat');
  } else {
    expect(takeOver).toThrow(refusal);
  }
});
