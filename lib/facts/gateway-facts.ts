import { Attribute } from './attribute';
import { DeploymentFact, ResourceOrigin } from './facts';

/** What a configuration says about gateways to models on Azure API Management. */
export interface GatewayFacts {
  /** APIs whose calls reach models. */
  readonly apis: readonly GatewayApiFact[];
  readonly routes: readonly RouteFact[];
  /** Names in policies that no resource of the stack declares. */
  readonly missing: readonly MissingName[];
  /** What decides where calls go and cannot be read. */
  readonly unread: readonly UnreadRouting[];
  /** Keys with which the gateway proves itself to models. */
  readonly keys: readonly KeyUse[];
}

/** A part of a policy. */
export interface PolicyPlace {
  readonly origin: ResourceOrigin;
  /** Attribute that holds the policy. */
  readonly path: string;
  /** Place in the policy, for instance `backend/choose[0]/when[2]`; left out for the policy as a whole. */
  readonly place?: string;
}

/** What one policy does with calls for which it compares a header, or a variable, with certain texts. */
export interface RouteFact extends PolicyPlace {
  /** The API Management service: its address, where the stack declares it; else its name, or the expression that leads to it. */
  readonly service: string;
  readonly place: string;
  /** `name@version` where the comparison says both; else the compared texts, divided by commas. */
  readonly key: string;
  /** Names that stand for the key. */
  readonly aliases: readonly string[];
  /** True where such calls are answered without any model, on purpose. */
  readonly answersItself: boolean;
  /** Set where such calls are answered with 410 because the model is gone. */
  readonly retired?: RetiredRouteFact;
  readonly targets: readonly RouteTarget[];
  /** True where a part of the policy that cannot be read, or that runs for all calls, may choose a target as well. */
  readonly mayHaveOtherTargets: boolean;
}

/** A route that is kept to tell callers that its model is gone. */
export interface RetiredRouteFact {
  /** Key of the route that callers are told to use. */
  readonly successor?: string;
}

/** Where a route sends calls. */
export interface RouteTarget {
  readonly place: string;
  /** Which targets are tried first, 0 for those; `undefined` where the policy does not list them in an order. */
  readonly tier?: number;
  /** How many calls it gets, in proportion to the others of its tier. */
  readonly weight?: number;
  /** Name of the backend, where the policy uses one. */
  readonly backendId?: string;
  /** Address of the resource that declares the backend, where one of the stack does. */
  readonly backend?: string;
  /** As far as it can be read. */
  readonly url?: string;
  /** Name of the model deployment, where it can be read. */
  readonly deployment?: string;
  /** Address of the account, where the stack declares it. */
  readonly account?: string;
  /** The deployment itself, where the stack declares it. */
  readonly serves?: DeploymentFact;
  /** Set where the account is declared here and its deployments do not include the one that is named. */
  readonly lacksDeployment?: 'certainly' | 'perhaps';
}

export interface MissingName extends PolicyPlace {
  readonly kind: 'backend' | 'fragment';
  readonly name: string;
  /** Whether the stack declares the API Management service, so that nothing else should add to it. */
  readonly isServiceDeclared: boolean;
}

export interface UnreadRouting extends PolicyPlace {
  /** Why it cannot be read, as a sentence about the policy. */
  readonly reason: string;
}

export interface KeyUse {
  readonly origin: ResourceOrigin;
  readonly path: string;
  /** What holds the key, for instance `the header 'api-key'`. */
  readonly carrier: string;
  readonly place?: string;
}

export interface GatewayApiFact {
  readonly origin: ResourceOrigin;
  /** `true` or `false`; absent is what the provider makes `true`. */
  readonly subscriptionRequired: Attribute;
  /** Headers by which its policies tell versions apart, in lower case. */
  readonly versionHeaders: readonly string[];
  /** Whether a `trace` or metric of its policies holds what they tell versions apart by. */
  readonly emitsVersion: boolean;
  /** Diagnostics of the API or of the whole service. */
  readonly diagnostics: readonly DiagnosticFact[];
  /** Whether the stack declares the API Management service. */
  readonly isServiceDeclared: boolean;
}

export interface DiagnosticFact {
  readonly address: string;
  /** Headers of callers and answers that are logged, in lower case; `undefined` where they cannot be read. */
  readonly headers?: readonly string[];
}
