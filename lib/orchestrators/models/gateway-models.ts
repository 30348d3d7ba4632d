import { TerraformStack } from 'cdktf';
import {
  modelScopeVariable,
  modelUrlVariable,
  ORCHESTRATOR_ENVIRONMENT,
} from '../../contracts/orchestrator-environment';
import type { ModelGateway } from '../../gateway/model-gateway';
import type { ModelRoute } from '../../gateway/model-route';
import { isSameVersion } from '../../releases/same-version';
import type { EnvironmentVariable } from '../container-app/environment-variable';
import {
  gatewayWantsKeys,
  identityAfterGateway,
  modelDeclaredRetired,
  modelNotOffered,
  modelRetired,
  modelSpelledOtherwise,
} from '../release-errors';
import { applyFirst } from '../stack-order';
import { describeModel, ModelConnection, ModelConsumer, ModelSource, RoleBinding, wantedModel } from './model-source';

const ADVICE = 'deploy that exact version and call gateway.addRoute before the orchestrator is declared';

/** Models behind a gateway: one URL for all of them, and the version in a header. */
export class GatewayModels implements ModelSource {
  public constructor(private readonly gateway: ModelGateway) {}

  public connect(consumer: ModelConsumer): ModelConnection {
    const { app, identity, bindings } = consumer;
    const { gateway } = this;
    const callers = gateway._callers;
    if (callers.kind === 'keys') {
      throw gatewayWantsKeys(consumer.title, gateway.node.path);
    }
    const routes = bindings.map((binding) => this.routeOf(consumer, binding));
    if (identity.isOwn && TerraformStack.of(gateway) !== TerraformStack.of(app)) {
      throw identityAfterGateway(app.node.path, gateway.node.path);
    }
    applyFirst(gateway, app);
    gateway.grantAccess(identity.clientId, [...new Set(routes)]);

    // A gateway admits tokens for any of its audiences.
    const scope = `${callers.audiences[0]!}/.default`;
    const headers = gateway._headers;
    return {
      variables: [
        { name: ORCHESTRATOR_ENVIRONMENT.routeHeader, value: headers.model },
        { name: ORCHESTRATOR_ENVIRONMENT.releaseHeader, value: headers.release },
        ...bindings.flatMap(({ role }): EnvironmentVariable[] => [
          { name: modelUrlVariable(role), value: gateway.url },
          { name: modelScopeVariable(role), value: scope },
        ]),
      ],
      waitFor: gateway._entryPolicies,
    };
  }

  private routeOf(consumer: ModelConsumer, binding: RoleBinding): ModelRoute {
    const wanted = wantedModel(consumer, binding);
    const live = this.gateway.routes.filter(({ isRetired }) => !isRetired);
    const offered = live.map(({ model }) => describeModel(model));
    const route = this.gateway.routes.find(({ model }) => isSameVersion(model, binding.model));
    if (route === undefined) {
      if (this.gateway._isGone(binding.model)) {
        throw modelDeclaredRetired(wanted, this.gateway.node.path, offered);
      }
      throw modelNotOffered(wanted, this.gateway.node.path, ADVICE, offered);
    }
    if (route.isRetired) {
      throw modelRetired(wanted, this.gateway.node.path, offered);
    }
    // The gateway's policy tells routes apart by their exact spelling, which callers send.
    if (route.key !== binding.model.key) {
      throw modelSpelledOtherwise(wanted, this.gateway.node.path, route.key);
    }
    return route;
  }
}
