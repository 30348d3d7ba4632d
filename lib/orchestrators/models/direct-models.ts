import { TerraformResource, TerraformStack } from 'cdktf';
import { InvokeRole } from '../../accounts/grant-invoke-options';
import type { ModelDeployment } from '../../accounts/model-deployment';
import {
  modelDeploymentVariable,
  modelScopeVariable,
  modelUrlVariable,
} from '../../contracts/orchestrator-environment';
import { isSameVersion } from '../../releases/same-version';
import type { EnvironmentVariable } from '../container-app/environment-variable';
import { grantRole } from '../container-app/role-grant';
import { modelAmbiguous, modelNotOffered, modelTakesBatchesOnly } from '../release-errors';
import { applyFirst } from '../stack-order';
import { describeModel, ModelConnection, ModelConsumer, ModelSource, RoleBinding, wantedModel } from './model-source';

/** Deployments that are called without anything in between. */
export class DirectModels implements ModelSource {
  public constructor(
    private readonly deployments: readonly ModelDeployment[],
    private readonly audience: string,
  ) {}

  public connect(consumer: ModelConsumer): ModelConnection {
    const chosen = consumer.bindings.map((binding) => ({
      role: binding.role,
      deployment: this.deploymentOf(consumer, binding),
    }));
    return {
      variables: chosen.flatMap(({ role, deployment }): EnvironmentVariable[] => [
        { name: modelUrlVariable(role), value: `${deployment.account.openAiEndpoint}/openai/v1` },
        { name: modelDeploymentVariable(role), value: deployment.deploymentName },
        { name: modelScopeVariable(role), value: `${this.audience}/.default` },
      ]),
      waitFor: chosen.flatMap(({ deployment }) => [deployment.resource, grantInvoke(consumer, deployment)]),
    };
  }

  private deploymentOf(consumer: ModelConsumer, binding: RoleBinding): ModelDeployment {
    const wanted = wantedModel(consumer, binding);
    const [deployment, ...others] = this.deployments.filter(({ model }) => isSameVersion(model, binding.model));
    if (deployment === undefined) {
      throw modelNotOffered(
        wanted,
        'OrchestratorModels.direct',
        'deploy that exact version and pass it',
        this.deployments.map(({ model }) => describeModel(model)),
      );
    }
    if (others.length > 0) {
      throw modelAmbiguous(
        wanted,
        [deployment, ...others].map(({ node }) => node.path),
      );
    }
    if (deployment.sku.name.endsWith('Batch')) {
      throw modelTakesBatchesOnly(wanted, deployment.node.path, deployment.sku.name);
    }
    return deployment;
  }
}

/** An assignment to an account of another stack lies with the app: in the account's stack it would let the models wait for the app. */
function grantInvoke({ app, identity }: ModelConsumer, { account, model }: ModelDeployment): TerraformResource {
  const role = model.format === 'OpenAI' ? InvokeRole.OPENAI_MODELS : InvokeRole.ALL_MODELS;
  const { principalId, roleScope } = identity;
  if (TerraformStack.of(account) === TerraformStack.of(app)) {
    return account.grantInvoke(principalId, { role });
  }
  applyFirst(account, app);
  return grantRole(roleScope, { role, resourceId: account.accountId, principalId });
}
