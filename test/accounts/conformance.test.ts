import { CognitiveAccountProject } from '@cdktf/provider-azurerm/lib/cognitive-account-project';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { TerraformStack } from 'cdktf';
import {
  ContentFilterSource,
  DeploymentSku,
  ModelAccount,
  ModelAccountKind,
  ModelAccountProps,
  ModelDeployment,
  ModelPrivateDnsZones,
  ModelVersion,
} from '../../lib/accounts';
import { DEPLOYMENT_TYPES } from '../../lib/catalog/deployment-types';
import { conformanceProblems } from '../support/provider-schema';
import { synthesised, testStack } from '../support/synthesised';

const LEGACY_ID =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/legacy';

function platformStack() {
  const stack = testStack();
  new AzurermProvider(stack, 'azurerm', { features: [{ cognitiveAccount: [{ purgeSoftDeleteOnDestroy: false }] }] });
  const group = new ResourceGroup(stack, 'group', { name: 'rg-models', location: 'swedencentral' });
  return { stack, group };
}

function accountIn(stack: TerraformStack, group: ResourceGroup, props: Partial<ModelAccountProps> = {}) {
  return new ModelAccount(stack, 'models', {
    name: 'contoso-models',
    resourceGroupName: group.name,
    location: group.location,
    ...props,
  });
}

test('an account with nothing but what is required conforms to the provider schema', () => {
  const { stack, group } = platformStack();
  accountIn(stack, group);
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});

test('an account with every option conforms to the provider schema', () => {
  const { stack, group } = platformStack();
  const identity = new UserAssignedIdentity(stack, 'identity', {
    name: 'id-models',
    location: group.location,
    resourceGroupName: group.name,
  });
  const account = accountIn(stack, group, {
    customSubdomainName: 'contoso',
    allowedIpRanges: ['203.0.113.7'],
    allowedSubnetIds: ['/subnets/apps'],
    allowTrustedServices: true,
    systemAssignedIdentity: true,
    userAssignedIdentityIds: [identity.id],
    customerManagedKey: { keyVaultKeyId: 'https://v.vault.azure.net/keys/k/1', identityClientId: identity.clientId },
    projectManagementEnabled: true,
    diagnostics: { logAnalyticsWorkspaceId: '/workspaces/w', logCategories: ['Audit'] },
    tags: { team: 'search' },
  });
  const zones = new ModelPrivateDnsZones(stack, 'dns', {
    resourceGroupName: group.name,
    virtualNetworkIds: { hub: '/networks/hub' },
    tags: { team: 'network' },
  });
  account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub', privateDnsZoneIds: zones.zoneIds });
  const policy = account.addRaiPolicy('strict', {
    contentFilters: [{ name: 'Hate', source: ContentFilterSource.PROMPT }],
    tags: { team: 'safety' },
  });
  for (const type of DEPLOYMENT_TYPES) {
    account.deploy(type.name, {
      model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
      sku: DeploymentSku.of(type.name, 100),
      raiPolicyName: policy.policyName,
    });
  }
  account.grantInvoke(identity.principalId);
  new CognitiveAccountProject(stack, 'project', {
    name: 'search',
    cognitiveAccountId: account.accountId,
    location: group.location,
    identity: { type: 'SystemAssigned' },
    dependsOn: account.deployments.map((deployment) => deployment.resource),
  });
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});

test('an account that encrypts with its own identity and an adopted deployment conform to the provider schema', () => {
  const { stack, group } = platformStack();
  accountIn(stack, group, {
    kind: ModelAccountKind.OPEN_AI,
    allowAllNetworks: true,
    customerManagedKey: { keyVaultKeyId: 'https://v.vault.azure.net/keys/k/1', keyVaultId: '/vaults/v' },
    diagnostics: { logAnalyticsWorkspaceId: '/workspaces/w' },
  });
  ModelDeployment.importFrom(stack, 'adopted', {
    account: ModelAccount.fromAccountId(stack, 'legacy', LEGACY_ID),
    deploymentId: `${LEGACY_ID}/deployments/chat`,
    model: ModelVersion.openAi('gpt-4o', '2024-11-20'),
    sku: DeploymentSku.standard(10),
    raiPolicyName: 'Microsoft.DefaultV2',
  });
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});
