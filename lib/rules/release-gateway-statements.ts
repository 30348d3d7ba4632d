import { ORCHESTRATOR_ENVIRONMENT, roleVariablePart } from '../contracts/orchestrator-environment';
import { abridged } from '../contracts/printable';
import { ManifestModel } from '../contracts/release-manifest';
import { valueOf } from '../facts/attribute';
import { OrchestratorFact, WiringFact } from '../facts/release-facts';
import { expressionIn, modelKeyOf } from './release-text';
import { RuleContext } from './rule';
import { ELSEWHERE, Statement, UNKNOWN } from './statement';
import { routesTo } from './wired-routes';

/** A role of a release and the model version that it binds to it. */
export interface Bound {
  readonly role: string;
  readonly model: ManifestModel;
}

/** What is wrong with a role that is wired to a gateway of the stack. */
export function gatewayStatements(context: RuleContext, bound: Bound, { url, gateway }: WiringFact): Statement[] {
  if (gateway === undefined || gateway.routes.length === 0) {
    return [];
  }
  const routes = routesTo(context, gateway.routes, bound.model);
  if (routes.some(({ targets, mayHaveOtherTargets }) => targets.length > 0 || mayHaveOtherTargets)) {
    return [];
  }
  const isAnswered = routes.some(({ answersItself }) => answersItself);
  const isCertain = isAnswered || !gateway.mayServeMore;
  return [
    {
      ...(!isCertain && UNKNOWN),
      path: url.path,
      message: isAnswered
        ? `${roleText(bound)} is answered by ${abridged(gateway.api)} without a model: its route is retired there`
        : `${roleText(bound)} has no route in ${abridged(gateway.api)}${isCertain ? '' : ', as far as its policies can be read'}`,
      fix: `add a route ${modelKeyOf(bound.model)} to the gateway, or bind a model that it serves, in a new release`,
    },
  ];
}

/** Roles that share a gateway are named together. */
export function unseenGateways(roles: readonly Bound[], byPart: ReadonlyMap<string, WiringFact>): Statement[] {
  const byPlace = new Map<string, { readonly wired: WiringFact; readonly bound: Bound[] }>();
  for (const bound of roles) {
    const wired = byPart.get(roleVariablePart(bound.role));
    const isUnseen =
      wired !== undefined &&
      wired.url.value.state !== 'absent' &&
      wired.deployment.value.state === 'absent' &&
      (wired.gateway === undefined || wired.gateway.routes.length === 0);
    if (isUnseen) {
      const place = JSON.stringify([wired.url.value, wired.url.isSecret, wired.gateway?.api]);
      const known = byPlace.get(place) ?? { wired, bound: [] };
      known.bound.push(bound);
      byPlace.set(place, known);
    }
  }
  return [...byPlace.values()].map(({ wired: { url, gateway }, bound }) => ({
    ...(url.isSecret ? UNKNOWN : ELSEWHERE),
    path: url.path,
    ...(bound.length === 1 && { model: bound[0]!.model }),
    message: `whether ${bound.map(roleText).join(' and ')} ${bound.length === 1 ? 'has a route' : 'have routes'} there is not known: ${gateway === undefined ? `no gateway of this stack is at that URL${expressionIn(url)}` : `no routes of ${abridged(gateway.api)} can be read`}`,
    fix: `see to it that the gateway has ${bound.length === 1 ? 'a route' : 'routes'} ${bound.map(({ model }) => modelKeyOf(model)).join(' and ')}; declared in the same stack, this rule checks it`,
  }));
}

/** The gateway finds the route by a header: another one leads to no route at all. */
export function headerStatements({ routeHeader, wiring, hasUnreadVariables }: OrchestratorFact): Statement[] {
  const read = wiring.find(({ gateway }) => (gateway?.versionHeaders.length ?? 0) > 0)?.gateway;
  const { value, path } = routeHeader;
  const header = valueOf(value);
  if (read === undefined || value.state === 'unknown' || (header === undefined && hasUnreadVariables)) {
    return [];
  }
  const variable = ORCHESTRATOR_ENVIRONMENT.routeHeader;
  const expected = read.versionHeaders.map((name) => `'${abridged(name)}'`).join(' or ');
  return header !== undefined && read.versionHeaders.includes(header.toLowerCase())
    ? []
    : [
        {
          path,
          message: `${header === undefined ? `the container is not told ${variable}` : `${variable} is '${abridged(header)}'`}, and ${abridged(read.api)} tells models apart by ${expected}`,
          fix: `set ${variable} to the header that the gateway reads`,
        },
      ];
}

/** `role 'chat' (gpt-5.1@2025-11-13)`. */
export function roleText({ role, model }: Bound): string {
  return `role '${abridged(role)}' (${modelKeyOf(model)})`;
}
