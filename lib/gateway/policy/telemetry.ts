import { csharpString } from '../../policy/csharp-string';
import { read, requestHeader } from '../../policy/node-builders';
import { expression, NamedValue, PolicyNode, PolicyValue } from '../../policy/policy-document';
import { GatewayPolicyOptions } from './policy-options';

/** Longer and otherwise written names of releases are not recorded: they come from the caller. */
const RELEASE_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$';

/** The release of the orchestrator that calls, as far as it says. */
export function releaseOf(header: string): PolicyValue {
  return expression(
    `Regex.IsMatch(${requestHeader(header)},${csharpString(RELEASE_PATTERN)})?${requestHeader(header)}:""`,
  );
}

const MODEL: NamedValue = { name: 'Model', value: expression(`(${read('route')}).Split('@')[0]`) };
const VERSION: NamedValue = { name: 'Version', value: expression(`(${read('route')}).Split('@')[1]`) };
const ASKED: NamedValue = { name: 'Asked', value: expression(read('asked')) };
const RELEASE: NamedValue = { name: 'Release', value: expression(read('release')) };

/** One line a call in Application Insights: which version and which deployment served whom. */
export function trace(): PolicyNode {
  return {
    kind: 'trace',
    source: 'model-gateway',
    severity: 'information',
    message: expression(`${read('route')}+" "+context.Response.StatusCode.ToString()`),
    metadata: [
      MODEL,
      VERSION,
      ASKED,
      RELEASE,
      { name: 'Deployment', value: expression(read('deployment')) },
      { name: 'Attempts', value: expression(`(${read('attempt', 'int')}+1).ToString()`) },
    ],
  };
}

/**
 * Five dimensions, which is how many there may be (https://learn.microsoft.com/azure/api-management/llm-emit-token-metric-policy).
 * The deployment is not among them: when the policy runs, failover has not chosen it yet; it stands in the trace.
 */
export function tokenMetrics({ tokenMetricsNamespace }: GatewayPolicyOptions): PolicyNode[] {
  return tokenMetricsNamespace === undefined
    ? []
    : [
        {
          kind: 'llm-emit-token-metric',
          namespace: tokenMetricsNamespace,
          dimensions: [MODEL, VERSION, ASKED, RELEASE, { name: 'Caller', value: expression(read('caller-id')) }],
        },
      ];
}
