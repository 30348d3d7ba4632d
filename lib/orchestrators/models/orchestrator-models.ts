import { Token } from 'cdktf';
import type { ModelDeployment } from '../../accounts/model-deployment';
import { isModelAudience } from '../../gateway/gateway-names';
import type { ModelGateway } from '../../gateway/model-gateway';
import { deploymentsMissing, modelAudienceInvalid } from '../release-errors';
import { DirectModels } from './direct-models';
import { GatewayModels } from './gateway-models';
import type { ModelSource } from './model-source';

/** Options of `OrchestratorModels.direct`. */
export interface DirectModelsOptions {
  /**
   * Audience of the tokens with which models are called; other clouds than the public one have their own.
   *
   * @default 'https://cognitiveservices.azure.com'
   */
  readonly modelAudience?: string;
}

/**
 * Where orchestrators find the models of their releases: always a deployment of exactly the version that the release is bound to.
 */
export class OrchestratorModels {
  /**
   * Through a gateway, whose routes have to offer every version. The app's identity is given access to those routes.
   *
   * The gateway's callers have Microsoft Entra tokens; one with subscription keys is refused, because an orchestrator holds no key.
   *
   * @param gateway - the gateway; its routes have to be there before an orchestrator is declared
   */
  public static throughGateway(gateway: ModelGateway): OrchestratorModels {
    return new OrchestratorModels(new GatewayModels(gateway));
  }

  /**
   * Without a gateway. The app's identity is given the role to call the models of each account.
   *
   * @param deployments - the deployments, one for each version that a release is bound to; more do no harm
   * @param options - what else is known of them
   * @throws if there are none, or the audience cannot be one
   */
  public static direct(deployments: ModelDeployment[], options: DirectModelsOptions = {}): OrchestratorModels {
    const { modelAudience = 'https://cognitiveservices.azure.com' } = options;
    if (!Array.isArray(deployments) || deployments.length === 0) {
      throw deploymentsMissing();
    }
    if (Token.isUnresolved(modelAudience) || !isModelAudience(modelAudience)) {
      throw modelAudienceInvalid(modelAudience);
    }
    return new OrchestratorModels(new DirectModels([...new Set(deployments)], modelAudience.replace(/\/$/, '')));
  }

  /** @internal */
  public readonly _source: ModelSource;

  private constructor(source: ModelSource) {
    this._source = source;
  }
}
