import { csharpString } from '../../policy/csharp-string';
import { choose, setHeader, setVariable, when } from '../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../policy/policy-document';
import { doNotRetry, errorAnswer, fault } from './error-answer';
import { GatewayHeaders } from './policy-options';

const variable = (name: string, type: 'string' | 'int', fallback: string): string =>
  `context.Variables.GetValueOrDefault<${type}>("${name}",${fallback})`;

/**
 * In `on-error` the response is the gateway's own: a token limit says in it when to come back, unless the prompt alone is more
 * than a minute has.
 */
const TOKEN_WAIT = 'context.Response.Headers.GetValueOrDefault("Retry-After","")';

/**
 * What the section `on-error` does: no deployment could be reached, a policy refused, or the gateway itself failed.
 * Sources and reasons: https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies.
 */
export function failureAnswer(headers: GatewayHeaders): PolicyNode[] {
  const wasTried = `${variable('attempt', 'int', '-1')}>=0`;
  const tried: PolicyNode[] = [
    setHeader(headers.model, expression(variable('route', 'string', '""'))),
    setHeader(headers.deployment, expression(variable('deployment', 'string', '""'))),
    setHeader(headers.attempts, expression(`(${variable('attempt', 'int', '-1')}+1).ToString()`)),
  ];
  const wait = setHeader('Retry-After', expression(`${variable('wait', 'int', '-1')}.ToString()`));
  const tokenWait = setHeader('Retry-After', expression(TOKEN_WAIT));
  const status = `${variable('fault', 'string', '""')}.Split('|')[0]`;
  return [
    setVariable('fault', statements(failure)),
    choose(
      [
        when(`${wasTried}&&${variable('wait', 'int', '-1')}>=0`, [errorAnswer(headers, [...tried, wait])]),
        when(wasTried, [errorAnswer(headers, tried)]),
        when(`${status}=="429"&&context.Response!=null&&${TOKEN_WAIT}!=""`, [errorAnswer(headers, [tokenWait])]),
        when(`${status}=="500"`, [errorAnswer(headers, [])]),
      ],
      [errorAnswer(headers, [doNotRetry])],
    ),
  ];
}

const toAnswer = (status: number, code: string, parameter: string, message: string): string =>
  `return ${csharpString(fault(status, code, parameter, message))};`;

const failure =
  'var e=context.LastError;' +
  `if(e.Source=="validate-azure-ad-token"){${toAnswer(401, 'invalid_token', 'Authorization', 'send a Microsoft Entra token for this gateway as bearer token')}}` +
  `if(e.Reason=="SubscriptionKeyNotFound"||e.Reason=="SubscriptionKeyInvalid"){${toAnswer(401, 'invalid_api_key', 'api-key', 'send a valid subscription key')}}` +
  'if(e.Source=="llm-token-limit"){if(context.Response!=null&&context.Response.StatusCode==403)' +
  `{${toAnswer(403, 'token_quota_exceeded', '', 'the token quota for this model is used up')}}` +
  `${toAnswer(429, 'token_rate_exceeded', '', 'the call has more tokens than are left for this model in this minute')}}` +
  `if(e.Source=="llm-content-safety"){${toAnswer(403, 'content_blocked', '', 'the content safety check of the gateway refused the prompt')}}` +
  `if(e.Source=="forward-request"){return ${csharpString(fault(503, 'model_unavailable', '', 'no deployment answered for '))}+${variable('route', 'string', '""')};}` +
  toAnswer(500, 'gateway_error', '', 'the gateway failed');
