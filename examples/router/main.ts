import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import {
  DeploymentSku,
  ModelAccount,
  ModelLifecycleGuard,
  ModelVersion,
  NginxReleaseRouter,
  Orchestrator,
  OrchestratorEnvironment,
  OrchestratorModels,
  OrchestratorRelease,
  Prompt,
  Ramp,
  RoutedRelease,
} from '../../lib';

// A router without a gateway: nginx splits users between two releases, and each release calls its own model version.
const app = new App();
ModelLifecycleGuard.protect(app);
const stack = new TerraformStack(app, 'router');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const addresses = new TerraformVariable(stack, 'outbound_addresses', {
  type: 'list(string)',
  description: 'Addresses from which the apps call the models.',
});

const group = new ResourceGroup(stack, 'group', { name: 'rg-summaries', location: 'swedencentral' });
const place = { resourceGroupName: group.name, location: group.location };
const account = new ModelAccount(stack, 'account', {
  ...place,
  name: 'contoso-summaries',
  allowedIpRanges: addresses.listValue,
});
const environment = new OrchestratorEnvironment(stack, 'apps', place);

const versions = {
  '1.0.0': {
    model: ModelVersion.openAi('gpt-6-sol', '2026-09-22'),
    prompt: 'prompts/v1.md',
    image: 'ghcr.io/contoso/summaries@sha256:5b7c1f0e2d3a4958677685940a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3',
  },
  '1.1.0': {
    model: ModelVersion.openAi('gpt-6.1-sol', '2026-09-29'),
    prompt: 'prompts/v2.md',
    image: 'ghcr.io/contoso/summaries@sha256:e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70',
  },
};
const [stable, next] = Object.entries(versions).map(([orchestration, { model, prompt, image }]) => {
  const deployment = account.deploy(model.key, { model, sku: DeploymentSku.globalStandard(50) });
  const release = new OrchestratorRelease({
    name: 'summaries',
    image,
    orchestration,
    models: { chat: { model, config: { maxOutputTokens: 800 } } },
    prompts: { system: Prompt.fromFile(join(__dirname, prompt), { madeFor: [model] }) },
  });
  return new Orchestrator(stack, release.label, {
    release,
    environment,
    models: OrchestratorModels.direct([deployment]),
  });
});

// What is in front of nginx validates tokens and sets x-user-id; nginx trusts it.
const router = new NginxReleaseRouter(stack, 'router', {
  environment,
  image: 'docker.io/library/nginx@sha256:65645c7bb6a0661892a8b03b89d0743208a18dd2f3f17a54ef4b76fb8e2f2a10',
  salt: 'gpt-6.1-sol',
  releases: [RoutedRelease.stable(stable!), RoutedRelease.canary(next!, { ramp: Ramp.of([0, 1, 10, 25, 50, 100], 2) })],
});

new TerraformOutput(stack, 'url', { value: router.url });
app.synth();
