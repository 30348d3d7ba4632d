import { AuthenticationManagedIdentityNode, CorsNode, ValidateAzureAdTokenNode } from './access-nodes';
import {
  LlmContentSafetyNode,
  LlmSemanticCacheLookupNode,
  LlmSemanticCacheStoreNode,
  LlmTokenLimitNode,
} from './language-model-nodes';
import {
  CacheLookupValueNode,
  CacheRemoveValueNode,
  CacheStoreValueNode,
  ForwardRequestNode,
  RewriteUriNode,
  SetBackendServiceNode,
  SetBodyNode,
  SetHeaderNode,
  SetMethodNode,
  SetQueryParameterNode,
  SetStatusNode,
  SetVariableNode,
} from './message-nodes';
import { PolicyElement, PolicyValue } from './policy-value';
import { SendOneWayRequestNode, SetUrlNode } from './request-nodes';
import { EmitMetricNode, LlmEmitTokenMetricNode, TraceNode } from './telemetry-nodes';

export * from './access-nodes';
export * from './language-model-nodes';
export * from './message-nodes';
export * from './policy-value';
export * from './request-nodes';
export * from './telemetry-nodes';

/**
 * An API Management policy as an immutable tree: the elements that an LLM gateway uses are typed, every other one is
 * kept as it is. `kind` is the element's name; a property is the attribute's name in camel case (`backend-id` is
 * `backendId`). Elements and attributes are those of API Management's own schemas,
 * https://github.com/microsoft/vscode-apimanagement/tree/main/resources/policySchemas, and of
 * https://learn.microsoft.com/azure/api-management/api-management-policies.
 */
export interface PolicyDocument {
  readonly kind: 'policies';
  readonly inbound: readonly PolicyNode[];
  readonly backend: readonly PolicyNode[];
  readonly outbound: readonly PolicyNode[];
  readonly onError: readonly PolicyNode[];
}

/** A policy fragment: root element `fragment`, without sections. */
export interface FragmentDocument {
  readonly kind: 'fragment';
  readonly children: readonly PolicyNode[];
}

/** Pulls in the policy of the broader scope (global, product, API, operation) at this point. */
export interface BaseNode {
  readonly kind: 'base';
}

/** The first `when` whose condition holds wins, else `otherwise`. */
export interface ChooseNode extends PolicyElement {
  readonly kind: 'choose';
  /** At least one. */
  readonly whens: readonly WhenBranch[];
  readonly otherwise?: OtherwiseBranch;
}

export interface WhenBranch {
  readonly kind: 'when';
  readonly condition: PolicyValue;
  readonly children: readonly PolicyNode[];
}

export interface OtherwiseBranch {
  readonly kind: 'otherwise';
  readonly children: readonly PolicyNode[];
}

/** Runs its children once, then again while the condition holds, `count` times at most. */
export interface RetryNode extends PolicyElement {
  readonly kind: 'retry';
  readonly condition: PolicyValue;
  /** 1 to 50. */
  readonly count: PolicyValue;
  /** Seconds, 0 or more. */
  readonly interval: PolicyValue;
  /** Seconds. */
  readonly maxInterval?: PolicyValue;
  /** Seconds by which the interval grows. */
  readonly delta?: PolicyValue;
  /** @default false */
  readonly firstFastRetry?: PolicyValue;
  readonly children: readonly PolicyNode[];
}

/** Ends the pipeline: no later section runs. Children in this order: `set-status`, any `set-header`, `set-body`. */
export interface ReturnResponseNode extends PolicyElement {
  readonly kind: 'return-response';
  readonly responseVariableName?: PolicyValue;
  readonly children: readonly PolicyNode[];
}

export interface IncludeFragmentNode extends PolicyElement {
  readonly kind: 'include-fragment';
  readonly fragmentId: PolicyValue;
}

/** An element without a type of its own, or one that has not the shape of its type: kept as it was read. */
export interface OtherNode {
  readonly kind: 'other';
  readonly name: string;
  readonly attributes: readonly PolicyAttribute[];
  readonly children: readonly PolicyNode[];
  /** Text between the tags; absent when there is none but white space. */
  readonly text?: PolicyValue;
}

export interface PolicyAttribute {
  readonly name: string;
  readonly value: PolicyValue;
}

/** The typed elements. */
export type KnownNode =
  | BaseNode
  | ChooseNode
  | RetryNode
  | ReturnResponseNode
  | IncludeFragmentNode
  | SetVariableNode
  | SetHeaderNode
  | SetQueryParameterNode
  | SetBodyNode
  | SetMethodNode
  | SetStatusNode
  | RewriteUriNode
  | SetBackendServiceNode
  | ForwardRequestNode
  | CacheLookupValueNode
  | CacheStoreValueNode
  | CacheRemoveValueNode
  | AuthenticationManagedIdentityNode
  | ValidateAzureAdTokenNode
  | CorsNode
  | SendOneWayRequestNode
  | SetUrlNode
  | TraceNode
  | EmitMetricNode
  | LlmEmitTokenMetricNode
  | LlmTokenLimitNode
  | LlmContentSafetyNode
  | LlmSemanticCacheLookupNode
  | LlmSemanticCacheStoreNode;

export type PolicyNode = KnownNode | OtherNode;

/** The four sections of a policy, in the order in which they are written. */
export const policySections = ['inbound', 'backend', 'outbound', 'on-error'] as const;

export type PolicySection = (typeof policySections)[number];
