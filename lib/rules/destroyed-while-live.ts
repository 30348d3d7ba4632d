import { abridged } from '../contracts/printable';
import { ResourceOrigin } from '../facts/facts';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow } from '../facts/traffic-facts';
import { deploymentFinding } from './deployment-finding';
import { verdictOf } from './deployment-verdict';
import { Finding } from './finding';
import { modelText } from './lifecycle-wording';
import { deploymentText } from './model-changed-in-place';
import { actionOn, actionOnApp, keepsCoordinates } from './planned-changes';
import { labelOf, releaseText } from './release-text';
import { usersText } from './routed-traffic';
import { Rule, RuleContext } from './rule';
import { findingOf, nameList, Statement, UNKNOWN } from './statement';
import { TrafficBefore } from './traffic-before';

const FIX = 'move traffic away and apply that first; destroy this in a later plan, when nothing reaches it any more';

/** What still answers somebody, and is gone after the plan. */
export const destroyedWhileLive: Rule = {
  id: 'destroyed-while-live',
  summary: 'A plan destroys, replaces or recreates a deployment or an app that takes traffic before it is applied.',
  why:
    'Calls and conversations that are under way fail, and where the new one is created only after the old one is gone, all others ' +
    'fail until then: minutes for an app, longer for a deployment, for good where Azure refuses to create it. That a route changes in the ' +
    'same plan does not help whoever calls before it does, nor a release whose users have not drained. A deployment whose model is retired ' +
    'answers nobody and may go.',
  fix: 'Move traffic away and let it drain, apply that, and destroy in a later plan.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'Nothing that the plan speaks of sends calls or users, or a part of what does cannot be read, or calls go to a deployment of that name on an account that cannot be told.',
  check(context) {
    const { plan } = context.facts;
    return plan === undefined
      ? []
      : [...plan.deployments.flatMap((change) => deploymentEnds(context, plan, change)), ...appEnds(context, plan)];
  },
};

function deploymentEnds(context: RuleContext, plan: PlanFacts, change: DeploymentChange): Finding[] {
  const { before } = change;
  const how = before && waysToEnd(change);
  if (before === undefined || how === undefined || isDead(context, change)) {
    return [];
  }
  const traffic = TrafficBefore.of(plan);
  const { certain, possible } = traffic.callersOf(before);
  const what = `${deploymentText(before)} (${modelText(before)})`;
  if (certain.length > 0) {
    return [
      deploymentFinding(destroyedWhileLive, before, {
        message: `${what} takes calls from ${nameList(certain)}, and this plan ${how}`,
        fix: FIX,
      }),
    ];
  }
  if (possible.length > 0) {
    return [
      deploymentFinding(destroyedWhileLive, before, {
        ...UNKNOWN,
        message: `${what}: this plan ${how}, and whether it is the deployment of that name that takes calls from ${nameList(possible)} cannot be read`,
        fix: FIX,
      }),
    ];
  }
  return traffic.showsCalls
    ? []
    : [
        deploymentFinding(destroyedWhileLive, before, {
          ...UNKNOWN,
          message: `${what}: this plan ${how}, and nothing in it tells whether calls still reach it`,
          fix: `make sure that nothing calls it; otherwise ${FIX}`,
        }),
      ];
}

/** What the plan does to the deployment, where that ends it before something else stands in its place. */
function waysToEnd(change: DeploymentChange): string | undefined {
  const isSame = keepsCoordinates(change);
  switch (change.outcome) {
    case 'destroyed':
      return 'destroys it';
    case 'replaced':
      if (change.replaceOrder === 'create-first') {
        return undefined;
      }
      return isSame ? 'destroys it and creates it again' : 'destroys it before it creates the one that takes its place';
    case 'recreated':
      return change.replaceOrder === 'create-first'
        ? undefined
        : `destroys it and creates it again as ${abridged(change.after!.origin.address)}`;
    default:
      return undefined;
  }
}

function isDead(context: RuleContext, { before }: DeploymentChange): boolean {
  const verdict = verdictOf(context, before!);
  return verdict.kind === 'retired' && !verdict.dependsOnSku;
}

function appEnds(context: RuleContext, plan: PlanFacts): Finding[] {
  const traffic = TrafficBefore.of(plan);
  const apps = new Map<string, { origin: ResourceOrigin; orchestrator?: OrchestratorFact }>();
  for (const row of (plan.before.traffic?.routers ?? []).flatMap(({ rows }) => rows)) {
    if (row.app !== undefined) {
      const type = actionOn(plan, { address: row.app })?.type ?? 'azurerm_container_app';
      apps.set(row.app, { origin: { address: row.app, type, ...(plan.before.stack && { stack: plan.before.stack }) } });
    }
  }
  for (const orchestrator of plan.before.releases?.orchestrators ?? []) {
    apps.set(orchestrator.origin.address, { origin: orchestrator.origin, orchestrator });
  }
  return [...apps.values()].flatMap(({ origin, orchestrator }) => {
    const how = endOfApp(context, origin, orchestrator);
    const statement = how && appStatement(traffic, how, origin, orchestrator);
    return statement ? [findingOf(destroyedWhileLive, { origin }, statement)] : [];
  });
}

function endOfApp(
  context: RuleContext,
  origin: ResourceOrigin,
  orchestrator: OrchestratorFact | undefined,
): string | undefined {
  const planned = actionOnApp(context, { origin, label: orchestrator && labelOf(orchestrator) });
  switch (planned?.action) {
    case 'delete':
      return 'destroys its app';
    case 'replace':
      return planned.replaceOrder === 'create-first' ? undefined : 'destroys its app before it creates the new one';
    default:
      return undefined;
  }
}

function appStatement(
  traffic: TrafficBefore,
  how: string,
  { address }: ResourceOrigin,
  orchestrator: OrchestratorFact | undefined,
): Statement | undefined {
  const rows = traffic.rowsOf(address, orchestrator);
  const name = orchestrator ? releaseText(orchestrator) : `release ${abridged(rows[0]?.label ?? '')}`;
  const uses = rows.flatMap((row) => useOf(row) ?? []);
  if (uses.length > 0) {
    return { message: `${name} ${nameList(uses)}, and this plan ${how}`, fix: FIX };
  }
  return rows.length > 0 || traffic.showsUsers
    ? undefined
    : {
        ...UNKNOWN,
        message: `${name}: this plan ${how}, and nothing in it tells whether users are still sent there`,
        fix: `make sure that nobody uses it; otherwise ${FIX}`,
      };
}

function useOf(row: RoutedRow): string | undefined {
  if (row.to > row.from) {
    return `gets ${usersText(row)} of users`;
  }
  switch (row.stage) {
    case 'stable':
      return 'is stable';
    case 'draining':
      return 'has not drained';
    default:
      return undefined;
  }
}
