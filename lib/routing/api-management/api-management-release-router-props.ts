import type { IApiManagementService } from '../../gateway/api-management-service-interface';
import { GatewayTelemetry } from '../../gateway/gateway-telemetry';
import { ReleaseRouterProps } from '../release-router-props';
import { RouterAccess } from './router-access';

/** Properties of an `ApiManagementReleaseRouter`. */
export interface ApiManagementReleaseRouterProps extends ReleaseRouterProps {
  /** The API Management service in which the router is made. A gateway of models may lie in the same one. */
  readonly service: IApiManagementService;

  /** How users prove who they are. */
  readonly access: RouterAccess;

  /**
   * Path of the router in the service, without a slash at either end: segments of letters, digits, `_` and `-`.
   *
   * @default 'chat'
   */
  readonly path?: string;

  /**
   * Begins the names of everything that the router has in the service: 1 to 40 lower-case letters, digits and `-`, starting and ending
   * with a letter or digit.
   *
   * @default 'release-router'
   */
  readonly routerName?: string;

  /**
   * HTTP methods that applications use: of GET, POST, PUT, PATCH, DELETE, HEAD and OPTIONS.
   *
   * @default ['GET', 'POST']
   */
  readonly methods?: string[];

  /**
   * Whether everybody is sent to the stable release. In an emergency an operator sets the named value `<routerName>-kill-switch` to
   * `on`, which acts within a minute and is drift until this is `true`.
   *
   * @default false
   */
  readonly killSwitch?: boolean;

  /**
   * Seconds until a release has sent the headers of its answer, 1 to 240. Azure's load balancer cuts connections that are idle for
   * four minutes.
   *
   * @default 240
   * @see https://learn.microsoft.com/azure/api-management/forward-request-policy
   */
  readonly timeoutSeconds?: number;

  /**
   * Whether releases get the caller's header `Authorization`, for instance to call others on behalf of the user. With it, an
   * orchestrator can do whatever its caller may.
   *
   * @default false
   */
  readonly forwardAuthorization?: boolean;

  /**
   * Origins of browsers that may call, for instance `https://chat.contoso.com`.
   *
   * @default - no calls from browsers of other sites
   */
  readonly corsOrigins?: string[];

  /**
   * Where calls are reported, with the release that served them; `tokenMetricsNamespace` is for gateways alone.
   *
   * @default - calls are not reported
   */
  readonly telemetry?: GatewayTelemetry;
}
