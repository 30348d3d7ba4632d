import { GatewayDefinition } from '../../lib/emulator';
import { callerTokens, CallerToken, RouteTable } from '../../lib/emulator/synthesised';
import { rowParts } from '../../lib/gateway/policy/route-lookup';

const DAYS_OF_TOKEN = 30;

/** The app roles that the routes of a `ModelGateway` demand, from the rows of its policy; none for other gateways. */
function rolesOf(table: RouteTable): string[] {
  const rows = table.valuesOf('row').map((row) => row.split('|'));
  const roles = rows
    .filter((parts) => parts.length === rowParts.length)
    .map((parts) => parts[rowParts.indexOf('role')]!);
  return [...new Set(roles)].filter((role) => role !== '');
}

/**
 * Tokens for the callers of each API, with the roles that its routes demand unless other ones are asked for. A caller that is tried for its
 * grants has no roles that would admit it anyway.
 */
export function printedTokens(
  definition: GatewayDefinition,
  { role, caller, user }: { readonly role: readonly string[]; readonly caller?: string; readonly user?: string },
): CallerToken[] {
  const expiresAt = tokenExpiry(new Date());
  const tokens = definition.apis.flatMap((api) => {
    const own = { ...definition, apis: [api] };
    const roles = role.length > 0 || caller !== undefined ? role : rolesOf(new RouteTable(own));
    return callerTokens(own, { roles, application: caller, user, expiresAt });
  });
  return [...new Map(tokens.map((each) => [each.token, each])).values()];
}

/** When a token for local calls expires, in seconds since 1970: late enough to keep it in a settings file. */
function tokenExpiry(now: Date): number {
  return Math.floor(now.getTime() / 1000) + DAYS_OF_TOKEN * 86_400;
}
