import { abridged } from '../contracts/printable';
import { parseRouteKey } from '../contracts/route-key';
import { RouteFact } from '../facts/gateway-facts';
import { Finding } from './finding';
import { RuleDescription } from './rule';
import { findingOf, Statement } from './statement';

/** The finding that a rule makes about a route; the model is the one that its key names. */
export function routeFinding(rule: RuleDescription, route: RouteFact, statement: Statement): Finding {
  const parts = parseRouteKey(route.key);
  return {
    ...findingOf(rule, route, statement),
    ...(parts && { model: { name: parts.name, version: parts.version } }),
  };
}

/** `route gpt-4o@2024-08-06`, `route 'eu, chat'`. */
export function routeText({ key }: RouteFact): string {
  return parseRouteKey(key) === undefined ? `route '${abridged(key)}'` : `route ${abridged(key)}`;
}

/** ` at backend/choose[0]/when[2]`, where the place is known. */
export function atPlace(place: string | undefined): string {
  return place === undefined ? '' : ` at ${abridged(place)}`;
}
