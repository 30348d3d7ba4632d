import { abridged } from '../contracts/printable';
import { formatRouteKey, parseRouteKey } from '../contracts/route-key';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { RouteFact } from '../facts/gateway-facts';
import { Finding } from './finding';
import { identityOf } from './model-identity';
import { routeFinding, routeText } from './route-finding';
import { Rule, RuleContext } from './rule';
import { nameList } from './statement';

/** A route behind which the model changes. */
export const routeMixesVersions: Rule = {
  id: 'route-mixes-versions',
  summary:
    'A route of a gateway leads to deployments of different model versions, or of another one than its key says.',
  why:
    'The caller chose a version, and prompts, settings and evaluations belong to that version. Where failover or load balancing crosses ' +
    'versions, answers change from call to call and nobody sees why.',
  fix: 'Let a route lead to deployments of exactly one version, in other regions or of other SKUs, and give every other version its own route.',
  severity: 'error',
  unknownWhen: 'Never: targets whose deployment this configuration does not declare are left out.',
  check(context) {
    return (context.facts.gateway?.routes ?? []).flatMap((route) => mixedRoute(context, route));
  },
};

interface ServedModel {
  readonly key: string;
  readonly identity: string;
  readonly deployment: DeploymentFact;
}

function mixedRoute(context: RuleContext, route: RouteFact): Finding[] {
  const models = new Map<string, ServedModel>();
  for (const { serves } of route.targets) {
    const model = serves && servedModel(context, serves);
    if (model !== undefined && !models.has(model.identity)) {
      models.set(model.identity, model);
    }
  }
  const served = [...models.values()];
  if (served.length > 1) {
    return [
      routeFinding(routeMixesVersions, route, {
        message: `${routeText(route)} leads to different models: ${nameList(served.map(modelOf))}`,
        fix: 'keep the deployments of one version in the route, and give each other version a route of its own',
      }),
    ];
  }
  const asked = parseRouteKey(route.key);
  const [only] = served;
  if (asked === undefined || only === undefined) {
    return [];
  }
  const format = valueOf(only.deployment.format);
  return identityOf(context, { format, ...asked }) === only.identity
    ? []
    : [
        routeFinding(routeMixesVersions, route, {
          message: `${routeText(route)} leads to another model: ${modelOf(only)}`,
          fix: `route ${abridged(route.key)} to a deployment of that version, or name the route ${abridged(only.key)}`,
        }),
      ];
}

function modelOf({ key, deployment }: ServedModel): string {
  return `${abridged(key)} (${abridged(deployment.origin.address)})`;
}

function servedModel(context: RuleContext, deployment: DeploymentFact): ServedModel | undefined {
  const name = valueOf(deployment.model);
  const version = valueOf(deployment.version);
  if (name === undefined || version === undefined) {
    return undefined;
  }
  const identity = identityOf(context, { format: valueOf(deployment.format), name, version });
  return { key: formatRouteKey({ name, version }), identity, deployment };
}
