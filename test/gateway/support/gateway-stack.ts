import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelDeployment, ModelVersion } from '../../../lib/accounts';
import {
  ApiManagementService,
  ApiManagementServiceProps,
  ApiManagementSku,
  GatewayAccess,
  ModelGateway,
  ModelGatewayProps,
} from '../../../lib/gateway';
import { TENANT } from './routes';

export const GPT = ModelVersion.openAi('gpt-5.1', '2025-11-13');
export const ACCESS = GatewayAccess.entra({ tenantId: TENANT, audiences: ['api://model-gateway'] });

/** A stack with the provider, whose models a gateway routes to. */
export function platformStack(app: App, name = 'stack'): TerraformStack {
  const stack = new TerraformStack(app, name);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  return stack;
}

export function accountIn(stack: TerraformStack, name = 'sweden'): ModelAccount {
  return new ModelAccount(stack, name, { name, resourceGroupName: 'rg-models', location: `${name}central` });
}

export function deploymentOf(
  account: ModelAccount,
  model: ModelVersion = GPT,
  sku: DeploymentSku = DeploymentSku.globalStandard(10),
): ModelDeployment {
  return account.deploy(`${model.key} ${sku.name}`, { model, sku });
}

export function serviceIn(
  stack: TerraformStack,
  sku: ApiManagementSku = ApiManagementSku.standardV2(1),
  props: Partial<ApiManagementServiceProps> = {},
): ApiManagementService {
  return new ApiManagementService(stack, 'service', {
    resourceGroupName: 'rg-gateway',
    location: 'swedencentral',
    publisherName: 'Contoso',
    publisherEmail: 'models@contoso.com',
    serviceName: 'contoso-gateway',
    sku,
    ...props,
  });
}

export function gatewayIn(stack: TerraformStack, props: Partial<ModelGatewayProps> = {}, id = 'gateway'): ModelGateway {
  return new ModelGateway(stack, id, { service: props.service ?? serviceIn(stack), access: ACCESS, ...props });
}
