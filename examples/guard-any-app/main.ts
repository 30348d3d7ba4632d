import { join } from 'node:path';
import { CognitiveDeployment } from '@cdktf/provider-azurerm/lib/cognitive-deployment';
import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ModelLifecycleGuard } from '../../lib';

// An app that uses no construct of this package, under the guard: an overlay adds a model of the company's own, and a
// waiver accepts one finding while the move to the next model is under way.
const app = new App();
ModelLifecycleGuard.protect(app, { overlayFiles: [join(__dirname, 'models.overlay.json')] });

const stack = new TerraformStack(app, 'guard-any-app');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const account =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-models';

const claims = new CognitiveDeployment(stack, 'claims', {
  name: 'claims',
  cognitiveAccountId: account,
  model: { format: 'OpenAI', name: 'contoso-claims', version: '3' },
  sku: { name: 'Standard', capacity: 10 },
  raiPolicyName: 'Microsoft.DefaultV2',
  versionUpgradeOption: 'NoAutoUpgrade',
});
const summaries = new CognitiveDeployment(stack, 'summaries', {
  name: 'summaries',
  cognitiveAccountId: account,
  model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-05-13' },
  sku: { name: 'GlobalStandard', capacity: 10 },
  raiPolicyName: 'Microsoft.DefaultV2',
  versionUpgradeOption: 'NoAutoUpgrade',
  dependsOn: [claims],
});
ModelLifecycleGuard.waive(summaries, {
  rule: 'model-retiring',
  reason: 'successor is being evaluated, moves in the first week of December',
  owner: 'team-documents',
  expires: '2026-12-08',
});

new ContainerApp(stack, 'portal', {
  name: 'contoso-portal',
  resourceGroupName: 'rg-portal',
  containerAppEnvironmentId:
    '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-portal/providers/Microsoft.App/managedEnvironments/apps',
  revisionMode: 'Single',
  template: {
    container: [
      {
        name: 'portal',
        image: 'contoso.azurecr.io/portal:2026-11-20',
        cpu: 0.5,
        memory: '1Gi',
        env: [
          { name: 'AZURE_OPENAI_MODEL', value: 'gpt-5.1' },
          { name: 'AZURE_OPENAI_MODEL_VERSION', value: '2025-11-13' },
        ],
      },
    ],
  },
});

app.synth();
