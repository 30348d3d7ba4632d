import { abridged } from '../contracts/printable';
import { parseRouteKey } from '../contracts/route-key';
import { valueOf } from '../facts/attribute';
import { MissingName, RouteFact, RouteTarget, UnreadRouting } from '../facts/gateway-facts';
import { EndedTargets } from './ended-targets';
import { Finding } from './finding';
import { atPlace, routeFinding, routeText } from './route-finding';
import { Rule, RuleContext } from './rule';
import { findingOf } from './statement';

/** A gateway that sends calls to what nothing declares. */
export const routeTargetMissing: Rule = {
  id: 'route-target-missing',
  summary: 'A gateway policy names a backend, fragment or deployment that nothing declares, or a route has no backend.',
  why:
    'API Management refuses to save a policy whose literal backend or fragment does not exist, in the middle of an apply. A backend ' +
    'whose deployment does not exist is accepted, and every call through it gets 404 (DeploymentNotFound).',
  fix: 'Declare the backend, fragment or deployment in the same stack and let the policy depend on it, or take the route out.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'An expression or a named value chooses the backend, a policy cannot be read, the API Management service or deployments of the ' +
    'account may be declared elsewhere.',
  check(context) {
    const { gateway } = context.facts;
    const ended = EndedTargets.of(context);
    const own = new Set(context.facts.deployments.map((fact) => valueOf(fact.deployment)?.toLowerCase()));
    const policies = new Set(
      (gateway?.routes ?? []).flatMap(({ origin, targets }) => (targets.length > 0 ? origin.address : [])),
    );
    return gateway === undefined
      ? []
      : [
          ...gateway.missing
            .filter(({ kind, name }) => kind !== 'backend' || ended?.backend(name) === undefined)
            .map(missingName),
          ...gateway.unread.map(unreadRouting),
          ...gateway.routes.flatMap((route) => [
            ...withoutTarget(route, policies),
            ...lackingDeployments(context, route, own),
          ]),
        ];
  },
};

function missingName(missing: MissingName): Finding {
  const { kind, name, place, isServiceDeclared } = missing;
  const named = `the policy names the ${kind} '${abridged(name)}'${atPlace(place)}, which no resource of the stack declares`;
  return findingOf(
    routeTargetMissing,
    missing,
    isServiceDeclared
      ? { message: named, fix: `declare the ${kind} '${abridged(name)}', or name one that is declared` }
      : {
          severity: 'warning',
          status: 'unknown',
          message: `${named}; the API Management service is not declared in it either, so that it may exist`,
          fix: `declare the ${kind} in the stack of the policy, or make sure that it exists and waive this`,
        },
  );
}

function unreadRouting(unread: UnreadRouting): Finding {
  return findingOf(routeTargetMissing, unread, {
    severity: 'warning',
    status: 'unknown',
    message: `the policy${atPlace(unread.place)} ${abridged(unread.reason)}: where it sends calls is not known`,
    fix: 'name backends literally, one branch each; then API Management checks that they exist, and so does this rule',
  });
}

/** Only where the policy gives other routes a target does it mean to choose one here. */
function withoutTarget(route: RouteFact, policies: ReadonlySet<string>): Finding[] {
  const isRoute = parseRouteKey(route.key) !== undefined && !route.answersItself;
  if (!isRoute || route.targets.length > 0 || route.mayHaveOtherTargets) {
    return [];
  }
  return policies.has(route.origin.address)
    ? [
        routeFinding(routeTargetMissing, route, {
          message: `${routeText(route)} has no backend: the policy looks for it${atPlace(route.place)} and sends it nowhere`,
          fix: 'give the route a backend, or answer its calls with 404 or 410 and the successor',
        }),
      ]
    : [];
}

/** Another stack of the app may declare the deployment on the account of this one; `route-to-destroyed` says what a plan destroys. */
function lackingDeployments(context: RuleContext, route: RouteFact, own: ReadonlySet<string | undefined>): Finding[] {
  const mayBeElsewhere = (name: string) => context.isDeployed(name) && !own.has(name);
  const ended = EndedTargets.of(context);
  const lacking = route.targets.filter(
    (target) =>
      target.lacksDeployment !== undefined &&
      !mayBeElsewhere(target.deployment!.toLowerCase()) &&
      ended?.target(target) === undefined,
  );
  const byName = new Map(lacking.map((target) => [`${target.account} ${target.deployment}`, target]));
  return [...byName.values()].map((target) => lackingDeployment(route, target));
}

function lackingDeployment(route: RouteFact, { deployment, account, backend, lacksDeployment }: RouteTarget): Finding {
  const isCertain = lacksDeployment === 'certainly';
  const through = backend === undefined ? '' : ` through ${abridged(backend)}`;
  const sent = `${routeText(route)} leads${through} to deployment '${abridged(deployment!)}' of ${abridged(account!)}`;
  return routeFinding(routeTargetMissing, route, {
    ...(!isCertain && { severity: 'warning' as const, status: 'unknown' as const }),
    message: isCertain
      ? `${sent}, which declares no such deployment`
      : `${sent}; whether that is declared cannot be read before Terraform runs`,
    fix: isCertain
      ? 'declare the deployment, or correct the name in the URL'
      : 'write the names of the deployments and of the backend as literals, or refer to the deployment by its resource',
  });
}
