import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { DeploymentSku, ModelAccount, ModelVersion } from '../lib';

export interface ReferenceStackProps {
  /** Name of the environment; part of every physical name. */
  readonly environment: string;
  /** Thousands of tokens per minute of the chat deployment. */
  readonly chatCapacity: number;
  /** The model that answers the users. */
  readonly chatModel: ModelVersion;
}

/** One environment: an account with a chat model, a small one and an embedding model, each pinned to one version. */
export class ReferenceStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: ReferenceStackProps) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });

    const group = new ResourceGroup(this, 'group', {
      name: `rg-models-${props.environment}`,
      location: 'swedencentral',
    });
    const account = new ModelAccount(this, 'account', {
      name: `contoso-models-${props.environment}`,
      resourceGroupName: group.name,
      location: group.location,
      allowedIpRanges: ['203.0.113.0/24'],
    });

    const deployments = [
      account.deploy('chat', { model: props.chatModel, sku: DeploymentSku.globalStandard(props.chatCapacity) }),
      account.deploy('small', {
        model: ModelVersion.openAi('gpt-6-luna', '2026-09-22'),
        sku: DeploymentSku.globalStandard(100),
      }),
      account.deploy('embeddings', {
        model: ModelVersion.openAi('text-embedding-3-large', '1'),
        sku: DeploymentSku.globalStandard(50),
      }),
    ];

    new TerraformOutput(this, 'endpoint', { value: account.endpoint });
    new TerraformOutput(this, 'deployments', {
      value: Object.fromEntries(deployments.map(({ routeKey, deploymentName }) => [routeKey, deploymentName])),
    });
  }
}
