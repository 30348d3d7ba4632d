import { deleteHeader, onlyWhen, read, setHeader, setVariable } from '../../policy/node-builders';
import { expression, FragmentDocument, PolicyDocument, PolicyNode } from '../../policy/policy-document';
import { answer, isServed, successorLink } from './answer';
import { attemptOutcome } from './attempt-outcome';
import { callerChecks } from './caller-checks';
import { doNotRetry, errorAnswer, fault } from './error-answer';
import { attempts, chooseMembers, dispatch, nextMember } from './failover';
import { failureAnswer } from './failure-answer';
import { findModel, noModel, rewriteModel } from './model-rewrite';
import { GatewayPolicyOptions } from './policy-options';
import { contentChecks, routeChecks } from './request-checks';
import { routeIs } from './route-condition';
import { routeLookup } from './route-lookup';
import { routeOptions, storedAnswers } from './route-options';
import { RouteMember, RoutingTable, Surface } from './routing-table';
import { releaseOf, trace } from './telemetry';

/**
 * What does not depend on the routes is kept in fragments: a policy is the table of routes and little else, which leaves
 * room for it where policies are small and makes the plan of a change readable.
 */
export const fragmentParts = ['request-dated', 'request-v1', 'outcome', 'answer', 'failure'] as const;

export type FragmentPart = (typeof fragmentParts)[number];

/** The name of a fragment on Azure, at most 80 characters. */
export function fragmentName(gatewayName: string, part: FragmentPart): string {
  return `${gatewayName}-${part}`;
}

export function gatewayFragments(options: GatewayPolicyOptions): Readonly<Record<FragmentPart, FragmentDocument>> {
  const { name, headers, modelsPath, tier, traces } = options;
  const fragment = (children: readonly PolicyNode[]): FragmentDocument => ({ kind: 'fragment', children });
  return {
    'request-dated': fragment(request(options, 'dated')),
    'request-v1': fragment(request(options, 'v1')),
    outcome: fragment(attemptOutcome(name, tier !== 'consumption')),
    answer: fragment([...answer(headers, modelsPath), ...(traces ? [trace()] : [])]),
    failure: fragment(failureAnswer(headers)),
  };
}

/** The policy of one of the gateway's two APIs. */
export function gatewayPolicy(table: RoutingTable, options: GatewayPolicyOptions, surface: Surface): PolicyDocument {
  const include = includes(options.name);
  const backendOf = (member: RouteMember): string => (surface === 'dated' ? member.datedBackendId : member.v1BackendId);
  const served = { ...table, routes: table.routes.filter(({ dated }) => surface === 'v1' || dated) };
  return {
    kind: 'policies',
    inbound: [
      ...callerChecks(options),
      ...routeLookup(table, options.headers, surface),
      include(`request-${surface}`),
      ...routeOptions(served, options),
    ],
    backend: [
      attempts(options.maxAttempts, [
        ...nextMember(),
        ...dispatch(served, backendOf),
        ...(surface === 'v1' ? [rewriteModel()] : []),
        forward(options),
        include('outcome'),
      ]),
    ],
    outbound: [include('answer'), ...storedAnswers(served)],
    onError: [include('failure')],
  };
}

/**
 * The policy of the operations of `/v1` that take a form: the deployment stands in the backend's URL, because the model
 * in a form cannot be written anew. All but the section `backend` is the API's.
 */
export function formPolicy(table: RoutingTable, options: GatewayPolicyOptions): PolicyDocument {
  const served = table.routes.filter(({ dated }) => dated);
  const others = table.routes.filter(({ dated }) => !dated);
  const takesNoForm = fault(404, 'model_not_found', '', 'the model takes no forms; call it with JSON');
  return {
    kind: 'policies',
    inbound: [
      { kind: 'base' },
      ...(others.length === 0
        ? []
        : [
            onlyWhen(others.map(({ key }) => routeIs(key)).join('||'), [
              setVariable('fault', takesNoForm),
              errorAnswer(options.headers, [doNotRetry]),
            ]),
          ]),
      apiVersion(options, 'override'),
    ],
    backend: [
      attempts(options.maxAttempts, [
        ...nextMember(),
        ...dispatch({ ...table, routes: served }, ({ datedBackendId }) => datedBackendId),
        forward(options),
        includes(options.name)('outcome'),
      ]),
    ],
    outbound: [{ kind: 'base' }],
    onError: [{ kind: 'base' }],
  };
}

function includes(gatewayName: string): (part: FragmentPart) => PolicyNode {
  return (part) => ({ kind: 'include-fragment', fragmentId: fragmentName(gatewayName, part) });
}

function forward({ timeoutSeconds }: GatewayPolicyOptions): PolicyNode {
  return {
    kind: 'forward-request',
    timeout: String(timeoutSeconds),
    bufferRequestBody: 'true',
    bufferResponse: 'false',
  };
}

/** The body is not read for callers that are refused anyway. */
function request(options: GatewayPolicyOptions, surface: Surface): PolicyNode[] {
  return [
    ...(surface === 'v1' ? noModel : []),
    routeChecks(options),
    onlyWhen(`${read('fault')}==""`, [
      ...(surface === 'v1' ? findModel() : []),
      contentChecks(surface, options.storedResponses),
    ]),
    ...refusals(options),
    ...chooseMembers(options.maxAttempts, surface),
    ...towardsModel(options),
    ...(surface === 'dated' ? toDeployment(options) : [toOperation]),
  ];
}

function refusals({ headers, modelsPath }: GatewayPolicyOptions): PolicyNode[] {
  const isGone = `(${read('fault')}).Split('|')[0]=="410"`;
  const sunset = `(${read('row')}).Split('|')[1]`;
  const successor = `(${read('row')}).Split('|')[2]`;
  const sunsetHeader = setHeader('Sunset', expression(sunset));
  const link = setHeader('Link', successorLink(modelsPath, successor));
  const gone = (condition: string, more: readonly PolicyNode[]): PolicyNode =>
    onlyWhen(`${isGone}&&${condition}`, [errorAnswer(headers, [doNotRetry, ...more])]);
  return [
    gone(`${sunset}!=""&&${isServed(successor)}`, [sunsetHeader, link]),
    gone(`${sunset}!=""`, [sunsetHeader]),
    gone(isServed(successor), [link]),
    onlyWhen(`${read('fault')}!=""`, [errorAnswer(headers, [doNotRetry])]),
  ];
}

/**
 * Keys and cookies of the caller, and headers that Azure obeys before the path: another deployment for images, another
 * content filter (https://learn.microsoft.com/azure/ai-foundry/openai/how-to/content-filters), another deployment or path.
 */
const NOT_FOR_MODELS = [
  'api-key',
  'Ocp-Apim-Subscription-Key',
  'Cookie',
  'x-policy-id',
  'x-ms-oai-image-generation-deployment',
  'azureml-model-deployment',
  'x-http-method-override',
  'x-original-url',
  'x-rewrite-url',
];

/** Nothing that the caller said of itself or of the route reaches the model. */
function towardsModel({ headers, identity, traces, tokenMetricsNamespace }: GatewayPolicyOptions): PolicyNode[] {
  return [
    ...(traces || tokenMetricsNamespace !== undefined ? [setVariable('release', releaseOf(headers.release))] : []),
    ...[headers.model, headers.version, headers.release, ...NOT_FOR_MODELS].map(deleteHeader),
    ...['subscription-key', 'api-key', 'model', 'deployment-id'].map((name): PolicyNode => ({
      kind: 'set-query-parameter',
      name,
      existsAction: 'delete',
      values: [],
    })),
    setHeader('x-ms-client-request-id', expression('context.RequestId.ToString()')),
    {
      kind: 'authentication-managed-identity',
      resource: identity.audience,
      ...(identity.clientId !== undefined && { clientId: identity.clientId }),
    },
  ];
}

function apiVersion({ defaultApiVersion }: GatewayPolicyOptions, existsAction: 'skip' | 'override'): PolicyNode {
  return { kind: 'set-query-parameter', name: 'api-version', existsAction, values: [defaultApiVersion] };
}

/** The path as the operation has it, whatever case and encoding the caller chose. */
const toOperation: PolicyNode = {
  kind: 'rewrite-uri',
  template: expression(
    'context.Operation.UrlTemplate.Replace("{response_id}",context.Request.MatchedParameters.GetValueOrDefault("response_id",""))',
  ),
};

/** The backend's URL ends in the deployment: what goes after it is the operation. */
function toDeployment(options: GatewayPolicyOptions): PolicyNode[] {
  const operation = expression('context.Operation.UrlTemplate.Replace("/deployments/{deployment}","")');
  return [apiVersion(options, 'skip'), { kind: 'rewrite-uri', template: operation }];
}
