import { csharpString } from '../../policy/csharp-string';
import { onlyWhen, read, setVariable } from '../../policy/node-builders';
import { expression, PolicyNode, PolicyValue, statements } from '../../policy/policy-document';
import { attemptFailed } from './failover';

/** Seconds in a day: what a deployment asks for beyond it is cut. */
const LONGEST_WAIT = 86_400;

/**
 * Counts in `throttled` the deployments that had no capacity and keeps in `wait` the shortest time after which one of
 * them can be asked again; -1 where none said.
 *
 * An open circuit breaker answers 503 and does not say when it closes, so what the deployment asked for when it opened
 * is kept in the gateway's cache, which the Consumption tier lacks.
 */
export function attemptOutcome(gatewayName: string, hasCache: boolean): PolicyNode[] {
  const key = expression(
    `${csharpString(`${gatewayName}/busy/`)}+${read('route')}+"/"+${read('member')}+"/"+${read('deployment')}`,
  );
  return [
    setVariable('hint', waitAsked),
    onlyWhen('context.Response.StatusCode==429', [countThrottled]),
    ...(hasCache
      ? [
          onlyWhen(`context.Response.StatusCode==429&&${read('hint', 'int')}>0`, [
            {
              kind: 'cache-store-value' as const,
              key,
              value: expression(
                `DateTimeOffset.UtcNow.AddSeconds(${read('hint', 'int')}).ToUnixTimeSeconds().ToString()`,
              ),
              duration: expression(read('hint', 'int')),
            },
          ]),
          onlyWhen(`context.Response.StatusCode==503&&${read('hint', 'int')}<0`, [
            { kind: 'cache-lookup-value' as const, key, variableName: 'until', defaultValue: '0' },
            setVariable('hint', waitKept),
            onlyWhen(`${read('hint', 'int')}>=0`, [countThrottled]),
          ]),
        ]
      : []),
    setVariable('wait', shortestWait),
  ];
}

const countThrottled = setVariable('throttled', expression(`${read('throttled', 'int')}+1`));

/**
 * `retry-after-ms` is Azure OpenAI's own; `Retry-After` is seconds or an HTTP date. At least a second, so that nobody is told to
 * come back at once.
 */
const waitAsked: PolicyValue = statements(
  `if(!${attemptFailed}){return -1;}var h=context.Response.Headers;var s=h.GetValueOrDefault("Retry-After","");` +
    'long number;DateTimeOffset when;long found=-1;' +
    'if(long.TryParse(h.GetValueOrDefault("retry-after-ms",""),out number)&&number>=0){found=number/1000+(number%1000==0?0:1);}' +
    'else if(long.TryParse(s,out number)&&number>=0){found=number;}' +
    'else if(s.Contains("GMT")&&DateTimeOffset.TryParse(s,out when)){' +
    `found=(long)Math.Ceiling(Math.Min(${LONGEST_WAIT}.0,(when-DateTimeOffset.UtcNow).TotalSeconds));if(found<0){found=0;}}` +
    `return found<0?-1:(int)Math.Min(${LONGEST_WAIT}L,Math.Max(1L,found));`,
);

const waitKept: PolicyValue = statements(
  `var left=long.Parse(${read('until')})-DateTimeOffset.UtcNow.ToUnixTimeSeconds();return left>0?(int)left:-1;`,
);

const shortestWait: PolicyValue = statements(
  `var wait=${read('wait', 'int')};var hint=${read('hint', 'int')};return hint<0?wait:wait<0||hint<wait?hint:wait;`,
);
