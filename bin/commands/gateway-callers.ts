import { RouteTable } from '../../lib/emulator/synthesised';
import { rowParts } from '../../lib/gateway/policy/route-lookup';

const DAYS_OF_TOKEN = 30;

/** The app roles that the routes of a `ModelGateway` demand, from the rows of its policy; none for other gateways. */
export function rolesOf(table: RouteTable): string[] {
  const rows = table.valuesOf('row').map((row) => row.split('|'));
  const roles = rows
    .filter((parts) => parts.length === rowParts.length)
    .map((parts) => parts[rowParts.indexOf('role')]!);
  return [...new Set(roles)].filter((role) => role !== '');
}

/** When a token for local calls expires, in seconds since 1970: late enough to keep it in a settings file. */
export function tokenExpiry(now: Date): number {
  return Math.floor(now.getTime() / 1000) + DAYS_OF_TOKEN * 86_400;
}
