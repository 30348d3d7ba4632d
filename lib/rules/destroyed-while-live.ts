import { createHash } from 'node:crypto';
import { abridged } from '../contracts/printable';
import { ResourceOrigin } from '../facts/facts';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { OrchestratorFact } from '../facts/release-facts';
import { deploymentFinding } from './deployment-finding';
import { deploymentText } from './deployment-text';
import { deploymentVerdict } from './deployment-verdict';
import { accountsEnd } from './destroyed-accounts';
import { accountIdOf, EndedContainers, endsWith } from './ended-containers';
import { Finding } from './finding';
import { modelText } from './lifecycle-wording';
import { actionOn, actionOnApp, keepsCoordinates, thisPlan } from './planned-changes';
import { labelOf, releaseText } from './release-text';
import { useOf } from './routed-traffic';
import { Rule, RuleContext } from './rule';
import { findingOf, nameList, Statement, UNKNOWN } from './statement';
import { mayBeSwept, sweptWith } from './swept-accounts';
import { TrafficBefore } from './traffic-before';
import { waysToUsersEnd } from './ways-to-users-end';

const FIX = 'move traffic away and apply that first; destroy this in a later plan, when nothing reaches it any more';

/** Others than those that are declared here may call it all the same. */
const NO_WAY = 'and none of the ways that can be read leads';

/** A deployment with another outcome is destroyed by itself. */
const LASTING: ReadonlySet<DeploymentChange['outcome']> = new Set([
  'kept',
  'moved',
  'imported',
  'forgotten',
  'changed-in-place',
]);

/** What still answers somebody, and is gone after the plan. */
export const destroyedWhileLive: Rule = {
  id: 'destroyed-while-live',
  summary:
    'A plan destroys, replaces or recreates a deployment, an app, a router or a gateway policy that takes traffic before it is applied, or what Azure keeps it in, ' +
    'or leaves of a router a policy or an app that is none.',
  why:
    'Calls and conversations that are under way fail, and where the new one is created only after the old one is gone, all others ' +
    'fail until then, or for good where Azure refuses to create it, as it does with a retired model (https://github.com/microsoft/microsoft-foundry-for-vscode/issues/491). That a route changes in the ' +
    'same plan does not help whoever calls before it does, nor a release whose users have not drained. A deployment whose model is retired ' +
    'answers nobody and may go. With an account, an API Management service, an API, an environment of Container Apps or a resource group, Azure destroys ' +
    'all that is in it, whichever plan of the run declares that. With a template that is deployed in mode Complete it destroys the ' +
    'accounts of the resource group that the template does not declare.',
  fix: 'Move traffic away and let it drain, apply that, and destroy in a later plan.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'Nothing that the plan speaks of sends calls or users, or a part of what does cannot be read, or calls go to a deployment of that name on an account that cannot be told; none of the ways that can be read leads to its account; ' +
    'a template is deployed in mode Complete, and its resource group or what it declares cannot be read; an account for models is destroyed and the run knows no deployment of it; another router may take the place of the one that is destroyed; whether a policy or an app still is a router cannot be read.',
  check(context) {
    const { plan } = context.facts;
    return plan === undefined
      ? []
      : [
          ...together(plan, context, deploymentsEnd(context, plan)),
          ...mayBeSwept(destroyedWhileLive, context, plan, lastingIn(context, plan)),
          ...accountsEnd(destroyedWhileLive, context, plan),
          ...appEnds(context, plan),
          ...waysToUsersEnd(destroyedWhileLive, context, plan),
        ];
  },
};

/** A deployment that ends. */
interface DeploymentEnd {
  readonly finding: Finding;
  /** Set where nothing speaks of calls to it. */
  readonly isSilent?: boolean;
  /** Set where another plan of the run ends it. */
  readonly isByAnother?: boolean;
}

/** Where nothing could tell, many findings would say what one says. */
function together(plan: PlanFacts, { facts: { stack } }: RuleContext, ends: readonly DeploymentEnd[]): Finding[] {
  const traffic = TrafficBefore.of(plan);
  const silent = ends.filter(({ isSilent }) => isSilent);
  if (silent.length < 2 || (traffic.hasCallers && !traffic.showsCalls)) {
    return ends.map(({ finding }) => finding);
  }
  const names = silent.map(({ finding }) => abridged(finding.resource.address));
  const origin = { address: stack ?? 'plan', type: 'plan', ...(stack !== undefined && { stack }) };
  const who = silent.some(({ isByAnother }) => isByAnother) ? 'this run' : thisPlan(plan);
  const why = traffic.showsCalls
    ? `${NO_WAY} to their accounts`
    : 'and declares nothing that could tell whether calls still reach them';
  const statement = {
    ...UNKNOWN,
    message: `${who} destroys ${silent.length} deployments (${nameList(names)}), ${why}`,
    fix: `make sure that nothing calls them; otherwise ${FIX}`,
    subject: createHash('sha256').update(names.sort().join('\n')).digest('hex').slice(0, 16),
  };
  const others = ends.filter(({ isSilent }) => !isSilent).map(({ finding }) => finding);
  return [...others, findingOf(destroyedWhileLive, { origin }, statement)];
}

function deploymentsEnd(context: RuleContext, plan: PlanFacts): DeploymentEnd[] {
  const containers = EndedContainers.of(context);
  return plan.deployments.flatMap((change) => {
    const how = waysToEnd(change);
    const lasting = LASTING.has(change.outcome) ? change.before : undefined;
    const container = lasting && containers.around(accountIdOf(plan, lasting));
    const ends =
      how !== undefined
        ? `${thisPlan(plan)} ${how}`
        : container
          ? endsWith(plan, container)
          : lasting && sweptWith(context, plan, change);
    const isByAnother = container !== undefined && container.plan !== plan;
    return ends === undefined
      ? []
      : deploymentEnds(context, plan, change, ends).map((end) => ({ ...end, isByAnother }));
  });
}

/** Deployments that answer somebody and that nothing ends but what may be deployed around them. */
function lastingIn(context: RuleContext, plan: PlanFacts): DeploymentChange[] {
  const containers = EndedContainers.of(context);
  return plan.deployments.filter(
    (change) =>
      change.before !== undefined &&
      LASTING.has(change.outcome) &&
      containers.around(accountIdOf(plan, change.before)) === undefined &&
      !isDead(context, change),
  );
}

function deploymentEnds(
  context: RuleContext,
  plan: PlanFacts,
  change: DeploymentChange,
  ends: string,
): DeploymentEnd[] {
  const { before } = change;
  if (before === undefined || isDead(context, change)) {
    return [];
  }
  const traffic = TrafficBefore.of(plan);
  const { certain, possible } = traffic.callersOf(before);
  const what = `${deploymentText(before)} (${modelText(before)})`;
  const end = (statement: Pick<Statement, 'message' | 'fix' | 'severity' | 'status'>) =>
    deploymentFinding(destroyedWhileLive, before, statement);
  if (certain.length > 0) {
    return [{ finding: end({ message: `${what} takes calls from ${nameList(certain)}, and ${ends}`, fix: FIX }) }];
  }
  if (possible.length > 0) {
    const message = `${what}: ${ends}, and whether it is the deployment of that name that takes calls from ${nameList(possible)} cannot be read`;
    return [{ finding: end({ ...UNKNOWN, message, fix: FIX }) }];
  }
  if (traffic.showsCalls && traffic.reachesAccountOf(before)) {
    return [];
  }
  const why = traffic.showsCalls ? `${NO_WAY} to its account` : 'and nothing in it tells whether calls still reach it';
  const fix = `make sure that nothing calls it; otherwise ${FIX}`;
  return [{ finding: end({ ...UNKNOWN, message: `${what}: ${ends}, ${why}`, fix }), isSilent: true }];
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
  const verdict = deploymentVerdict(context, before!);
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
    const ends = how === undefined ? endWithContainer(context, plan, origin) : `${thisPlan(plan)} ${how}`;
    const statement = ends && appStatement(traffic, ends, origin, orchestrator);
    return statement ? [findingOf(destroyedWhileLive, { origin }, statement)] : [];
  });
}

function endWithContainer(context: RuleContext, plan: PlanFacts, origin: ResourceOrigin): string | undefined {
  const containers = EndedContainers.of(context);
  const planned = actionOn(plan, origin);
  const lives = planned !== undefined && planned.action !== 'delete' && planned.action !== 'replace';
  const container = lives ? (containers.around(planned.id) ?? containers.around(planned.environment)) : undefined;
  return container && endsWith(plan, container, 'its app');
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
  ends: string,
  { address }: ResourceOrigin,
  orchestrator: OrchestratorFact | undefined,
): Statement | undefined {
  const rows = traffic.rowsOf(address, orchestrator);
  const name = orchestrator ? releaseText(orchestrator) : `release ${abridged(rows[0]?.label ?? '')}`;
  const uses = rows.flatMap((row) => useOf(row) ?? []);
  if (uses.length > 0) {
    return { message: `${name} ${nameList(uses)}, and ${ends}`, fix: FIX };
  }
  return rows.length > 0 || traffic.showsUsers
    ? undefined
    : {
        ...UNKNOWN,
        message: `${name}: ${ends}, and nothing in it tells whether users are still sent there`,
        fix: `make sure that nobody uses it; otherwise ${FIX}`,
      };
}
