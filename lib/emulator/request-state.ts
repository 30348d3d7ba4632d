import { PolicyDocument, PolicySection } from '../policy/policy-document';
import { Value } from './csharp/values';
import { PolicyError } from './errors';
import { GatewaySubscription } from './gateway-definition';
import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { MatchedOperation } from './operation-match';
import { TokenUse } from './token-use';

/** The request as the policies see and change it. */
export interface RequestMessage {
  method: string;
  /** As the caller sent it. */
  readonly originalUrl: URL;
  /** Below the backend's URL, with a slash before it. */
  path: string;
  query: URLSearchParams;
  readonly headers: HeaderBag;
  /** Undefined when the request has none. */
  body: MessageBody | undefined;
  readonly ipAddress: string;
}

export interface ResponseMessage {
  status: number;
  reason: string;
  headers: HeaderBag;
  body: MessageBody;
  /** Chunks go on as they come. */
  streamed: boolean;
}

/** Name and policy of a scope. */
export interface PolicyScope {
  readonly name: 'global' | 'api' | 'operation';
  readonly document: PolicyDocument;
}

/** One step that a request took. */
export interface TraceEntry {
  readonly section: PolicySection;
  readonly scope: PolicyScope['name'];
  readonly policy: string;
  readonly detail: string;
}

/** Everything that belongs to one request on its way through the pipeline. */
export interface RequestState {
  readonly request: RequestMessage;
  response: ResponseMessage | undefined;
  readonly variables: Map<string, Value>;
  lastError: (PolicyError & { section?: PolicySection; scope?: string; path?: string; policyId?: string }) | undefined;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly matched: MatchedOperation;
  readonly subscription: GatewaySubscription | undefined;
  backend: { readonly id: string } | { readonly url: string } | undefined;
  /** Headers that `cors` gives the answer, whatever it will be. */
  readonly crossOriginHeaders: HeaderBag;
  readonly tokenUse: TokenUse;
  /** Ends work for a caller who is gone. */
  readonly signal: AbortSignal;
  readonly trace: TraceEntry[];
}
