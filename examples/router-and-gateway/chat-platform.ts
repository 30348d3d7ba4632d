import { join } from 'node:path';
import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { SearchService } from '@cdktf/provider-azurerm/lib/search-service';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  ApiManagementReleaseRouter,
  ApiManagementService,
  ApiManagementSku,
  DeploymentSku,
  GatewayAccess,
  ImageRegistry,
  KnowledgeApi,
  ModelAccount,
  ModelGateway,
  ModelVersion,
  Orchestrator,
  OrchestratorEnvironment,
  OrchestratorModels,
  OrchestratorPrivateDnsZone,
  OrchestratorRelease,
  Prompt,
  PromptTemplate,
  Ramp,
  RoutedRelease,
  RouterAccess,
} from '../../lib';
import { PlatformNetwork } from './platform-network';

export interface ChatPlatformProps {
  /** Name of the environment; part of the names that have to be unique. */
  readonly environment: string;
  /** Thousands of tokens per minute of each chat model. */
  readonly capacity: number;
  /** The model of the release that answers most users. */
  readonly stableModel: ModelVersion;
  /** How far the release that follows it has come. */
  readonly ramp: Ramp;
}

const NEXT_MODEL = ModelVersion.openAi('gpt-6.1-sol', '2026-09-29');
const SPECIALIST = ModelVersion.of('DeepSeek', 'DeepSeek-V4-Pro', '2026-04-23');
const EMBEDDINGS = ModelVersion.openAi('text-embedding-3-large', '1');
const INDEX = { index: 'travel-te3large-v1-d3072', embeddingModel: EMBEDDINGS, dimensions: 3072 };

const IMAGES = {
  v1: 'chat-orchestrator@sha256:4f1b8a9c0d2e3f405162738495a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e',
  v2: 'chat-orchestrator@sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f',
  knowledge: 'knowledge-api@sha256:0c1d2e3f4a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5',
};

/**
 * The whole architecture: an application calls a router, which splits its users between two releases of an orchestrator; each
 * names its own model versions to a gateway.
 */
export class ChatPlatform extends TerraformStack {
  constructor(scope: Construct, id: string, props: ChatPlatformProps) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const tenantId = new TerraformVariable(this, 'tenant_id', { type: 'string' }).stringValue;
    const group = new ResourceGroup(this, 'group', {
      name: `rg-chat-${props.environment}`,
      location: 'swedencentral',
    });
    const place = { resourceGroupName: group.name, location: group.location };
    const network = new PlatformNetwork(this, 'network', place);

    // The models, each pinned to its version.
    const account = new ModelAccount(this, 'account', { ...place, name: `contoso-chat-${props.environment}` });
    account.addPrivateEndpoint('endpoint', {
      subnetId: network.endpointsSubnetId,
      privateDnsZoneIds: network.modelZoneIds,
    });
    const deploy = (name: string, model: ModelVersion, capacity: number) =>
      account.deploy(name, { model, sku: DeploymentSku.globalStandard(capacity) });
    const deployments = [
      deploy('chat', props.stableModel, props.capacity),
      deploy('chat-next', NEXT_MODEL, props.capacity),
      deploy('specialist', SPECIALIST, props.capacity),
      deploy('embeddings', EMBEDDINGS, 50),
    ];

    // One API Management service for the gateway, which splits model calls, and for the router, which splits users.
    const service = new ApiManagementService(this, 'service', {
      ...place,
      publisherName: 'Contoso',
      publisherEmail: 'platform@contoso.com',
      sku: ApiManagementSku.standardV2(),
      virtualNetwork: { subnetId: network.serviceSubnetId },
    });
    const insights = new ApplicationInsights(this, 'insights', {
      ...place,
      name: `appi-chat-${props.environment}`,
      applicationType: 'web',
    });
    const gateway = new ModelGateway(this, 'gateway', {
      service,
      access: GatewayAccess.entra({ tenantId, audiences: ['api://model-gateway'] }),
      telemetry: { applicationInsightsId: insights.id, connectionString: insights.connectionString },
    });
    deployments.forEach((deployment) => gateway.addRoute(deployment));

    // Where releases run.
    const environment = new OrchestratorEnvironment(this, 'apps', { ...place, subnetId: network.appsSubnetId });
    new OrchestratorPrivateDnsZone(this, 'apps-zone', {
      environment,
      virtualNetworkIds: { chat: network.virtualNetworkId },
    });
    const registry = new ImageRegistry(this, 'registry', place);
    const models = OrchestratorModels.throughGateway(gateway);
    const search = new SearchService(this, 'search', {
      ...place,
      name: `srch-contoso-chat-${props.environment}`,
      sku: 'standard',
      localAuthenticationEnabled: false,
    });
    const knowledge = new KnowledgeApi(this, 'knowledge', {
      environment,
      registry,
      models,
      image: IMAGES.knowledge,
      index: INDEX,
      searchServiceId: search.id,
    });

    // Two releases, each with the prompts that were made for its models.
    const prompt = (file: string, model: ModelVersion, role = 'chat') =>
      Prompt.fromFile(join(__dirname, 'prompts', file), {
        model: role,
        madeFor: [model],
        template: PromptTemplate.MUSTACHE,
        inputs: ['context'],
      });
    const v1 = new OrchestratorRelease({
      name: 'chat',
      image: IMAGES.v1,
      orchestration: '1.0.0',
      models: { chat: { model: props.stableModel, config: { maxOutputTokens: 1200 } } },
      prompts: { system: prompt('v1.md', props.stableModel) },
      knowledge: INDEX,
    });
    const v2 = new OrchestratorRelease({
      name: 'chat',
      image: IMAGES.v2,
      orchestration: '2.0.0',
      models: {
        chat: { model: NEXT_MODEL, config: { maxOutputTokens: 900, reasoningEffort: 'low' } },
        specialist: { model: SPECIALIST },
      },
      prompts: {
        system: prompt('v2.md', NEXT_MODEL),
        specialist: prompt('specialist.md', SPECIALIST, 'specialist'),
      },
      knowledge: INDEX,
    });
    const [stable, next] = [v1, v2].map(
      (release) =>
        new Orchestrator(this, release.label, { release, environment, registry, models, knowledge, external: true }),
    );

    const router = new ApiManagementReleaseRouter(this, 'router', {
      service,
      path: 'chat',
      access: RouterAccess.entra({ tenantId, audiences: ['api://chat'] }),
      salt: 'gpt-6.1-sol',
      allowOverride: true,
      releases: [RoutedRelease.stable(stable!), RoutedRelease.canary(next!, { ramp: props.ramp })],
    });
    new TerraformOutput(this, 'url', { value: router.url });
  }
}
