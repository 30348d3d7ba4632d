import { choose, read, setVariable, when } from '../../policy/node-builders';
import { expression, PolicyNode, PolicyValue } from '../../policy/policy-document';
import { CallerAccess, GatewayPolicyOptions } from './policy-options';
import { routeIs } from './route-condition';
import { ContentSafety, RoutePolicies, SemanticCache, TokenLimit } from './route-policies';
import { RoutingTable } from './routing-table';
import { tokenMetrics } from './telemetry';

/** What routes add to their calls before a deployment is asked; nothing where no route adds anything. */
export function routeOptions(table: RoutingTable, options: GatewayPolicyOptions): PolicyNode[] {
  const whens = table.routes.flatMap(({ key, policies }) => {
    const nodes = [
      ...(policies.tokenLimit === undefined ? [] : [tokenLimit(policies.tokenLimit)]),
      ...(policies.contentSafety === undefined ? [] : [contentSafety(policies.contentSafety)]),
      ...(policies.semanticCache === undefined ? [] : [cacheLookup(policies.semanticCache)]),
    ];
    return nodes.length === 0 ? [] : [when(routeIs(key), nodes)];
  });
  const needsCaller = whens.length > 0 || options.tokenMetricsNamespace !== undefined;
  return [
    ...(needsCaller ? [setVariable('caller-id', callerId(options.access))] : []),
    ...(whens.length > 0 ? [choose(whens)] : []),
    ...tokenMetrics(options),
  ];
}

/** Keeps answers of routes with a semantic cache. */
export function storedAnswers(table: RoutingTable): PolicyNode[] {
  const whens = table.routes.flatMap(
    ({ key, policies: { semanticCache } }: { key: string; policies: RoutePolicies }) =>
      semanticCache === undefined
        ? []
        : [
            when(`${routeIs(key)}&&context.Response.StatusCode==200`, [
              { kind: 'llm-semantic-cache-store', duration: String(semanticCache.durationSeconds) },
            ]),
          ],
  );
  return whens.length > 0 ? [choose(whens)] : [];
}

/** Who calls: the application of the token, or the product of the key. */
function callerId({ kind }: CallerAccess): PolicyValue {
  return kind === 'entra'
    ? expression(
        '((Jwt)context.Variables["caller"]).Claims.GetValueOrDefault("appid",((Jwt)context.Variables["caller"]).Claims.GetValueOrDefault("azp",""))',
      )
    : expression('context.Product==null?"":context.Product.Id');
}

const PER_CALLER_AND_ROUTE = expression(`${read('caller-id')}+"/"+${read('route')}`);

/** The counter's key holds the version: the tokens of one version are not taken from the budget of another. */
function tokenLimit(limit: TokenLimit): PolicyNode {
  return {
    kind: 'llm-token-limit',
    counterKey: PER_CALLER_AND_ROUTE,
    ...(limit.tokensPerMinute !== undefined && { tokensPerMinute: String(limit.tokensPerMinute) }),
    ...(limit.tokenQuota !== undefined && {
      tokenQuota: String(limit.tokenQuota),
      tokenQuotaPeriod: limit.tokenQuotaPeriod,
    }),
    estimatePromptTokens: String(limit.estimatePromptTokens),
    remainingTokensHeaderName: 'x-ai-remaining-tokens',
  };
}

/** Never across versions, nor across callers: an answer of one version is no answer of another. */
function cacheLookup({ scoreThreshold, embeddingsBackendId }: SemanticCache): PolicyNode {
  return {
    kind: 'llm-semantic-cache-lookup',
    scoreThreshold: String(scoreThreshold),
    embeddingsBackendId,
    embeddingsBackendAuth: 'system-assigned',
    varyBy: [expression(read('route')), expression(read('caller-id')), expression('context.Operation.Id')],
  };
}

function contentSafety({ backendId, shieldPrompt, categories }: ContentSafety): PolicyNode {
  return {
    kind: 'llm-content-safety',
    backendId,
    shieldPrompt: String(shieldPrompt),
    ...(categories.length > 0 && { outputType: 'EightSeverityLevels' }),
    categories: categories.map(({ name, threshold }) => ({ name, threshold: String(threshold) })),
    blocklists: [],
  };
}
