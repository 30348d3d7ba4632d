import { CalendarDate } from '../../contracts/calendar-date';
import { csharpString } from '../../policy/csharp-string';
import { choose, read, requestHeader, setVariable, when } from '../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../policy/policy-document';
import { GatewayHeaders } from './policy-options';
import { routeIs } from './route-condition';
import { LiveRoute, RetiredRoute, RouteGrant, RoutingTable, Surface, tiersOf } from './routing-table';

/**
 * What a route's row says, in the order in which the parts stand in it. A row is text, its parts are divided by `|`:
 * one `when` a route keeps a change of the table one line of a plan.
 */
export const rowParts = ['weights', 'deployments', 'role', 'deprecation', 'sunset', 'successor'] as const;

export type RowPart = (typeof rowParts)[number];

/** First part of the row of a version that is gone; `sunset` and `successor` follow. */
export const RETIRED = 'retired';
/** First part of the row of a version that the other surface serves. */
export const ELSEWHERE = 'elsewhere';

/** A literal may not be empty. */
const NOTHING = expression('""');

/** C# that reads a part of the row in the variable `row`. */
export function rowPart(part: RowPart): string {
  return `(${read('row')}).Split('|')[${rowParts.indexOf(part)}]`;
}

/**
 * Sets `asked` (what the caller named), `route` (the key that it stands for), `row` (empty where there is no such
 * route), `routes` (every live key) and `grants`. Repeated headers arrive joined by commas, which no key contains.
 */
export function routeLookup(table: RoutingTable, headers: GatewayHeaders, surface: Surface): PolicyNode[] {
  const aliases = table.aliases.map(({ name, key }) =>
    when(`${read('asked')}==${csharpString(name)}`, [setVariable('route', key)]),
  );
  return [
    setVariable(
      'asked',
      statements(
        `var m=${requestHeader(headers.model)};var v=${requestHeader(headers.version)};return v==""?m:m+"@"+v;`,
      ),
    ),
    setVariable('route', expression(read('asked'))),
    ...(aliases.length > 0 ? [choose(aliases)] : []),
    setVariable('row', NOTHING),
    ...rows(table, surface),
    setVariable('routes', table.routes.map(({ key }) => key).join(' ') || NOTHING),
    setVariable('grants', grantsText(table.grants) || NOTHING),
  ];
}

/** The grants as one text, `caller=key,key;caller=*`; it may hold tokens of cdktf. */
export function grantsText(grants: readonly RouteGrant[]): string {
  return grants.map(({ callerId, keys }) => `${callerId}=${keys?.join(',') ?? '*'}`).join(';');
}

function rows(table: RoutingTable, surface: Surface): PolicyNode[] {
  const whens = [
    ...table.routes.map((route) =>
      when(routeIs(route.key), [setVariable('row', surface === 'dated' && !route.dated ? ELSEWHERE : liveRow(route))]),
    ),
    ...table.retired.map((route) => when(routeIs(route.key), [setVariable('row', retiredRow(route))])),
  ];
  return whens.length > 0 ? [choose(whens)] : [];
}

function liveRow({ members, appRole, deprecatedOn, retiresOn, successor }: LiveRoute): string {
  const weights = tiersOf(members)
    .map((tier) => tier.map(({ position, weight }) => `${position}:${weight}`).join(','))
    .join(';');
  const row: Record<RowPart, string> = {
    weights,
    deployments: members.map(({ deploymentName }) => deploymentName).join(','),
    role: appRole,
    deprecation: deprecatedOn === undefined ? '' : `@${epochSeconds(deprecatedOn)}`,
    sunset: retiresOn === undefined ? '' : httpDate(retiresOn),
    successor: successor ?? '',
  };
  return rowParts.map((part) => row[part]).join('|');
}

function retiredRow({ retiredOn, successor }: RetiredRoute): string {
  return `${RETIRED}|${retiredOn === undefined ? '' : httpDate(retiredOn)}|${successor ?? ''}`;
}

/** The date of the header `Sunset`, https://www.rfc-editor.org/rfc/rfc8594: an HTTP date. */
function httpDate(day: CalendarDate): string {
  return new Date(`${day}T00:00:00Z`).toUTCString();
}

function epochSeconds(day: CalendarDate): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
