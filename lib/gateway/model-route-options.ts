import type { ModelDeployment } from '../accounts/model-deployment';
import { ModelVersion } from '../accounts/model-version';

/** A deployment that shares the calls of a route with the first one. */
export interface BalancedDeployment {
  /** Another deployment of the route's model version. */
  readonly deployment: ModelDeployment;

  /**
   * Share of the calls, 1 to 100, in relation to the weights of the others.
   *
   * @default 1
   */
  readonly weight?: number;
}

/**
 * How many tokens one caller may use on a route; at least one of the limits is given. Not in the Consumption tier.
 *
 * @see https://learn.microsoft.com/azure/api-management/llm-token-limit-policy
 */
export interface RouteTokenLimit {
  /**
   * Tokens that a caller may use in a minute, 1 to 2147483647.
   *
   * @default - no limit by the minute
   */
  readonly tokensPerMinute?: number;

  /**
   * Tokens that a caller may use in `tokenQuotaPeriod`, 1 to 2147483647.
   *
   * @default - no quota
   */
  readonly tokenQuota?: number;

  /**
   * The time for which the quota is.
   *
   * @default TokenQuotaPeriod.MONTHLY
   */
  readonly tokenQuotaPeriod?: TokenQuotaPeriod;

  /**
   * Whether the tokens of a prompt are estimated before the model is called, so that a call beyond the limit is not sent.
   *
   * @default true
   */
  readonly estimatePromptTokens?: boolean;
}

/** Time after which a token quota starts anew. */
export enum TokenQuotaPeriod {
  /** An hour. */
  HOURLY = 'Hourly',
  /** A day. */
  DAILY = 'Daily',
  /** A week. */
  WEEKLY = 'Weekly',
  /** A month. */
  MONTHLY = 'Monthly',
  /** A year. */
  YEARLY = 'Yearly',
}

/**
 * Answers of a route given again for prompts of the same meaning, to the same caller and never across versions.
 *
 * The service needs an external cache with RediSearch (`azurerm_api_management_redis_cache`).
 *
 * @see https://learn.microsoft.com/azure/api-management/azure-openai-enable-semantic-caching
 */
export interface RouteSemanticCache {
  /** A deployment of an embedding model, by which prompts are compared; the gateway's identity is given access to it. */
  readonly embeddings: ModelDeployment;

  /** How far prompts may differ, more than 0 and at most 1; the smaller, the more alike they have to be. */
  readonly scoreThreshold: number;

  /**
   * How long an answer is kept, in seconds, 1 to 86400.
   *
   * @default 120
   */
  readonly durationSeconds?: number;
}

/** What Azure AI Content Safety looks for in prompts. */
export interface ContentSafetyCategory {
  /** `Hate`, `Violence`, `Sexual` or `SelfHarm`. */
  readonly name: string;

  /** Severity from which a prompt is refused, 0 to 7. */
  readonly threshold: number;
}

/**
 * A check of the prompts of a route by Azure AI Content Safety, before the model is called. Not in the Consumption tier.
 *
 * @see https://learn.microsoft.com/azure/api-management/llm-content-safety-policy
 */
export interface RouteContentSafety {
  /**
   * Name of a backend of the service that leads to a Content Safety resource and carries a managed identity.
   *
   * It is made outside of this construct, because the azurerm provider cannot give a backend an identity
   * (https://github.com/hashicorp/terraform-provider-azurerm/issues/31042). Azure refuses the policy if it does not exist.
   */
  readonly backendId: string;

  /**
   * Whether prompts are searched for attacks on the model.
   *
   * @default true
   */
  readonly shieldPrompt?: boolean;

  /**
   * Categories of harm that are looked for, each once.
   *
   * @default - none
   */
  readonly categories?: ContentSafetyCategory[];
}

/** What a route is besides its first deployment. */
export interface ModelRouteOptions {
  /**
   * Share of the calls that the first deployment gets, 1 to 100, in relation to the weights in `balanced`.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * Deployments of the same model version that share the calls with the first one. Among them provisioned deployments are
   * tried before the others, which take what does not fit.
   *
   * @default - the first deployment gets all calls
   */
  readonly balanced?: BalancedDeployment[];

  /**
   * Deployments of the same model version that are tried one after another when those before them cannot serve a call.
   * Provisioned deployments are tried before all others.
   *
   * @default - none
   */
  readonly failover?: ModelDeployment[];

  /**
   * App role that a caller's token has to carry: 1 to 120 letters, digits and `_.:/-`; without effect for callers with keys.
   *
   * @default - the gateway's `defaultAppRole`
   */
  readonly appRole?: string;

  /**
   * Whether the version is gone for callers: they are answered 410, while its backends stay for one more apply.
   * With the next one leave out the route, or declare it with `addRetiredRoute`.
   *
   * @default false
   */
  readonly retired?: boolean;

  /**
   * The version that callers are told to go to; they are never sent there.
   *
   * @default - what the catalogue names as the replacement, if anything
   */
  readonly successor?: ModelVersion;

  /**
   * How many tokens one caller may use on the route.
   *
   * @default - no limit
   */
  readonly tokenLimit?: RouteTokenLimit;

  /**
   * Whether answers are given again for prompts of the same meaning.
   *
   * @default - every call reaches a deployment
   */
  readonly semanticCache?: RouteSemanticCache;

  /**
   * Whether prompts are checked by Azure AI Content Safety.
   *
   * @default - by the content filters of the deployments alone
   */
  readonly contentSafety?: RouteContentSafety;
}

/** What is said of a version that the gateway does not serve any more. */
export interface RetiredRouteOptions {
  /**
   * The version that callers are told to go to; they are never sent there.
   *
   * @default - what the catalogue names as the replacement, if anything
   */
  readonly successor?: ModelVersion;

  /**
   * First day on which the version did not answer any more, `YYYY-MM-DD`.
   *
   * @default - the date in the catalogue, if there is one
   */
  readonly retiredOn?: string;
}
