import { choose, read, setHeader, setVariable, when } from '../../../policy/node-builders';
import { expression, PolicyDocument, PolicyNode, statements } from '../../../policy/policy-document';
import { ROUTER_HEADERS } from '../../router-headers';
import { givePin } from './conversation-pin';
import { errorAnswer, returnFault } from './error-answer';
import { chooseRelease } from './release-choice';
import { usesCookies } from './router-cookies';
import { RouterPolicyOptions } from './router-policy-options';
import { towardsRelease } from './towards-release';
import { rememberVisitor } from './user-identity';

/** The policy of a router's API. */
export function routerPolicy(options: RouterPolicyOptions): PolicyDocument {
  const { timeoutSeconds, mirror, traces, name } = options;
  return {
    kind: 'policies',
    inbound: [...callerChecks(options), ...chooseRelease(options), ...towardsRelease(options)],
    backend: [
      {
        kind: 'forward-request',
        timeout: String(timeoutSeconds),
        bufferRequestBody: mirror === undefined ? 'false' : 'true',
        bufferResponse: 'false',
      },
    ],
    outbound: [
      setHeader(ROUTER_HEADERS.release, expression(read('release'))),
      ...givePin(options),
      ...rememberVisitor(options),
      ...(traces ? [trace(name)] : []),
    ],
    onError: failureAnswer,
  };
}

/** Who calls: nothing is looked at before that is known. */
function callerChecks(options: RouterPolicyOptions): PolicyNode[] {
  const { access, corsOrigins } = options;
  return [
    ...(corsOrigins === undefined
      ? []
      : [
          {
            kind: 'cors' as const,
            ...(usesCookies(options) && { allowCredentials: 'true' }),
            allowedOrigins: corsOrigins,
            allowedMethods: ['*'],
            allowedHeaders: ['*'],
            exposeHeaders: [ROUTER_HEADERS.release, ROUTER_HEADERS.pin],
          },
        ]),
    ...(access.kind === 'entra'
      ? [
          {
            kind: 'validate-azure-ad-token' as const,
            tenantId: access.tenantId,
            outputTokenVariableName: 'caller',
            audiences: access.audiences,
            backendApplicationIds: [],
            clientApplicationIds: [],
            requiredClaims: [],
          },
        ]
      : []),
  ];
}

/** Which release answered and why; the bucket tells one user from others without saying who it is. */
function trace(name: string): PolicyNode {
  return {
    kind: 'trace',
    source: name,
    severity: 'information',
    message: expression(`${read('release')}+" "+context.Response.StatusCode.ToString()`),
    metadata: [
      { name: 'Release', value: expression(read('release')) },
      { name: 'Choice', value: expression(`(${read('choice')}).Split('|')[0]`) },
      { name: 'Bucket', value: expression(`(${read('bucket', 'int')}).ToString()`) },
    ],
  };
}

/** Sources and reasons: https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies. */
const failure =
  'var e=context.LastError;' +
  `if(e.Source=="validate-azure-ad-token"){${returnFault(401, 'invalid_token', 'send a Microsoft Entra token for this API as bearer token')}}` +
  'if(e.Reason=="SubscriptionKeyNotFound"||e.Reason=="SubscriptionKeyInvalid")' +
  `{${returnFault(401, 'invalid_subscription_key', 'send a valid subscription key')}}` +
  `if(e.Reason=="Timeout"){${returnFault(504, 'release_timeout', 'the release did not answer in time')}}` +
  `if(e.Source=="forward-request"){${returnFault(503, 'release_unavailable', 'the release cannot be reached')}}` +
  returnFault(500, 'router_error', 'the router failed');

const chosen = 'context.Variables.GetValueOrDefault<string>("release","")';

const failureAnswer: readonly PolicyNode[] = [
  setVariable('fault', statements(failure)),
  choose(
    [when(`${chosen}!=""`, [errorAnswer([setHeader(ROUTER_HEADERS.release, expression(chosen))])])],
    [errorAnswer()],
  ),
];
