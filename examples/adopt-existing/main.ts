import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelDeployment, ModelVersion } from '../../lib';

// Takes over a deployment that somebody made by hand, and puts its successor beside it. The first plan imports the old one
// without replacing it; once no caller uses it any more, remove it from the code.
const ACCOUNT =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-models';

const app = new App();
const stack = new TerraformStack(app, 'adopt-existing');
new AzurermProvider(stack, 'azurerm', { features: [{}] });

const account = ModelAccount.fromAccountId(stack, 'account', ACCOUNT);
ModelDeployment.importFrom(stack, 'chat', {
  account,
  deploymentId: `${ACCOUNT}/deployments/chat`,
  model: ModelVersion.openAi('gpt-4o', '2024-11-20'),
  sku: DeploymentSku.globalStandard(50),
  raiPolicyName: 'Microsoft.DefaultV2',
});
account.deploy('chat-next', {
  model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
  sku: DeploymentSku.globalStandard(50),
});

app.synth();
