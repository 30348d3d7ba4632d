import { abridged } from '../contracts/printable';
import { MissingName, RouteFact } from '../facts/gateway-facts';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { Ended, EndedTargets } from './ended-targets';
import { Finding } from './finding';
import { thisPlan } from './planned-changes';
import { atPlace, routeFinding, routeText } from './route-finding';
import { distinctRouters, orchestratorOf, usersText } from './routed-traffic';
import { Rule, RuleContext } from './rule';
import { findingOf, Statement } from './statement';
import { TrafficBefore } from './traffic-before';

/** Traffic that a plan leaves without what it goes to. */
export const routeToDestroyed: Rule = {
  id: 'route-to-destroyed',
  summary:
    'After a plan, a gateway route, a row of a router or an orchestrator still leads to a deployment, backend or app that the plan destroys or forgets.',
  why:
    'Every call by that way fails from the apply on: Azure answers 404 (`DeploymentNotFound`, https://github.com/MicrosoftDocs/azure-docs/issues/114013), ' +
    'and a gateway whose backend is gone, or a router whose app is, has nothing to pass the call on to. ' +
    'What Terraform forgets lives on, and nobody sees any more when it changes or retires.',
  fix: 'Take the route, row or variable to what remains in the same plan or before; then destroy.',
  severity: 'error',
  severityNote: 'error; warning where it is forgotten and lives on',
  unknownWhen: 'Never: a way that cannot be read is reported by `route-target-missing` and `traffic-incomplete`.',
  check(context) {
    const ended = EndedTargets.of(context);
    if (ended === undefined) {
      return [];
    }
    const { gateway, releases } = context.facts;
    return [
      ...(gateway?.routes ?? []).flatMap((route) => routeStatement(ended, route)),
      ...(gateway?.missing ?? []).flatMap((missing) => backendStatement(ended, missing)),
      ...(releases?.orchestrators ?? []).flatMap((orchestrator) => wiringStatements(ended, orchestrator)),
      ...distinctRouters(context).flatMap((router) => rowStatements(context, ended, router)),
    ];
  },
};

function routeStatement(ended: EndedTargets, route: RouteFact): Finding[] {
  const found = distinct(route.targets.flatMap((target) => ended.target(target) ?? []));
  return found.map((one) =>
    routeFinding(routeToDestroyed, route, {
      ...statementOf(ended, `${routeText(route)} leads to`, one),
      fix: 'lead the route to another deployment, or take it out, in the same plan or before',
    }),
  );
}

function backendStatement(ended: EndedTargets, missing: MissingName): Finding[] {
  const one = missing.kind === 'backend' ? ended.backend(missing.name) : undefined;
  return one === undefined
    ? []
    : [
        findingOf(routeToDestroyed, missing, {
          ...statementOf(
            ended,
            `the policy names the backend '${abridged(missing.name)}'${atPlace(missing.place)}:`,
            one,
          ),
          fix: 'name a backend that remains, in the same plan or before',
        }),
      ];
}

function wiringStatements(ended: EndedTargets, { origin, wiring }: OrchestratorFact): Finding[] {
  return wiring.flatMap(({ target, variablePart, deployment }) => {
    const one = target && ended.target(target);
    return one === undefined
      ? []
      : [
          findingOf(
            routeToDestroyed,
            { origin, path: deployment.path },
            {
              ...statementOf(ended, `the role ${abridged(variablePart)} leads to`, one),
              fix: 'declare a release that is wired to a deployment that remains, and move users to it first',
            },
          ),
        ];
  });
}

function rowStatements(context: RuleContext, ended: EndedTargets, router: RouterFact): Finding[] {
  return router.rows.filter(isCalled).flatMap((row) => {
    const one = row.app === undefined && row.target !== 'missing' ? appOf(context, ended, row) : undefined;
    return one === undefined
      ? []
      : [
          findingOf(routeToDestroyed, router, {
            ...statementOf(ended, `${textOf(row)} ${abridged(row.label)}, whose app is`, one),
            fix: 'give its share to a release that remains and let it drain; destroy the app in a later plan',
            subject: row.label,
          }),
        ];
  });
}

/** The app that ran the release before, unless another one runs it now. */
function appOf(context: RuleContext, ended: EndedTargets, row: RoutedRow): Ended | undefined {
  if (orchestratorOf(context, row) !== undefined) {
    return undefined;
  }
  const found = TrafficBefore.of(context.facts.plan!)
    .appsOf(row.label)
    .flatMap((app) => ended.app(context, app, row.label) ?? []);
  return found[0];
}

function isCalled({ stage, from, to }: RoutedRow): boolean {
  return to > from || stage === 'stable' || stage === 'draining';
}

function textOf(row: RoutedRow): string {
  return row.to > row.from
    ? `${usersText(row)} of users go to`
    : `the router still leads users of its ${row.stage} row to`;
}

function statementOf(
  { plan }: EndedTargets,
  subject: string,
  { what, how }: Ended,
): Pick<Statement, 'message' | 'severity'> {
  return how === 'destroyed'
    ? { message: `${subject} ${what}, which ${thisPlan(plan)} destroys` }
    : {
        severity: 'warning',
        message: `${subject} ${what}, which ${thisPlan(plan)} lets go of: it lives on, and nothing declares it`,
      };
}

function distinct(found: readonly Ended[]): Ended[] {
  return [...new Map(found.map((one) => [one.what, one])).values()];
}
