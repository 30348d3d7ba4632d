import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  ContentFilterSeverity,
  ContentFilterSource,
  DeploymentSku,
  ModelAccount,
  ModelPrivateDnsZones,
  ModelVersion,
} from '../../lib';

// An account that only a virtual network reaches, with logs, an RAI policy, and two callers' identities.
const app = new App();
const stack = new TerraformStack(app, 'private-account');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const workspaceId = new TerraformVariable(stack, 'log_analytics_workspace_id', { type: 'string' });
const orchestratorId = new TerraformVariable(stack, 'orchestrator_principal_id', { type: 'string' });

const group = new ResourceGroup(stack, 'group', { name: 'rg-models', location: 'swedencentral' });
const network = new VirtualNetwork(stack, 'network', {
  name: 'vnet-models',
  resourceGroupName: group.name,
  location: group.location,
  addressSpace: ['10.20.0.0/16'],
});
const subnet = new Subnet(stack, 'endpoints', {
  name: 'endpoints',
  resourceGroupName: group.name,
  virtualNetworkName: network.name,
  addressPrefixes: ['10.20.1.0/24'],
});
const zones = new ModelPrivateDnsZones(stack, 'zones', {
  resourceGroupName: group.name,
  virtualNetworkIds: { models: network.id },
});

const account = new ModelAccount(stack, 'account', {
  name: 'contoso-private-models',
  resourceGroupName: group.name,
  location: group.location,
  diagnostics: { logAnalyticsWorkspaceId: workspaceId.stringValue },
});
account.addPrivateEndpoint('endpoint', { subnetId: subnet.id, privateDnsZoneIds: zones.zoneIds });

const policy = account.addRaiPolicy('strict', {
  contentFilters: [
    { name: 'Hate', source: ContentFilterSource.PROMPT, severityThreshold: ContentFilterSeverity.LOW },
    { name: 'Hate', source: ContentFilterSource.COMPLETION, severityThreshold: ContentFilterSeverity.LOW },
    { name: 'Jailbreak', source: ContentFilterSource.PROMPT },
  ],
});
account.deploy('chat', {
  model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
  sku: DeploymentSku.dataZoneStandard(100),
  raiPolicyName: policy.policyName,
});
account.deploy('embeddings', {
  model: ModelVersion.openAi('text-embedding-3-large', '1'),
  sku: DeploymentSku.standard(120),
});
account.grantInvoke(orchestratorId.stringValue);

app.synth();
