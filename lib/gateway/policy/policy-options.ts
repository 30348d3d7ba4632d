import { GatewayTier } from '../../policy/policy-limits';

/** What holds for every route of a gateway. */
export interface GatewayPolicyOptions {
  /** Prefix of the names that the gateway gives. */
  readonly name: string;
  readonly headers: GatewayHeaders;
  readonly access: CallerAccess;
  readonly identity: ModelIdentity;
  readonly tier: GatewayTier;
  /** Version of the dated API where the caller names none. */
  readonly defaultApiVersion: string;
  /** Seconds until a model's response headers. */
  readonly timeoutSeconds: number;
  /** How many deployments one call may try. */
  readonly maxAttempts: number;
  /** Whether accounts may keep responses, which every caller of a route of the account can then read. */
  readonly storedResponses: boolean;
  /** Largest body of a request in bytes. */
  readonly maxRequestBytes?: number;
  /** Origins of browsers that may call; none where absent. */
  readonly corsOrigins?: readonly string[];
  /** Whether calls are traced, with the version that served them. */
  readonly traces: boolean;
  /** Namespace of the token metrics; none where absent. */
  readonly tokenMetricsNamespace?: string;
  /** Path of `GET /models`, with a slash before it. */
  readonly modelsPath: string;
}

export interface GatewayHeaders {
  /** `name@version`, or the name alone together with `version`; also says in the answer which route served it. */
  readonly model: string;
  readonly version: string;
  /** Which release of an orchestrator calls. */
  readonly release: string;
  /** In answers: the alias by which the route was asked for. */
  readonly alias: string;
  /** In answers: the deployment that served the call. */
  readonly deployment: string;
  /** In answers: how many deployments were tried. */
  readonly attempts: string;
  /** In answers: the gateway's id of the request. */
  readonly requestId: string;
}

/** How callers prove who they are. */
export type CallerAccess = EntraAccess | KeyAccess;

export interface EntraAccess {
  readonly kind: 'entra';
  readonly tenantId: string;
  readonly audiences: readonly string[];
}

/** Products with subscription keys. */
export interface KeyAccess {
  readonly kind: 'keys';
}

/** The identity with which the gateway calls models. */
export interface ModelIdentity {
  readonly audience: string;
  /** Client id of a user-assigned identity. */
  readonly clientId?: string;
}
