import { parseRouteKey } from '../contracts/route-key';
import { ABSENT, known } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { RouteFact } from '../facts/gateway-facts';
import { LifecycleVerdict, deploymentVerdict } from './deployment-verdict';
import { RuleContext } from './rule';

/** A route to a model that no deployment of the app has, and what the catalogue says of the model. */
export interface JudgedRoute {
  readonly route: RouteFact;
  readonly verdict: LifecycleVerdict;
}

const judged = new WeakMap<RuleContext, readonly JudgedRoute[]>();

/**
 * The routes whose key names a model of the catalogue, each key once: a gateway repeats its routes in several policies.
 * Left out are routes that lead to a deployment of the app, which is judged itself, and those that are answered without
 * a model. Worked out once in each context.
 */
export function judgedRoutes(context: RuleContext): readonly JudgedRoute[] {
  const routes = judged.get(context) ?? judge(context);
  judged.set(context, routes);
  return routes;
}

function judge(context: RuleContext): readonly JudgedRoute[] {
  const routes = context.facts.gateway?.routes ?? [];
  const answered = keysOf(routes.filter(({ answersItself }) => answersItself));
  const served = keysOf(routes.filter(({ targets }) => targets.length > 0));
  const declared = keysOf(routes.filter((route) => leadsToDeclared(context, route)));
  const first = new Map<string, RouteFact>();
  for (const route of routes) {
    const key = route.key.toLowerCase();
    const isAnswered = answered.has(key) && !served.has(key);
    if (!isAnswered && !declared.has(key) && !first.has(key) && parseRouteKey(route.key) !== undefined) {
      first.set(key, route);
    }
  }
  return [...first.values()].flatMap((route) => {
    const verdict = deploymentVerdict(context, modelOf(route));
    return 'answer' in verdict ? [{ route, verdict }] : [];
  });
}

function keysOf(routes: readonly RouteFact[]): ReadonlySet<string> {
  return new Set(routes.map(({ key }) => key.toLowerCase()));
}

function leadsToDeclared(context: RuleContext, { targets }: RouteFact): boolean {
  return targets.some(
    ({ serves, deployment }) =>
      serves !== undefined || (deployment !== undefined && context.isDeployed(deployment.toLowerCase())),
  );
}

/** A deployment elsewhere, of which the key of the route says model and version. */
function modelOf({ origin, key }: RouteFact): DeploymentFact {
  const { name, version } = parseRouteKey(key)!;
  return {
    origin,
    declaredBy: 'azurerm',
    account: ABSENT,
    deployment: ABSENT,
    format: ABSENT,
    model: known(name),
    version: known(version),
    sku: ABSENT,
    capacity: ABSENT,
    versionUpgradeOption: ABSENT,
  };
}
