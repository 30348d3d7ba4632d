import {
  attribute,
  attributes,
  AttributeShape,
  BOOLEAN,
  ElementShape,
  ItemShape,
  items,
  PartShape,
  texts,
  wrappedWith,
} from './element-shape';
import { KnownNode, PolicySection } from './policy-document';

const MOST_RETRIES = 50;
/** Of `EightSeverityLevels`. */
const HIGHEST_SEVERITY = 7;
const LARGEST_INTEGER = 2_147_483_647;

/** What every typed element but `base` may carry. */
export const elementId = attribute('id');

const existsAction = attribute('exists-action', { values: ['override', 'skip', 'append', 'delete'] });
const cachingType = attribute('caching-type', { values: ['prefer-external', 'internal', 'external'], literal: true });
const seconds = { range: [0, LARGEST_INTEGER] } as const;
const namedValue: ItemShape = { attributes: [attribute('name', { required: true }), attribute('value')], parts: [] };
const dimensions = items('dimensions', 'dimension', namedValue);
const values = texts('values', 'value');
const claim: ItemShape = {
  attributes: [
    attribute('name', { required: true }),
    attribute('match', { values: ['all', 'any'] }),
    attribute('separator'),
  ],
  parts: [values],
};

const category: ItemShape = {
  attributes: [
    attribute('name', { required: true, values: ['Hate', 'SelfHarm', 'Sexual', 'Violence'] }),
    attribute('threshold', { required: true, range: [0, HIGHEST_SEVERITY] }),
  ],
  parts: [],
};

interface ShapeOptions {
  readonly parts?: readonly PartShape[];
  readonly text?: string;
  readonly container?: true;
  readonly sections?: readonly PolicySection[];
}

function shape(own: readonly AttributeShape[], options: ShapeOptions = {}): ElementShape {
  return { parts: [], container: false, ...options, attributes: [...own, elementId] };
}

const tokenLimit = shape(
  [
    attribute('counter-key', { required: true }),
    attribute('tokens-per-minute', { range: [0, LARGEST_INTEGER] }),
    attribute('token-quota', { range: [0, Number.MAX_SAFE_INTEGER] }),
    attribute('token-quota-period', { values: ['Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly'], literal: true }),
    attribute('estimate-prompt-tokens', { required: true, values: BOOLEAN, literal: true }),
    attribute('prompt-type', { values: ['auto', 'chat-completion', 'completion', 'embeddings'], literal: true }),
    attribute('ignore-prompt', { values: BOOLEAN, literal: true }),
    ...['retry-after', 'remaining-tokens', 'remaining-quota-tokens', 'tokens-consumed'].flatMap((what) => [
      attribute(`${what}-header-name`, { literal: true }),
      attribute(`${what}-variable-name`, { literal: true }),
    ]),
  ],
  { sections: ['inbound'] },
);

const emitTokenMetric = shape(
  [
    attribute('namespace', { literal: true }),
    attribute('name', { literal: true }),
    attribute('value-type', { values: ['all', 'total-tokens', 'prompt-tokens', 'completion-tokens'], literal: true }),
    attribute('ignore-prompt', { values: BOOLEAN, literal: true }),
  ],
  { parts: [dimensions], sections: ['inbound'] },
);

const semanticCacheLookup = shape(
  [
    attribute('score-threshold', { required: true, literal: true }),
    attribute('embeddings-backend-id', { required: true }),
    attribute('embeddings-backend-auth', { values: ['system-assigned', 'header'], literal: true }),
    ...attributes('ignore-system-messages', 'max-message-count', 'cache-id'),
  ],
  { parts: [texts('varyBy', 'vary-by')], sections: ['inbound'] },
);

const semanticCacheStore = shape([attribute('duration', { required: true, ...seconds }), attribute('cache-id')], {
  sections: ['outbound'],
});

const contentSafety = shape(
  [
    attribute('backend-id', { required: true }),
    attribute('shield-prompt', { values: BOOLEAN }),
    attribute('enforce-on-completions', { values: BOOLEAN }),
    attribute('window-size', { range: [1, LARGEST_INTEGER] }),
    attribute('window-overlap-size', { range: [0, LARGEST_INTEGER] }),
  ],
  {
    parts: [
      wrappedWith(
        items('categories', 'category', category, 'categories'),
        attribute('output-type', { values: ['FourSeverityLevels', 'EightSeverityLevels'] }),
      ),
      texts('blocklists', 'id', 'blocklists'),
    ],
    sections: ['inbound', 'outbound'],
  },
);

const crossOrigin = shape(
  [attribute('allow-credentials', { values: BOOLEAN }), attribute('terminate-unmatched-request', { values: BOOLEAN })],
  {
    parts: [
      texts('allowedOrigins', 'origin', 'allowed-origins'),
      wrappedWith(texts('allowedMethods', 'method', 'allowed-methods'), attribute('preflight-result-max-age', seconds)),
      texts('allowedHeaders', 'header', 'allowed-headers'),
      texts('exposeHeaders', 'header', 'expose-headers'),
    ],
    sections: ['inbound'],
  },
);

/** `choose` is not among them: its branches are neither policies nor attributes. */
export type ShapedKind = Exclude<KnownNode['kind'], 'choose'>;

/**
 * The typed elements. Attributes and their values: the schemas of API Management,
 * https://github.com/microsoft/vscode-apimanagement/tree/main/resources/policySchemas; sections and where an expression is
 * refused: "Usage" and "Attributes" of each policy's page under https://learn.microsoft.com/azure/api-management/api-management-policies.
 */
export const elementShapes: Readonly<Record<ShapedKind, ElementShape>> = {
  base: { attributes: [], parts: [], container: false },
  retry: shape(
    [
      attribute('condition', { required: true, values: BOOLEAN }),
      attribute('count', { required: true, range: [1, MOST_RETRIES] }),
      attribute('interval', { required: true, ...seconds }),
      attribute('max-interval', { range: [1, LARGEST_INTEGER] }),
      attribute('delta', { range: [1, LARGEST_INTEGER] }),
      attribute('first-fast-retry', { values: BOOLEAN }),
    ],
    { container: true },
  ),
  'return-response': shape([attribute('response-variable-name', { literal: true })], { container: true }),
  'include-fragment': shape([attribute('fragment-id', { required: true, literal: true })]),
  'set-variable': shape([attribute('name', { required: true, literal: true }), attribute('value', { required: true })]),
  'set-header': shape([attribute('name', { required: true }), existsAction], { parts: [values] }),
  'set-query-parameter': shape([attribute('name', { required: true }), existsAction], {
    parts: [values],
    sections: ['inbound', 'backend'],
  }),
  'set-body': shape(
    [
      attribute('template', { values: ['none', 'liquid'], literal: true }),
      attribute('xsi-nil', { values: ['blank', 'null'], literal: true }),
      attribute('parse-date', { values: BOOLEAN, literal: true }),
      attribute('html-decode-expression', { values: BOOLEAN, literal: true }),
    ],
    { text: 'body', sections: ['inbound', 'backend', 'outbound'] },
  ),
  'set-method': shape([], { text: 'method', sections: ['inbound', 'on-error'] }),
  'set-status': shape([attribute('code', { required: true, range: [100, 999] }), attribute('reason')]),
  'rewrite-uri': shape(
    [attribute('template', { required: true }), attribute('copy-unmatched-params', { values: BOOLEAN, literal: true })],
    { sections: ['inbound'] },
  ),
  'set-backend-service': shape(attributes('backend-id', 'base-url'), { sections: ['inbound', 'backend'] }),
  'forward-request': shape(
    [
      attribute('http-version', { values: ['1', '2or1', '2'], literal: true }),
      attribute('timeout', { range: [0, LARGEST_INTEGER] }),
      attribute('timeout-ms', { range: [0, LARGEST_INTEGER] }),
      attribute('continue-timeout', { range: [0, LARGEST_INTEGER] }),
      attribute('follow-redirects', { values: BOOLEAN }),
      attribute('buffer-request-body', { values: BOOLEAN, literal: true }),
      attribute('buffer-response', { values: BOOLEAN, literal: true }),
      attribute('fail-on-error-status-code', { values: BOOLEAN, literal: true }),
    ],
    { sections: ['backend'] },
  ),
  'cache-lookup-value': shape([
    attribute('key', { required: true }),
    attribute('variable-name', { required: true, literal: true }),
    attribute('default-value'),
    cachingType,
  ]),
  'cache-store-value': shape([
    attribute('key', { required: true }),
    attribute('value', { required: true }),
    attribute('duration', { required: true, ...seconds }),
    cachingType,
  ]),
  'cache-remove-value': shape([attribute('key', { required: true }), cachingType]),
  'authentication-managed-identity': shape(
    [
      attribute('resource', { required: true }),
      attribute('client-id', { literal: true }),
      attribute('output-token-variable-name', { literal: true }),
      attribute('ignore-error', { values: BOOLEAN, literal: true }),
    ],
    { sections: ['inbound'] },
  ),
  'validate-azure-ad-token': shape(
    [
      attribute('tenant-id', { required: true }),
      ...attributes('header-name', 'query-parameter-name', 'token-value', 'require-scheme', 'authentication-endpoint'),
      attribute('failed-validation-httpcode', { range: [100, 999] }),
      attribute('failed-validation-error-message'),
      attribute('output-token-variable-name', { literal: true }),
      attribute('allow-protected-forwarded-tokens', { values: BOOLEAN }),
      attribute('allow-proof-of-possession-tokens', { values: BOOLEAN }),
    ],
    {
      parts: [
        texts('backendApplicationIds', 'application-id', 'backend-application-ids'),
        texts('clientApplicationIds', 'application-id', 'client-application-ids'),
        texts('audiences', 'audience', 'audiences'),
        items('requiredClaims', 'claim', claim, 'required-claims'),
      ],
      sections: ['inbound'],
    },
  ),
  'send-one-way-request': shape(
    [attribute('mode', { values: ['new', 'copy'] }), attribute('timeout', { range: [0, LARGEST_INTEGER] })],
    { container: true },
  ),
  'set-url': shape([], { text: 'url' }),
  trace: shape(
    [
      attribute('source', { required: true, literal: true }),
      attribute('severity', { values: ['verbose', 'information', 'error'], literal: true }),
    ],
    {
      parts: [{ property: 'message', element: 'message', single: true }, items('metadata', 'metadata', namedValue)],
    },
  ),
  'emit-metric': shape(
    [
      attribute('name', { required: true, literal: true }),
      attribute('namespace', { literal: true }),
      attribute('value'),
      attribute('default-dimensions', { values: BOOLEAN, literal: true }),
    ],
    { parts: [dimensions] },
  ),
  cors: crossOrigin,
  'llm-content-safety': contentSafety,
  'llm-emit-token-metric': emitTokenMetric,
  'azure-openai-emit-token-metric': emitTokenMetric,
  'llm-token-limit': tokenLimit,
  'azure-openai-token-limit': tokenLimit,
  'llm-semantic-cache-lookup': semanticCacheLookup,
  'azure-openai-semantic-cache-lookup': semanticCacheLookup,
  'llm-semantic-cache-store': semanticCacheStore,
  'azure-openai-semantic-cache-store': semanticCacheStore,
};

/** The shape of an element by its name; nothing for `choose` and for elements without a type. */
export function elementShape(name: string): ElementShape | undefined {
  return Object.hasOwn(elementShapes, name) ? elementShapes[name as ShapedKind] : undefined;
}

/** The `condition` of `when`. */
export const whenCondition = attribute('condition', { required: true, values: BOOLEAN });
