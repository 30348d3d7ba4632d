import { App, TerraformStack } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelDeployment, ModelVersion } from '../../../lib/accounts';
import { ModelGateway } from '../../../lib/gateway';
import {
  IImageRegistry,
  ImageRegistry,
  IOrchestratorEnvironment,
  Orchestrator,
  OrchestratorEnvironment,
  OrchestratorModels,
  OrchestratorProps,
} from '../../../lib/orchestrators';
import { OrchestratorRelease, OrchestratorReleaseProps, Prompt } from '../../../lib/releases';
import { gatewayIn, platformStack } from '../../gateway/support/gateway-stack';
import { synthesised, Values } from '../../support/synthesised';

export { accountIn, gatewayIn, platformStack, serviceIn } from '../../gateway/support/gateway-stack';

export const GPT = ModelVersion.openAi('gpt-5.1', '2025-11-13');
export const GPT_MINI = ModelVersion.openAi('gpt-5-mini', '2025-08-07');
export const EMBEDDINGS = ModelVersion.openAi('text-embedding-3-large', '1');
export const DEEPSEEK = ModelVersion.of('DeepSeek', 'DeepSeek-V3.1', '1');
export const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const GUID = '11111111-2222-3333-4444-555555555555';
export const ID_START = `/subscriptions/${GUID}/resourceGroups/rg/providers`;
export const ENVIRONMENT_ID = `${ID_START}/Microsoft.App/managedEnvironments/shared`;
export const SEARCH_ID = `${ID_START}/Microsoft.Search/searchServices/contoso-search`;
export const STORAGE_ID = `${ID_START}/Microsoft.Storage/storageAccounts/contosomanifests`;
export const SUBNET_ID = `${ID_START}/Microsoft.Network/virtualNetworks/hub/subnets/apps`;
export const VAULT_ID = `${ID_START}/Microsoft.KeyVault/vaults/contoso`;
export const WORKSPACE_ID = `${ID_START}/Microsoft.OperationalInsights/workspaces/logs`;
export const IDENTITY = {
  identityId: `${ID_START}/Microsoft.ManagedIdentity/userAssignedIdentities/shared`,
  clientId: '22222222-2222-3333-4444-555555555555',
  principalId: '33333333-2222-3333-4444-555555555555',
};

export function releaseOf(props: Partial<OrchestratorReleaseProps> = {}): OrchestratorRelease {
  return new OrchestratorRelease({
    name: 'assistant',
    image: `contoso.azurecr.io/assistant@${DIGEST}`,
    orchestration: '2.3.0',
    models: { chat: { model: GPT } },
    prompts: { system: Prompt.inline('You answer briefly.', { madeFor: [props.models?.chat?.model ?? GPT] }) },
    ...props,
  });
}

/** Deployed under an id that no other deployment of a test has. */
export function deploy(account: ModelAccount, model: ModelVersion, capacity = 10): ModelDeployment {
  return account.deploy(`${model.key} ${capacity}`, { model, sku: DeploymentSku.globalStandard(capacity) });
}

export function environmentIn(
  stack: TerraformStack,
  id = 'shared',
  location = 'swedencentral',
): IOrchestratorEnvironment {
  return OrchestratorEnvironment.fromEnvironmentId(stack, id, { environmentId: ENVIRONMENT_ID, location });
}

export function registryIn(stack: TerraformStack): IImageRegistry {
  return ImageRegistry.fromRegistryId(stack, 'registry', {
    registryId: `${ID_START}/Microsoft.ContainerRegistry/registries/contoso`,
  });
}

/** A stack with an account in which the versions are deployed. */
export function stackWithModels(...models: ModelVersion[]) {
  const stack = platformStack(new App());
  const account = new ModelAccount(stack, 'sweden', {
    name: 'sweden',
    resourceGroupName: 'rg-models',
    location: 'swedencentral',
  });
  return { stack, account, deployments: models.map((model) => deploy(account, model)) };
}

/** A stack with a gateway that routes to the versions. */
export function stackWithGateway(...models: ModelVersion[]): { stack: TerraformStack; gateway: ModelGateway } {
  const { stack, deployments } = stackWithModels(...models);
  const gateway = gatewayIn(stack);
  deployments.forEach((deployment) => gateway.addRoute(deployment));
  return { stack, gateway };
}

/** An orchestrator that calls one deployment directly, and the stack that it lies in. */
export function directOrchestrator(props: Partial<OrchestratorProps> = {}) {
  const { stack, deployments } = stackWithModels(GPT);
  const release = props.release ?? releaseOf();
  const orchestrator = new Orchestrator(stack, release.label, {
    release,
    environment: environmentIn(stack),
    models: OrchestratorModels.direct(deployments),
    ...props,
  });
  return { stack, orchestrator, release };
}

/** The resources of a type, by logical id. */
export function resources(stack: TerraformStack, type: string): Record<string, Values> {
  return synthesised(stack).resource[`azurerm_${type}`] ?? {};
}

/** The one container app of a stack. */
export function appOf(stack: TerraformStack): Values {
  const apps = Object.values(resources(stack, 'container_app'));
  if (apps.length !== 1) {
    throw new Error(`the stack has ${apps.length} container apps, not one`);
  }
  return apps[0]!;
}

/** The variables of an app's container: values, and names of secrets with `secret:` in front. */
export function variablesOf(app: Values): Record<string, string> {
  const { container } = app.template as { container: { env: Values[] }[] };
  return Object.fromEntries(
    container[0]!.env.map(({ name, value, secret_name }) => [
      name as string,
      secret_name === undefined ? (value as string) : `secret:${secret_name as string}`,
    ]),
  );
}

/** Role, scope and principal of every role assignment, in one line each. */
export function rolesOf(stack: TerraformStack): string[] {
  return Object.values(resources(stack, 'role_assignment'))
    .map((role) => `${role.role_definition_name as string} | ${role.scope as string} | ${role.principal_id as string}`)
    .sort();
}
