import { abridged } from '../contracts/printable';
import { parseRouteKey } from '../contracts/route-key';
import { PolicyPlace, RouteFact } from '../facts/gateway-facts';
import { Finding } from './finding';
import { RuleDescription } from './rule';

/** What a rule says about a policy of a gateway. */
export interface PolicyStatement {
  readonly message: string;
  readonly fix: string;
  /** @default - the rule's own */
  readonly severity?: Finding['severity'];
  /** @default 'violation' */
  readonly status?: Finding['status'];
  readonly retirementDate?: string;
}

/** The finding that a rule makes about a part of a gateway, or a place in it. */
export function policyFinding(
  rule: RuleDescription,
  place: Pick<PolicyPlace, 'origin'> & Partial<PolicyPlace>,
  statement: PolicyStatement,
): Finding {
  const { message, fix, severity = rule.severity, status = 'violation', retirementDate } = statement;
  return {
    rule: rule.id,
    severity,
    status,
    resource: { ...place.origin, ...(place.path !== undefined && { path: place.path }) },
    message,
    fix,
    ...(retirementDate !== undefined && { retirementDate }),
  };
}

/** The finding that a rule makes about a route; the model is the one that its key names. */
export function routeFinding(rule: RuleDescription, route: RouteFact, statement: PolicyStatement): Finding {
  const parts = parseRouteKey(route.key);
  return {
    ...policyFinding(rule, route, statement),
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
