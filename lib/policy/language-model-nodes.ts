import { PolicyElement, PolicyValue } from './policy-value';

/** A rate (429 beyond it), a quota (403 beyond it), or both. The two names are one policy. */
export interface LlmTokenLimitNode extends PolicyElement {
  readonly kind: 'llm-token-limit' | 'azure-openai-token-limit';
  readonly counterKey: PolicyValue;
  readonly tokensPerMinute?: PolicyValue;
  readonly tokenQuota?: PolicyValue;
  /** `Hourly`, `Daily`, `Weekly`, `Monthly` or `Yearly`; together with `tokenQuota`. */
  readonly tokenQuotaPeriod?: PolicyValue;
  readonly estimatePromptTokens: PolicyValue;
  /** `auto`, `chat-completion`, `completion` or `embeddings`. @default auto */
  readonly promptType?: PolicyValue;
  /** @default false */
  readonly ignorePrompt?: PolicyValue;
  readonly retryAfterHeaderName?: PolicyValue;
  readonly retryAfterVariableName?: PolicyValue;
  readonly remainingTokensHeaderName?: PolicyValue;
  readonly remainingTokensVariableName?: PolicyValue;
  readonly remainingQuotaTokensHeaderName?: PolicyValue;
  readonly remainingQuotaTokensVariableName?: PolicyValue;
  readonly tokensConsumedHeaderName?: PolicyValue;
  readonly tokensConsumedVariableName?: PolicyValue;
}

/** Answers from the cache when an earlier prompt is close enough. The two names are one policy. */
export interface LlmSemanticCacheLookupNode extends PolicyElement {
  readonly kind: 'llm-semantic-cache-lookup' | 'azure-openai-semantic-cache-lookup';
  /** 0.0 to 1.0: how far apart two prompts may be. */
  readonly scoreThreshold: PolicyValue;
  readonly embeddingsBackendId: PolicyValue;
  /** `system-assigned` or `header`. @default system-assigned */
  readonly embeddingsBackendAuth?: PolicyValue;
  readonly ignoreSystemMessages?: PolicyValue;
  readonly maxMessageCount?: PolicyValue;
  readonly cacheId?: PolicyValue;
  /** Partitions of the cache; without the model version, an answer of one version is served for another. */
  readonly varyBy: readonly PolicyValue[];
}

/** The two names are one policy. */
export interface LlmSemanticCacheStoreNode extends PolicyElement {
  readonly kind: 'llm-semantic-cache-store' | 'azure-openai-semantic-cache-store';
  /** Seconds. */
  readonly duration: PolicyValue;
  readonly cacheId?: PolicyValue;
}

/** Has Azure AI Content Safety look at prompts, and at completions where it is told to; what it blocks is answered 403. */
export interface LlmContentSafetyNode extends PolicyElement {
  readonly kind: 'llm-content-safety';
  /** The backend of the Content Safety resource. */
  readonly backendId: PolicyValue;
  /** Whether attacks on the prompt are looked for. @default false */
  readonly shieldPrompt?: PolicyValue;
  /** Whether completions are looked at, too. @default false */
  readonly enforceOnCompletions?: PolicyValue;
  /** Characters of each piece that is looked at. */
  readonly windowSize?: PolicyValue;
  readonly windowOverlapSize?: PolicyValue;
  /** `FourSeverityLevels` or `EightSeverityLevels`. @default FourSeverityLevels */
  readonly outputType?: PolicyValue;
  readonly categories: readonly ContentCategory[];
  /** Identifiers of blocklists. */
  readonly blocklists: readonly PolicyValue[];
}

export interface ContentCategory {
  /** `Hate`, `SelfHarm`, `Sexual` or `Violence`. */
  readonly name: PolicyValue;
  /** The severity from which content is blocked: 0 to 7. */
  readonly threshold: PolicyValue;
}
