import type { IApiManagementService } from './api-management-service-interface';
import { GatewayAccess } from './gateway-access';
import { GatewayTelemetry } from './gateway-telemetry';

/** Properties of a `ModelGateway`. */
export interface ModelGatewayProps {
  /** The API Management service in which the gateway is made; its identity calls the models. */
  readonly service: IApiManagementService;

  /** How callers prove who they are. */
  readonly access: GatewayAccess;

  /**
   * Begins the names of everything that the gateway has in the service: 1 to 40 lower-case letters, digits and `-`,
   * starting and ending with a letter or digit.
   *
   * Another name makes other APIs, and Azure refuses two with one path: change `path` with it, or do it in two applies.
   *
   * @default 'model-gateway'
   */
  readonly gatewayName?: string;

  /**
   * Path of the gateway in the service, without a slash at either end. The dated API answers at it, the v1 API at `<path>/v1`.
   *
   * @default 'openai'
   */
  readonly path?: string;

  /**
   * Request header that names the model as `name@version`, or an alias; in answers the route that served.
   *
   * @default 'x-ai-model'
   */
  readonly modelHeader?: string;

  /**
   * Request header that names the version where the model header holds the name alone.
   *
   * @default 'x-ai-model-version'
   */
  readonly modelVersionHeader?: string;

  /**
   * Request header in which an orchestrator names its release; it is logged.
   *
   * @default 'x-ai-release'
   */
  readonly releaseHeader?: string;

  /**
   * App role that a caller's token has to carry, for routes that name none: 1 to 120 letters, digits and `_.:/-`.
   *
   * @default 'Models.Invoke'
   */
  readonly defaultAppRole?: string;

  /**
   * Version of the dated inference API for calls that name none, `YYYY-MM-DD` or `YYYY-MM-DD-preview`.
   *
   * @default '2024-10-21'
   * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
   */
  readonly defaultApiVersion?: string;

  /**
   * Seconds until a deployment has sent the headers of its answer, 1 to 240; then the next deployment is tried.
   *
   * Azure's load balancer cuts connections that are idle for four minutes.
   *
   * @default 240
   * @see https://learn.microsoft.com/azure/api-management/forward-request-policy
   */
  readonly timeoutSeconds?: number;

  /**
   * How many deployments of its route one call may try, 1 to 10.
   *
   * @default 3
   */
  readonly maxAttempts?: number;

  /**
   * Whether the Responses API may keep responses (`store`, `previous_response_id`, `conversation`, `GET /responses/{id}`).
   *
   * An account keeps them for whoever calls it: a caller of one route can read, continue and delete the responses of every other
   * caller and route of the account, if it knows or guesses the id. Without it, calls have to say `store: false`.
   *
   * @default false
   */
  readonly storedResponses?: boolean;

  /**
   * Largest body of a request, in bytes, 1 to 2147483647.
   *
   * @default - what API Management and the models take
   */
  readonly maxRequestBytes?: number;

  /**
   * Origins of browsers that may call, for instance `https://chat.contoso.com`.
   *
   * @default - no calls from browsers
   */
  readonly corsOrigins?: string[];

  /**
   * Where calls are reported, with the version that served them.
   *
   * @default - calls are not reported
   */
  readonly telemetry?: GatewayTelemetry;

  /**
   * Audience of the tokens with which the service calls models.
   *
   * @default 'https://cognitiveservices.azure.com'
   */
  readonly modelAudience?: string;
}
