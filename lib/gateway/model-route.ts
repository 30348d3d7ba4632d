import { ApiManagementBackend } from '@cdktf/provider-azurerm/lib/api-management-backend';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import type { ModelDeployment } from '../accounts/model-deployment';
import { ModelVersion } from '../accounts/model-version';
import { enrol } from '../guard/enrol';
import type { IApiManagementService } from './api-management-service-interface';
import { addDeploymentBackend, BackendUse } from './deployment-backend';
import { grantModelAccess } from './model-access';
import { RoutePolicies } from './policy/route-policies';
import { RouteMember } from './policy/routing-table';
import { TieredDeployment } from './route-members';

/** What the gateway itself adds to the options of a route, all of it checked. */
interface ModelRouteProps {
  readonly service: IApiManagementService;
  readonly gatewayName: string;
  readonly members: readonly TieredDeployment[];
  readonly appRole: string;
  readonly isRetired: boolean;
  readonly successor?: ModelVersion;
  readonly policies: Omit<RoutePolicies, 'semanticCache'>;
  readonly semanticCache?: {
    readonly embeddings: ModelDeployment;
    readonly scoreThreshold: number;
    readonly durationSeconds: number;
  };
}

/** The way of a gateway to the deployments of one exact model version; made by `addRoute`. */
export class ModelRoute extends Construct {
  /**
   * Called by the gateway that the route belongs to.
   *
   * @internal
   */
  public static _create(gateway: Construct, props: ModelRouteProps): ModelRoute {
    return new ModelRoute(gateway, props);
  }

  /** `name@version`: what callers send in the model header. */
  public readonly key: string;

  /** The model version that the route serves. */
  public readonly model: ModelVersion;

  /** The deployments that serve it, in the order in which they are tried. */
  public readonly deployments: ModelDeployment[];

  /** Whether callers are answered that the version is gone. */
  public readonly isRetired: boolean;

  /** App role that a caller's token has to carry. */
  public readonly appRole: string;

  /** @internal */
  public readonly _successor?: ModelVersion;

  /** @internal */
  public readonly _members: readonly RouteMember[];

  /** @internal */
  public readonly _policies: RoutePolicies;

  /** @internal */
  public readonly _backends: ApiManagementBackend[] = [];

  /**
   * What lets the service call the deployments.
   *
   * @internal
   */
  public readonly _modelAccess: RoleAssignment[] = [];

  private constructor(gateway: Construct, props: ModelRouteProps) {
    super(gateway, props.members[0]!.deployment.routeKey);
    enrol(this);
    const { service, gatewayName, members, semanticCache } = props;
    this.model = members[0]!.deployment.model;
    this.key = this.model.key;
    this.deployments = members.map(({ deployment }) => deployment);
    this.isRetired = props.isRetired;
    this.appRole = props.appRole;
    this._successor = props.successor;

    const breaks = members.length > 1 && service.sku._tier !== 'consumption';
    const backendId = (deployment: ModelDeployment, use: BackendUse): string => {
      const backend = addDeploymentBackend(this, { service, gatewayName, deployment, use, breaks });
      this._backends.push(backend);
      return backend.nameInput!;
    };
    this._members = members.map(({ deployment, tier, weight }) => ({
      datedBackendId: this._isDated ? backendId(deployment, 'dated') : '',
      v1BackendId: backendId(deployment, 'v1'),
      deploymentName: deployment.deploymentName,
      tier,
      weight,
    }));
    this._policies = {
      ...props.policies,
      ...(semanticCache !== undefined && {
        semanticCache: {
          scoreThreshold: semanticCache.scoreThreshold,
          durationSeconds: semanticCache.durationSeconds,
          embeddingsBackendId: backendId(semanticCache.embeddings, 'embeddings'),
        },
      }),
    };
    for (const deployment of [
      ...this.deployments,
      ...(semanticCache === undefined ? [] : [semanticCache.embeddings]),
    ]) {
      this._modelAccess.push(grantModelAccess(gateway, service, deployment));
    }
  }

  /**
   * Whether the deployments answer on the dated surface; Azure serves models of other formats on `/openai/v1` alone.
   *
   * @internal
   */
  public get _isDated(): boolean {
    return this.model.format === 'OpenAI';
  }
}
