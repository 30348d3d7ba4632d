import { isWholeNumber } from '../contracts/whole-number';
import { GatewayTier, missingPolicies } from '../policy/policy-limits';
import {
  contentCategoryInvalid,
  contentSafetyBackendInvalid,
  embeddingsNotDated,
  numberInvalid,
  optionNotOffered,
  scoreThresholdInvalid,
  tokenLimitMissing,
} from './errors';
import { isBackendId, isContentCategory } from './gateway-names';
import { RouteContentSafety, RouteSemanticCache, RouteTokenLimit, TokenQuotaPeriod } from './model-route-options';
import { ContentSafety, TokenLimit } from './policy/route-policies';
import { tieredDeployments } from './route-members';

const MOST_TOKENS = 2 ** 31 - 1;
const LONGEST_CACHE_SECONDS = 86_400;
const USUAL_CACHE_SECONDS = 120;
const HIGHEST_SEVERITY = 7;

/** @throws if the limit says nothing, or the tier has no token limits */
export function checkedTokenLimit(path: string, limit: RouteTokenLimit, tier: GatewayTier): TokenLimit {
  const { tokensPerMinute, tokenQuota, tokenQuotaPeriod, estimatePromptTokens = true } = limit;
  if (missingPolicies[tier].includes('llm-token-limit')) {
    throw optionNotOffered(path, 'tokenLimit');
  }
  if (tokensPerMinute === undefined && tokenQuota === undefined) {
    throw tokenLimitMissing(path);
  }
  for (const [property, value] of Object.entries({ tokensPerMinute, tokenQuota })) {
    if (value !== undefined && !isWholeNumber(value, 1, MOST_TOKENS)) {
      throw numberInvalid(path, `tokenLimit.${property}`, value, 1, MOST_TOKENS);
    }
  }
  return {
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    ...(tokenQuota !== undefined && { tokenQuota, tokenQuotaPeriod: tokenQuotaPeriod ?? TokenQuotaPeriod.MONTHLY }),
    estimatePromptTokens,
  };
}

/** @throws if the embeddings cannot be called, or a number is out of its range */
export function checkedSemanticCache(path: string, cache: RouteSemanticCache): Required<RouteSemanticCache> {
  const { embeddings, scoreThreshold, durationSeconds = USUAL_CACHE_SECONDS } = cache;
  tieredDeployments(path, embeddings, {});
  if (embeddings.model.format !== 'OpenAI') {
    throw embeddingsNotDated(path, embeddings.node.path, embeddings.model.format);
  }
  if (typeof scoreThreshold !== 'number' || !(scoreThreshold > 0 && scoreThreshold <= 1)) {
    throw scoreThresholdInvalid(path, scoreThreshold);
  }
  if (!isWholeNumber(durationSeconds, 1, LONGEST_CACHE_SECONDS)) {
    throw numberInvalid(path, 'semanticCache.durationSeconds', durationSeconds, 1, LONGEST_CACHE_SECONDS);
  }
  return { embeddings, scoreThreshold, durationSeconds };
}

/** @throws if the backend's name or a category cannot be one, or the tier has no content safety */
export function checkedContentSafety(path: string, safety: RouteContentSafety, tier: GatewayTier): ContentSafety {
  const { backendId, shieldPrompt = true, categories = [] } = safety;
  if (missingPolicies[tier].includes('llm-content-safety')) {
    throw optionNotOffered(path, 'contentSafety');
  }
  if (!isBackendId(backendId)) {
    throw contentSafetyBackendInvalid(path, backendId);
  }
  const names = categories.map(({ name }) => name);
  for (const [index, { name, threshold }] of categories.entries()) {
    if (!isContentCategory(name) || names.indexOf(name) < index) {
      throw contentCategoryInvalid(path, name);
    }
    if (!isWholeNumber(threshold, 0, HIGHEST_SEVERITY)) {
      throw numberInvalid(path, `threshold of ${name}`, threshold, 0, HIGHEST_SEVERITY);
    }
  }
  return { backendId, shieldPrompt, categories };
}
