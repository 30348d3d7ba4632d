import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelLifecycleGuard, ModelVersion } from 'cdktf-azure-model-lifecycle';
import { classifyUpdate, LifecycleLookup, ModelCatalog } from 'cdktf-azure-model-lifecycle/catalog';
import {
  ChangeReport,
  changeReport,
  readStackConfiguration,
  resolveSettings,
} from 'cdktf-azure-model-lifecycle/review';

// A project of its own that uses the packed package: compiled and run by tools/check-package.mjs.
const app = new App();
ModelLifecycleGuard.protect(app);

const stack = new TerraformStack(app, 'consumer');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const account = new ModelAccount(stack, 'models', {
  name: 'consumer-models',
  resourceGroupName: 'rg-models',
  location: 'swedencentral',
});
const model = ModelVersion.parse('gpt-6-sol@2026-09-22');
account.deploy('chat', { model, sku: DeploymentSku.globalStandard(10) });

const known: LifecycleLookup = ModelCatalog.bundled().lookup(
  { name: model.name, version: model.version },
  '2026-11-21',
);
const scope: string = classifyUpdate({ name: 'gpt-5.1' }, { name: model.name }).scope;
const review: ChangeReport = changeReport({
  inputs: [{ input: 'consumer', facts: readStackConfiguration(stack.toTerraform()) }],
  catalog: ModelCatalog.bundled(),
  asOf: '2026-11-21',
  settings: resolveSettings(),
});
console.log(known.kind, scope, review.upcoming.length);

app.synth();
