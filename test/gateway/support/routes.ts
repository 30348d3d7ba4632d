import { GatewayPolicyOptions } from '../../../lib/gateway/policy/policy-options';
import { LiveRoute, RouteMember, RoutingTable } from '../../../lib/gateway/policy/routing-table';

export const TENANT = '11111111-2222-3333-4444-555555555555';
export const AUDIENCE = 'api://model-gateway';
export const ROLE = 'Models.Invoke';

export const policyOptions: GatewayPolicyOptions = {
  name: 'model-gateway',
  headers: {
    model: 'x-ai-model',
    version: 'x-ai-model-version',
    release: 'x-ai-release',
    alias: 'x-ai-model-alias',
    deployment: 'x-ai-deployment',
    attempts: 'x-ai-attempts',
    requestId: 'x-request-id',
  },
  access: { kind: 'entra', tenantId: TENANT, audiences: [AUDIENCE] },
  identity: { audience: 'https://cognitiveservices.azure.com' },
  tier: 'classic',
  defaultApiVersion: '2024-10-21',
  timeoutSeconds: 30,
  maxAttempts: 3,
  storedResponses: true,
  traces: false,
  modelsPath: '/openai/v1/models',
};

/** A deployment of an account as a member of a route. */
export function member(account: string, deploymentName: string, more: Partial<RouteMember> = {}): RouteMember {
  const id = `${account}-${deploymentName.replace(/[^A-Za-z0-9]/g, '-')}`;
  return { datedBackendId: `${id}-dated`, v1BackendId: `${id}-v1`, deploymentName, tier: 0, weight: 1, ...more };
}

export function route(key: string, members: readonly RouteMember[], more: Partial<LiveRoute> = {}): LiveRoute {
  return { key, members, appRole: ROLE, dated: true, policies: {}, ...more };
}

export function tableOf(routes: readonly LiveRoute[], more: Partial<RoutingTable> = {}): RoutingTable {
  return { routes, retired: [], aliases: [], grants: [], ...more };
}

/** An unsigned token of a caller. */
export function callerToken(claims: Record<string, unknown> = {}): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = {
    aud: AUDIENCE,
    tid: TENANT,
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    exp: 4_102_444_800,
    roles: [ROLE],
    azp: 'caller-app',
    ...claims,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.c2ln`;
}
