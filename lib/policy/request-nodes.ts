import type { PolicyNode } from './policy-document';
import { PolicyElement, PolicyValue } from './policy-value';

/** Sends a request of its own and waits for no answer. Children in this order: `set-url`, `set-method`, any `set-header`, `set-body`. */
export interface SendOneWayRequestNode extends PolicyElement {
  readonly kind: 'send-one-way-request';
  /** `copy` begins with headers and body of the request that is being handled. @default new */
  readonly mode?: PolicyValue;
  /** Seconds. @default 60 */
  readonly timeout?: PolicyValue;
  readonly children: readonly PolicyNode[];
}

/** Where a request of its own goes. */
export interface SetUrlNode extends PolicyElement {
  readonly kind: 'set-url';
  readonly url: PolicyValue;
}
