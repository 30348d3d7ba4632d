import { LlmTokenLimitNode } from '../policy/language-model-nodes';
import { PolicyValue } from '../policy/policy-value';
import { Int32 } from './csharp/values';
import {
  attributeInvalid,
  backendConnectionFailure,
  PolicyError,
  tokenQuotaExceeded,
  tokenRateExceeded,
} from './errors';
import { RequestValues } from './policy-runtime';
import { ResponseMessage } from './request-state';
import { CompletionCounter, estimateTokens, jsonObject, promptText, reportedTokens } from './token-count';
import { QuotaPeriod, quotaPeriods } from './token-counters';
import { AppliedTokenLimit, TokenLimit } from './token-use';

/**
 * `llm-token-limit` in inbound: refuses what is beyond the limit, and counts the prompt in advance where it is estimated.
 *
 * @throws PolicyError 429 over the rate, 403 over the quota
 */
export async function limitTokens(values: RequestValues, node: LlmTokenLimitNode): Promise<string> {
  const limit = await appliedLimit(values, node);
  const { estimate, rate, quota } = limit;
  const { tokenUse } = values.state;
  const exceeds = ({ counter, most }: TokenLimit): boolean =>
    counter.used(most) + Math.max(0, estimate - tokenUse.countedIn(counter)) > most;
  if (rate && exceeds(rate)) {
    throw await refused(values, limit, tokenRateExceeded, rate);
  }
  if (quota && exceeds(quota)) {
    throw await refused(values, limit, tokenQuotaExceeded, quota);
  }
  tokenUse.applied.push(limit);
  limitsOf(limit).forEach((each) => tokenUse.count(each, Math.max(estimate, tokenUse.countedIn(each.counter))));
  await tell(values, limit, estimate, undefined);
  return `${estimate} tokens estimated`;
}

/** Counts what the response used, before outbound: by its `usage`, or as its events pass. */
export async function settleTokens(values: RequestValues): Promise<void> {
  const { response, tokenUse } = values.state;
  if (!response || tokenUse.applied.length === 0) {
    return;
  }
  const streams = /^text\/event-stream\b/i.test(response.headers.joined('content-type') ?? '');
  for (const limit of tokenUse.applied) {
    const used = streams ? limit.estimate : await reported(response, limit);
    limitsOf(limit).forEach((each) => tokenUse.count(each, used));
    await tell(values, limit, used, response);
  }
  if (streams) {
    countStream(values, response);
  }
}

/** Gives back what was counted for a request that no backend answered. */
export function releaseTokens(values: RequestValues): void {
  const { tokenUse } = values.state;
  tokenUse.applied
    .splice(0)
    .flatMap(limitsOf)
    .forEach((each) => tokenUse.count(each, 0));
}

function countStream(values: RequestValues, response: ResponseMessage): void {
  const { tokenUse } = values.state;
  const limits = new Map(tokenUse.applied.flatMap(limitsOf).map((each) => [each.counter, each]));
  const completion = new CompletionCounter();
  response.body.observe((chunk) => {
    const tokens = completion.add(chunk);
    limits.forEach((each) => tokenUse.count(each, tokenUse.countedIn(each.counter) + tokens));
  });
}

function limitsOf({ rate, quota }: AppliedTokenLimit): TokenLimit[] {
  return [rate, quota].filter((limit) => limit !== undefined);
}

async function appliedLimit(values: RequestValues, node: LlmTokenLimitNode): Promise<AppliedTokenLimit> {
  const { tokens } = values.runtime;
  const key = await values.requiredText(node.kind, 'counter-key', node.counterKey);
  const ignorePrompt = await values.boolean(node.kind, 'ignore-prompt', node.ignorePrompt, false);
  const estimate = await promptEstimate(values, node);
  const rate = node.tokensPerMinute && {
    counter: tokens.rate(key),
    most: await limitNumber(values, node, 'tokens-per-minute', node.tokensPerMinute),
  };
  const quota = node.tokenQuota && {
    counter: tokens.quota(key, await quotaPeriod(values, node)),
    most: await limitNumber(values, node, 'token-quota', node.tokenQuota),
  };
  return {
    node,
    rate: rate || undefined,
    quota: quota || undefined,
    ignorePrompt,
    estimate: ignorePrompt ? 0 : estimate,
  };
}

async function quotaPeriod(values: RequestValues, node: LlmTokenLimitNode): Promise<QuotaPeriod> {
  const given =
    node.tokenQuotaPeriod === undefined ? '' : ((await values.text(node.kind, node.tokenQuotaPeriod)) ?? '');
  const period = quotaPeriods.find((known) => known === given);
  if (period === undefined) {
    throw attributeInvalid(node.kind, 'token-quota-period', given, quotaPeriods.join(', '));
  }
  return period;
}

async function limitNumber(
  values: RequestValues,
  node: LlmTokenLimitNode,
  attribute: string,
  value: PolicyValue,
): Promise<number> {
  const most = await values.number(node.kind, attribute, value, 0);
  if (!Number.isInteger(most) || most < 0) {
    throw attributeInvalid(node.kind, attribute, String(most), 'a whole number from 0');
  }
  return most;
}

/** Zero unless it is asked for or the response streams: then "prompt tokens are always estimated". */
async function promptEstimate(values: RequestValues, node: LlmTokenLimitNode): Promise<number> {
  const { body } = values.state.request;
  await body?.load();
  const request = body && jsonObject(body.take(true).toString('utf8'));
  if (!request) {
    return 0;
  }
  const wanted = await values.boolean(node.kind, 'estimate-prompt-tokens', node.estimatePromptTokens, false);
  return wanted || request.stream === true ? estimateTokens(promptText(request)) : 0;
}

/** Tokens by the response, none for an error; the estimate where it says nothing. */
async function reported(response: ResponseMessage, { ignorePrompt, estimate }: AppliedTokenLimit): Promise<number> {
  try {
    await response.body.load();
  } catch (error) {
    throw (error as { code?: string }).code === undefined ? error : backendConnectionFailure((error as Error).message);
  }
  const answer = jsonObject(response.body.take(true).toString('utf8'));
  return (answer && reportedTokens(answer, ignorePrompt)) ?? (response.status >= 400 ? 0 : estimate);
}

/** Fills the variables and, once there is a response, the headers. */
async function tell(
  values: RequestValues,
  { node, rate, quota }: AppliedTokenLimit,
  consumed: number,
  response: ResponseMessage | undefined,
): Promise<void> {
  const remaining = (limit: TokenLimit | undefined): number | undefined =>
    limit && Math.max(0, limit.most - limit.counter.used(limit.most));
  const told: [number | undefined, PolicyValue | undefined, PolicyValue | undefined][] = [
    [consumed, node.tokensConsumedVariableName, node.tokensConsumedHeaderName],
    [remaining(rate), node.remainingTokensVariableName, node.remainingTokensHeaderName],
    [remaining(quota), node.remainingQuotaTokensVariableName, node.remainingQuotaTokensHeaderName],
  ];
  for (const [number, variable, header] of told) {
    if (number !== undefined && variable !== undefined) {
      values.state.variables.set(await values.requiredText(node.kind, 'variable-name', variable), new Int32(number));
    }
    if (number !== undefined && header !== undefined && response) {
      response.headers.set(await values.requiredText(node.kind, 'header-name', header), [String(number)]);
    }
  }
}

async function refused(
  values: RequestValues,
  { node, estimate, rate, quota }: AppliedTokenLimit,
  error: typeof tokenRateExceeded,
  exceeded: TokenLimit,
): Promise<PolicyError> {
  const seconds = exceeded.counter.retryAfter(exceeded.most, estimate);
  const headers = new Map<string, string>();
  if (seconds !== undefined) {
    const name = node.retryAfterHeaderName ?? 'Retry-After';
    headers.set(await values.requiredText(node.kind, 'retry-after-header-name', name), String(seconds));
    if (node.retryAfterVariableName !== undefined) {
      const variable = await values.requiredText(node.kind, 'retry-after-variable-name', node.retryAfterVariableName);
      values.state.variables.set(variable, new Int32(seconds));
    }
  }
  await tell(values, { node, estimate, rate, quota, ignorePrompt: false }, 0, undefined);
  return error(node.kind, seconds, headers);
}
