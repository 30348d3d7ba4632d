import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import {
  DeploymentSku,
  ModelAccount,
  ModelVersion,
  Orchestrator,
  OrchestratorEnvironment,
  OrchestratorModels,
  OrchestratorRelease,
  Prompt,
} from '../../lib';

// The simplest architecture: one app holds prompt, configuration and logic, and calls the model itself. A change is a new app.
const app = new App();
const stack = new TerraformStack(app, 'direct-client');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const addresses = new TerraformVariable(stack, 'outbound_addresses', {
  type: 'list(string)',
  description: 'Addresses from which the app calls the model.',
});

const group = new ResourceGroup(stack, 'group', { name: 'rg-translations', location: 'swedencentral' });
const place = { resourceGroupName: group.name, location: group.location };
const model = ModelVersion.openAi('gpt-6-luna', '2026-09-22');
const deployment = new ModelAccount(stack, 'account', {
  ...place,
  name: 'contoso-translations',
  allowedIpRanges: addresses.listValue,
}).deploy('chat', { model, sku: DeploymentSku.globalStandard(20) });

const release = new OrchestratorRelease({
  name: 'translations',
  image: 'ghcr.io/contoso/translations@sha256:7a6b5c4d3e2f1009f8e7d6c5b4a39281706f5e4d3c2b1a0f9e8d7c6b5a493827',
  orchestration: '1.0.0',
  models: { chat: { model, config: { maxOutputTokens: 2000 } } },
  prompts: { system: Prompt.fromFile(join(__dirname, 'prompts/translate.md'), { madeFor: [model] }) },
});
const client = new Orchestrator(stack, release.label, {
  release,
  environment: new OrchestratorEnvironment(stack, 'apps', place),
  models: OrchestratorModels.direct([deployment]),
  external: true,
});

new TerraformOutput(stack, 'url', { value: client.url });
app.synth();
