import { ValidateAzureAdTokenNode } from '../../policy/access-nodes';
import { PolicyValue } from '../../policy/policy-value';
import { allNodes } from '../../policy/policy-walk';
import { GatewayDefinition } from '../gateway-definition';
import { gatewayPolicies } from './policy-branches';

/** What a token for a local run says beyond what the policy demands. */
export interface CallerClaims {
  readonly roles: readonly string[];
  /** Client id of the calling application. @default one that the policy demands, else `local-caller` */
  readonly application?: string;
  /** Object id of the user, by which routers tell users apart. @default `local-user` */
  readonly user?: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** A token that the gateway accepts locally, where signatures are not checked; it is worthless anywhere else. */
export interface CallerToken {
  readonly tenantId: string;
  readonly audience: string;
  readonly roles: readonly string[];
  readonly token: string;
}

/** The application id of tokens for which the policy does not demand one. */
const LOCAL_APPLICATION = 'local-caller';
const LOCAL_USER = 'local-user';

/** One token for each tenant and audience that the policies of the gateway accept. */
export function callerTokens(gateway: GatewayDefinition, claims: CallerClaims): CallerToken[] {
  const tokens = new Map<string, CallerToken>();
  for (const document of gatewayPolicies(gateway)) {
    for (const { node } of allNodes(document)) {
      const token = node.kind === 'validate-azure-ad-token' ? tokenFor(node, claims, gateway) : undefined;
      if (token) {
        tokens.set(token.token, token);
      }
    }
  }
  return [...tokens.values()];
}

/** Undefined where an expression says which tenant it is. */
function tokenFor(
  node: ValidateAzureAdTokenNode,
  { roles, application, user = LOCAL_USER, expiresAt }: CallerClaims,
  gateway: GatewayDefinition,
): CallerToken | undefined {
  const text = (value: PolicyValue | undefined): string | undefined =>
    typeof value === 'string' ? withNamedValues(value, gateway) : undefined;
  const tenantId = text(node.tenantId);
  if (tenantId === undefined) {
    return undefined;
  }
  const audience = text(node.audiences[0]) ?? text(node.backendApplicationIds[0]) ?? 'local-audience';
  const demanded = node.requiredClaims.flatMap((claim) => {
    const name = text(claim.name);
    return name === undefined ? [] : [[name, claim.values.map((value) => text(value) ?? '')] as const];
  });
  const allRoles = [...new Set([...roles, ...demanded.flatMap(([name, values]) => (name === 'roles' ? values : []))])];
  const all: Record<string, unknown> = {
    ...Object.fromEntries(demanded),
    aud: audience,
    tid: tenantId,
    oid: user,
    appid: application ?? text(node.clientApplicationIds[0]) ?? LOCAL_APPLICATION,
    roles: allRoles,
    exp: expiresAt,
  };
  return { tenantId, audience, roles: allRoles, token: `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(all)}.` };
}

function withNamedValues(text: string, { namedValues }: GatewayDefinition): string {
  return text.replace(/\{\{\s*([A-Za-z0-9._-]+)\s*\}\}/g, (whole, name: string) => namedValues?.get(name) ?? whole);
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
