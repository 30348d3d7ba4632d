import { csharpString } from '../../policy/csharp-string';
import { deleteHeader, onlyWhen, read, setHeader, setVariable } from '../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../policy/policy-document';
import { doNotRetry, fault, faultBody, faultStatus } from './error-answer';
import { attemptFailed } from './failover';
import { GatewayHeaders } from './policy-options';
import { rowPart } from './route-lookup';

export const retryAfter: PolicyNode = setHeader('Retry-After', expression(`(${read('wait', 'int')}).ToString()`));

/** What a deployment said of an answer in whose place the gateway's own goes. */
const DEPLOYMENTS_OWN = [
  'Retry-After',
  'retry-after-ms',
  'x-should-retry',
  'WWW-Authenticate',
  'Set-Cookie',
  'Content-Encoding',
];

/** Makes the gateway's own error of a call that no deployment served, and says on every answer what served it. */
export function answer(headers: GatewayHeaders, modelsPath: string): PolicyNode[] {
  return [
    onlyWhen(attemptFailed, [
      setVariable('fault', statements(exhausted)),
      { kind: 'set-status', code: faultStatus },
      setHeader('Content-Type', 'application/json'),
      ...DEPLOYMENTS_OWN.map(deleteHeader),
      onlyWhen(`${read('wait', 'int')}>=0`, [retryAfter]),
      onlyWhen(`(${read('fault')}).Split('|')[0]=="502"`, [doNotRetry]),
      { kind: 'set-body', body: faultBody },
    ]),
    deleteHeader('Location'),
    ...servedBy(headers),
    onlyWhen(`${rowPart('deprecation')}!=""`, [setHeader('Deprecation', expression(rowPart('deprecation')))]),
    onlyWhen(`${rowPart('sunset')}!=""`, [setHeader('Sunset', expression(rowPart('sunset')))]),
    onlyWhen(isServed(rowPart('successor')), [setHeader('Link', successorLink(modelsPath, rowPart('successor')))]),
  ];
}

const NOT_AUTHORISED = fault(
  502,
  'gateway_not_authorised',
  '',
  'the deployment refused the gateway: its identity has no role there, or the network keeps it out',
);

const exhausted =
  'var s=context.Response.StatusCode;' +
  `if(s==401||s==403){return ${csharpString(NOT_AUTHORISED)};}` +
  `return ${read('throttled', 'int')}==${read('attempt', 'int')}+1` +
  `?${csharpString(fault(429, 'model_capacity_exhausted', '', 'no deployment has capacity left for '))}+${read('route')}` +
  `:${csharpString(fault(503, 'model_unavailable', '', 'no deployment answered for '))}+${read('route')};`;

/** What served the call, for whoever reads logs later. */
function servedBy(headers: GatewayHeaders): PolicyNode[] {
  return [
    setHeader(headers.model, expression(read('route'))),
    onlyWhen(`${read('asked')}!=${read('route')}`, [setHeader(headers.alias, expression(read('asked')))]),
    setHeader(headers.deployment, expression(read('deployment'))),
    setHeader(headers.attempts, expression(`(${read('attempt', 'int')}+1).ToString()`)),
    setHeader(headers.requestId, expression('context.RequestId.ToString()')),
  ];
}

/** C#: whether a key is a live route, so that a link to it leads somewhere. */
export function isServed(key: string): string {
  return `(${read('routes')}).Split(' ').Contains(${key})`;
}

/** `successor-version` of RFC 5829, in the form of RFC 8288; `@` may stand in a path. */
export function successorLink(modelsPath: string, key: string): { readonly expression: string } {
  return expression(`${csharpString(`<${modelsPath}/`)}+${key}+${csharpString('>; rel="successor-version"')}`);
}
