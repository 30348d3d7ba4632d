import { CognitiveDeployment } from '@cdktf/provider-azurerm/lib/cognitive-deployment';
import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { Aspects, TerraformHclModule, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { DeploymentSku, ModelAccount, ModelDeployment, ModelVersion } from '../../lib';

export const ACCOUNT_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/models';
export const LIVING = { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' };
export const RETIRED = { format: 'OpenAI', name: 'gpt-35-turbo', version: '0613' };

/** Places in which a retired model can hide, and how it gets there. */
export const retiredPlaces: Record<string, (stack: TerraformStack) => void> = {
  'own-construct': (stack) => {
    const account = ModelAccount.fromAccountId(stack, 'models', ACCOUNT_ID);
    new ModelDeployment(stack, 'chat', {
      account,
      model: ModelVersion.openAi(RETIRED.name, RETIRED.version),
      sku: DeploymentSku.globalStandard(10),
    });
  },
  'azurerm-deployment': (stack) => {
    deployment(stack, RETIRED);
  },
  'resource-override': (stack) => {
    deployment(stack, LIVING).addOverride('model', { ...LIVING, name: RETIRED.name, version: RETIRED.version });
  },
  'stack-override': (stack) => {
    deployment(stack, LIVING);
    stack.addOverride('resource.azurerm_cognitive_deployment.chat.model', RETIRED);
  },
  'later-aspect': (stack) => {
    const chat = deployment(stack, LIVING);
    Aspects.of(chat).add({
      visit(node: IConstruct) {
        if (node instanceof CognitiveDeployment) {
          node.putModel(RETIRED);
        }
      },
    });
  },
  'azapi-body': (stack) => {
    const resource = new TerraformResource(stack, 'chat', { terraformResourceType: 'azapi_resource' });
    resource.addOverride('type', 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01');
    resource.addOverride('name', 'chat');
    resource.addOverride('parent_id', ACCOUNT_ID);
    resource.addOverride('body', {
      sku: { name: 'GlobalStandard', capacity: 10 },
      properties: { model: RETIRED, versionUpgradeOption: 'NoAutoUpgrade', raiPolicyName: 'Microsoft.DefaultV2' },
    });
  },
  'container-env': (stack) => {
    new ContainerApp(stack, 'app', {
      name: 'app',
      containerAppEnvironmentId: '/subscriptions/x/environments/e',
      resourceGroupName: 'rg',
      revisionMode: 'Single',
      template: {
        container: [
          {
            name: 'app',
            image: 'app@sha256:1',
            cpu: 0.5,
            memory: '1Gi',
            env: [{ name: 'AZURE_OPENAI_MODEL', value: 'gpt-35-turbo-0613' }],
          },
        ],
      },
    });
  },
  'module-input': (stack) => {
    new TerraformHclModule(stack, 'openai', {
      source: 'Azure/openai/azurerm',
      version: '0.1.5',
      variables: {
        deployment: {
          chat: {
            name: 'chat',
            model_format: RETIRED.format,
            model_name: RETIRED.name,
            model_version: RETIRED.version,
            scale_type: 'Standard',
          },
        },
      },
    });
  },
};

/** A plain azurerm deployment of the given model. */
export function deployment(
  stack: TerraformStack,
  model: { format: string; name: string; version: string },
): CognitiveDeployment {
  return new CognitiveDeployment(stack, 'chat', {
    name: 'chat',
    cognitiveAccountId: ACCOUNT_ID,
    model,
    sku: { name: 'GlobalStandard', capacity: 10 },
    raiPolicyName: 'Microsoft.DefaultV2',
    versionUpgradeOption: 'NoAutoUpgrade',
  });
}
