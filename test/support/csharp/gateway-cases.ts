import { ContextSpecification, HeaderList } from './context-specification';
import { ExpressionCase } from './mono-command';

const CALLER = '((Jwt)context.Variables["caller"])';

/** What gateways ask of tokens, headers, addresses, errors and responses. */
const expressions: readonly string[] = [
  `${CALLER}.Claims.ContainsKey("roles") && ${CALLER}.Claims["roles"].Contains("Model.gpt-4o")`,
  `${CALLER}.Claims["roles"].Contains("Model.gpt-4")`,
  `${CALLER}.Claims["roles"].Length`,
  `${CALLER}.Claims["roles"]`,
  `${CALLER}.Claims["Roles"].Length`,
  `${CALLER}.Claims.GetValueOrDefault("roles", "")`,
  `${CALLER}.Claims.GetValueOrDefault("roles", "").Contains("Model.gpt-4")`,
  `${CALLER}.Claims.GetValueOrDefault("roles", "").Split(',').Contains("Model.gpt-4o")`,
  `${CALLER}.Claims.GetValueOrDefault("none", "?")`,
  `${CALLER}.Claims.GetValueOrDefault("none")`,
  `${CALLER}.Subject`,
  `${CALLER}.Issuer + "|" + ${CALLER}.Id`,
  `string.Join("+", ${CALLER}.Audiences)`,
  `${CALLER}.Audiences.Contains("api://gateway")`,
  `${CALLER}.Claims.Keys.Contains("sub")`,
  `${CALLER}.Claims.Count`,
  '{ var caller = context.Variables.GetValueOrDefault<Jwt>("caller"); return caller != null && caller.Claims.ContainsKey("roles"); }',
  '{ string[] roles; return ((Jwt)context.Variables["caller"]).Claims.TryGetValue("roles", out roles) && roles.Any(role => role == "Model.embed"); }',
  'context.Variables["caller"] is Jwt',
  '((string[])context.Variables["names"]).Contains("b")',
  'context.Request.Headers["x-many"].Length',
  'context.Request.Headers["X-MANY"]',
  'string.Join("; ", context.Request.Headers["x-many"])',
  'context.Request.Headers.GetValueOrDefault("x-many", "").Contains(",")',
  'context.Request.Headers.GetValueOrDefault("content-length", "0")',
  'context.Request.Headers.Count',
  'context.Request.Headers.Keys.Count()',
  'context.Request.Headers.Any(header => header.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && header.Value.Length > 1)',
  '{ long length; return !long.TryParse(context.Request.Headers.GetValueOrDefault("Content-Length", "0"), out length) || length > 1048576; }',
  'context.Request.Url.Path',
  'context.Request.Url.Host + ":" + context.Request.Url.Port + context.Request.Url.Scheme',
  'context.Request.OriginalUrl.QueryString',
  'context.Request.OriginalUrl.Query["x"].Length',
  'context.Request.OriginalUrl.Query.GetValueOrDefault("x", "")',
  'context.Request.OriginalUrl.Query.GetValueOrDefault("none", "?")',
  'context.Request.MatchedParameters["deployment"]',
  'context.Request.MatchedParameters.GetValueOrDefault("deployment", "")',
  'context.Request.MatchedParameters.GetValueOrDefault("none", "?")',
  'context.Request.MatchedParameters.ContainsKey("deployment")',
  'context.Request.IpAddress',
  'context.Request.Body == null',
  'context.Request.Body?.As<string>(true)?.Length ?? -1',
  'context.Response == null || context.Response.StatusCode == 429 || context.Response.StatusCode >= 500',
  'context.Response != null && context.Response.Headers.GetValueOrDefault("Retry-After", "") != ""',
  'context.Response?.StatusCode',
  'context.Response.StatusReason',
  'context.Response.Body.As<string>(true).Length',
  'context.LastError?.Reason ?? "none"',
  'context.LastError != null && context.LastError.Reason == "OpenAITokenQuotaExceeded"',
  '(context.LastError?.Source + "/" + context.LastError?.Section)',
  'context.Subscription?.Id ?? "anonymous"',
  'context.Subscription == null ? "none" : context.Subscription.Name + context.Product.Id',
  'context.RequestId.ToString()',
  'context.Timestamp.Year',
  'context.Api.Id + context.Operation.Id + context.Deployment.Region',
];

const headers = (...list: HeaderList): ContextSpecification => ({ headers: list });

const contexts: readonly ContextSpecification[] = [
  {},
  {
    variables: { caller: { jwt: {} }, names: { strings: [] } },
    response: null,
    subscription: null,
    body: null,
    matchedParameters: {},
    originalUrl: 'https://gateway.example/openai',
    url: 'http://127.0.0.1:8080/a%20b/c',
  },
  {
    variables: { caller: { jwt: { roles: ['Model.gpt-4o-mini'], aud: [], Roles: ['a', 'b,c'] } }, names: 'b' },
    lastError: {
      source: 'llm-token-limit',
      reason: 'OpenAITokenQuotaExceeded',
      message: 'Token quota is exceeded.',
      section: 'inbound',
      scope: 'api',
      path: 'llm-token-limit[0]',
    },
    originalUrl: 'https://gateway.example/openai?x=%2C&X=a+b&y',
    response: { status: 200, reason: 'OK', headers: [], body: '' },
  },
  { variables: {}, ...headers(['X-Many', 'a,b'], ['x-many', ''], ['Content-Length', '1048577']) },
  headers(['content-length', 'many'], ['CONTENT-LENGTH', '5']),
];

export const gatewayCases: readonly ExpressionCase[] = contexts.flatMap((context) =>
  expressions.map((expression) => ({ expression, context })),
);
