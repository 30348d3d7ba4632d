import { FragmentDocument, PolicyDocument } from '../policy/policy-document';
import { CircuitBreakerRule } from './circuit-breaker';

/** An API Management instance, as far as the emulator runs it. */
export interface GatewayDefinition {
  readonly apis: readonly GatewayApi[];
  /** Policy of the global scope. @default one that only forwards the request */
  readonly policy?: PolicyDocument;
  readonly fragments?: ReadonlyMap<string, FragmentDocument>;
  readonly backends?: ReadonlyMap<string, GatewayBackend>;
  /** What `{{name}}` stands for. */
  readonly namedValues?: ReadonlyMap<string, string>;
  readonly subscriptions?: readonly GatewaySubscription[];
  /** Name of the instance, `context.Deployment.ServiceName`. @default emulator */
  readonly serviceName?: string;
  /** `context.Deployment.Region`. @default local */
  readonly region?: string;
}

export interface GatewayApi {
  readonly id: string;
  /** @default the id */
  readonly name?: string;
  /** The part of the path that all its operations share, without slashes around it; may be empty. */
  readonly path: string;
  readonly operations: readonly GatewayOperation[];
  readonly policy?: PolicyDocument;
  /** Where requests go unless a policy says otherwise. */
  readonly serviceUrl?: string;
  readonly version?: string;
  /** @default false */
  readonly subscriptionRequired?: boolean;
  /** @default Ocp-Apim-Subscription-Key */
  readonly subscriptionKeyHeader?: string;
  /** @default subscription-key */
  readonly subscriptionKeyQueryParameter?: string;
}

export interface GatewayOperation {
  readonly id: string;
  /** @default the id */
  readonly name?: string;
  /** In capitals; `*` for every method. */
  readonly method: string;
  /** Below the API's path, for instance `/deployments/{deployment}/chat/completions` or `/{*path}`. */
  readonly urlTemplate: string;
  readonly policy?: PolicyDocument;
}

export interface GatewayBackend {
  readonly url: string;
  readonly circuitBreaker?: CircuitBreakerRule;
}

export interface GatewaySubscription {
  readonly id: string;
  readonly key: string;
  readonly name?: string;
  readonly productId?: string;
}
