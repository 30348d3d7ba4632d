import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApiManagementService,
  ApiManagementSku,
  DeploymentSku,
  GatewayAccess,
  ModelAccount,
  ModelGateway,
  ModelPrivateDnsZones,
  ModelVersion,
} from '../../lib';

// Three versions over two regions behind one gateway: one of them retires soon, a fourth is gone and says so.
const app = new App();
const stack = new TerraformStack(app, 'gateway');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const tenantId = new TerraformVariable(stack, 'tenant_id', { type: 'string' });

const group = new ResourceGroup(stack, 'group', { name: 'rg-model-gateway', location: 'swedencentral' });
const network = new VirtualNetwork(stack, 'network', {
  name: 'vnet-model-gateway',
  resourceGroupName: group.name,
  location: group.location,
  addressSpace: ['10.30.0.0/16'],
});
const inNetwork = { resourceGroupName: group.name, virtualNetworkName: network.name };
// A StandardV2 service goes out through a subnet that is delegated so; the accounts are reached at private endpoints in the other one.
const outbound = new Subnet(stack, 'outbound', {
  ...inNetwork,
  name: 'gateway',
  addressPrefixes: ['10.30.1.0/24'],
  delegation: [
    {
      name: 'gateway',
      serviceDelegation: {
        name: 'Microsoft.Web/serverFarms',
        actions: ['Microsoft.Network/virtualNetworks/subnets/action'],
      },
    },
  ],
});
const endpoints = new Subnet(stack, 'endpoints', {
  ...inNetwork,
  name: 'endpoints',
  addressPrefixes: ['10.30.2.0/24'],
});
const { zoneIds } = new ModelPrivateDnsZones(stack, 'zones', {
  resourceGroupName: group.name,
  virtualNetworkIds: { gateway: network.id },
});
const [sweden, france] = ['swedencentral', 'francecentral'].map((location) => {
  const account = new ModelAccount(stack, location, {
    name: `contoso-models-${location}`,
    resourceGroupName: group.name,
    location,
  });
  account.addPrivateEndpoint('endpoint', {
    subnetId: endpoints.id,
    privateDnsZoneIds: zoneIds,
    location: group.location,
  });
  return account;
});

const service = new ApiManagementService(stack, 'service', {
  resourceGroupName: group.name,
  location: group.location,
  publisherName: 'Contoso',
  publisherEmail: 'models@contoso.com',
  sku: ApiManagementSku.standardV2(),
  virtualNetwork: { subnetId: outbound.id },
});
const insights = new ApplicationInsights(stack, 'insights', {
  name: 'appi-model-gateway',
  resourceGroupName: group.name,
  location: group.location,
  applicationType: 'web',
});
const gateway = new ModelGateway(stack, 'models', {
  service,
  access: GatewayAccess.entra({ tenantId: tenantId.stringValue, audiences: ['api://model-gateway'] }),
  telemetry: { applicationInsightsId: insights.id, connectionString: insights.connectionString },
});

// Provisioned throughput first; what does not fit goes to the other region, always to the same version.
const model = ModelVersion.openAi('gpt-5.1', '2025-11-13');
const stable = gateway.addRoute(
  sweden!.deploy('reserved', { model, sku: DeploymentSku.dataZoneProvisionedManaged(15) }),
  {
    failover: [
      sweden!.deploy('spill-over', { model, sku: DeploymentSku.dataZoneStandard(100) }),
      france!.deploy('other-region', { model, sku: DeploymentSku.dataZoneStandard(100) }),
    ],
    tokenLimit: { tokensPerMinute: 50_000 },
  },
);
const candidate = gateway.addRoute(
  france!.deploy('candidate', {
    model: ModelVersion.openAi('gpt-5.6-sol', '2026-07-09'),
    sku: DeploymentSku.globalStandard(50),
  }),
);
gateway.addRoute(
  sweden!.deploy('retiring', {
    model: ModelVersion.openAi('gpt-5', '2025-08-07'),
    sku: DeploymentSku.globalStandard(20),
  }),
  { successor: model },
);
gateway.addRetiredRoute(ModelVersion.openAi('o4-mini', '2025-04-16'), { successor: model });
gateway.addAlias('chat-production', stable);

const orchestrator = new UserAssignedIdentity(stack, 'orchestrator', {
  name: 'id-orchestrator',
  resourceGroupName: group.name,
  location: group.location,
});
gateway.grantAccess(orchestrator.clientId, [stable, candidate]);

new TerraformOutput(stack, 'url', { value: gateway.url });
app.synth();
