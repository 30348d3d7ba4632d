import { PolicyElement, PolicyValue } from './policy-value';

/** A literal value is always a `System.String`; an expression keeps its type. */
export interface SetVariableNode extends PolicyElement {
  readonly kind: 'set-variable';
  readonly name: PolicyValue;
  readonly value: PolicyValue;
}

export interface SetHeaderNode extends PolicyElement {
  readonly kind: 'set-header';
  readonly name: PolicyValue;
  /** `override`, `skip`, `append` or `delete`. @default override */
  readonly existsAction?: PolicyValue;
  /** None when the header is deleted. */
  readonly values: readonly PolicyValue[];
}

export interface SetQueryParameterNode extends PolicyElement {
  readonly kind: 'set-query-parameter';
  readonly name: PolicyValue;
  /** `override`, `skip`, `append` or `delete`. @default override */
  readonly existsAction?: PolicyValue;
  /** None when the parameter is deleted. */
  readonly values: readonly PolicyValue[];
}

export interface SetBodyNode extends PolicyElement {
  readonly kind: 'set-body';
  /** `none`, or `liquid` for a body that is a template. @default none */
  readonly template?: PolicyValue;
  /** `blank` or `null`: how a template sees elements marked `xsi:nil`. @default blank */
  readonly xsiNil?: PolicyValue;
  readonly parseDate?: PolicyValue;
  readonly htmlDecodeExpression?: PolicyValue;
  readonly body: PolicyValue;
}

export interface SetMethodNode extends PolicyElement {
  readonly kind: 'set-method';
  readonly method: PolicyValue;
}

export interface SetStatusNode extends PolicyElement {
  readonly kind: 'set-status';
  readonly code: PolicyValue;
  readonly reason?: PolicyValue;
}

export interface RewriteUriNode extends PolicyElement {
  readonly kind: 'rewrite-uri';
  readonly template: PolicyValue;
  /** Whether query parameters that the template does not name are kept. @default true */
  readonly copyUnmatchedParams?: PolicyValue;
}

/** Exactly one of `backendId` and `baseUrl` is given. */
export interface SetBackendServiceNode extends PolicyElement {
  readonly kind: 'set-backend-service';
  readonly backendId?: PolicyValue;
  readonly baseUrl?: PolicyValue;
}

export interface ForwardRequestNode extends PolicyElement {
  readonly kind: 'forward-request';
  readonly httpVersion?: PolicyValue;
  /** Seconds until the response's headers. @default 300 */
  readonly timeout?: PolicyValue;
  /** Milliseconds; instead of `timeout`. */
  readonly timeoutMs?: PolicyValue;
  /** Seconds to wait for a `100 Continue`. */
  readonly continueTimeout?: PolicyValue;
  /** @default false */
  readonly followRedirects?: PolicyValue;
  /** Needed to send a body again. @default false */
  readonly bufferRequestBody?: PolicyValue;
  /** False lets server-sent events through as they come. @default true */
  readonly bufferResponse?: PolicyValue;
  /** Whether statuses 400 to 599 jump to `on-error`. @default false */
  readonly failOnErrorStatusCode?: PolicyValue;
}

export interface CacheLookupValueNode extends PolicyElement {
  readonly kind: 'cache-lookup-value';
  readonly key: PolicyValue;
  readonly variableName: PolicyValue;
  /** The variable's value when the key is not cached. @default the variable is not set */
  readonly defaultValue?: PolicyValue;
  /** `prefer-external`, `internal` or `external`. @default prefer-external */
  readonly cachingType?: PolicyValue;
}

export interface CacheStoreValueNode extends PolicyElement {
  readonly kind: 'cache-store-value';
  readonly key: PolicyValue;
  readonly value: PolicyValue;
  /** Seconds. */
  readonly duration: PolicyValue;
  /** `prefer-external`, `internal` or `external`. @default prefer-external */
  readonly cachingType?: PolicyValue;
}

export interface CacheRemoveValueNode extends PolicyElement {
  readonly kind: 'cache-remove-value';
  readonly key: PolicyValue;
  /** `prefer-external`, `internal` or `external`. @default prefer-external */
  readonly cachingType?: PolicyValue;
}
