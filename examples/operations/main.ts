import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, TerraformStack } from 'cdktf';
import { ModelPolicy, ModelVersion, RetirementAlerts } from '../../lib';

// An alert when Azure announces a retirement, and a policy that refuses retired and unpinned models whoever deploys them.
const app = new App();
const stack = new TerraformStack(app, 'operations');
new AzurermProvider(stack, 'azurerm', { features: [{}] });

const group = new ResourceGroup(stack, 'group', { name: 'rg-model-operations', location: 'swedencentral' });
const subscriptionId = '/subscriptions/11111111-2222-3333-4444-555555555555';

new RetirementAlerts(stack, 'retirements', {
  resourceGroupName: group.name,
  subscriptionId,
  emailReceivers: [{ name: 'team', emailAddress: 'models@contoso.com' }],
});

const policy = new ModelPolicy(stack, 'models', {
  allowedModels: [ModelVersion.openAi('gpt-5.1', '2025-11-13')],
});
policy.assignToSubscription('subscription', {
  subscriptionId,
  notScopes: [`${subscriptionId}/resourceGroups/rg-lab`],
});

app.synth();
