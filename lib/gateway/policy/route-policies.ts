/** What a route adds to its calls. */
export interface RoutePolicies {
  readonly tokenLimit?: TokenLimit;
  readonly semanticCache?: SemanticCache;
  readonly contentSafety?: ContentSafety;
}

export interface TokenLimit {
  readonly tokensPerMinute?: number;
  readonly tokenQuota?: number;
  readonly tokenQuotaPeriod?: string;
  readonly estimatePromptTokens: boolean;
}

export interface SemanticCache {
  readonly scoreThreshold: number;
  readonly durationSeconds: number;
  readonly embeddingsBackendId: string;
}

export interface ContentSafety {
  readonly backendId: string;
  readonly shieldPrompt: boolean;
  readonly categories: readonly { readonly name: string; readonly threshold: number }[];
}
