import { abridged } from '../contracts/printable';
import { RouteFact, RouteTarget } from '../facts/gateway-facts';
import { modelAddress } from '../facts/model-address';
import { PlanFacts } from '../facts/plan-facts';
import { OrchestratorFact } from '../facts/release-facts';
import { accountIdOf } from './ended-containers';
import { append } from './lists-by-key';
import { releaseText } from './release-text';
import { routeText } from './route-finding';
import { useOf } from './routed-traffic';
import { Likelihood, likeliest } from './standing-access';
import { TrafficBefore } from './traffic-before';

/** Whether something calls models of accounts, and what is known to, each as `release chat (…)`. */
export interface FoundCalls {
  readonly answer: Likelihood;
  readonly texts: readonly string[];
}

const known = new WeakMap<PlanFacts, CallsBefore>();
const namesByAccounts = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** Which models what stands before a plan calls. */
export class CallsBefore {
  static of(plan: PlanFacts): CallsBefore {
    const calls = known.get(plan) ?? new CallsBefore(plan);
    known.set(plan, calls);
    return calls;
  }

  private readonly orchestrators = new Map<string, OrchestratorFact[]>();
  private readonly routes = new Map<string, RouteFact[]>();

  private constructor(private readonly plan: PlanFacts) {
    const { releases, gateway } = plan.before;
    (releases?.orchestrators ?? []).forEach((one) => append(this.orchestrators, one.origin.address, one));
    for (const route of gateway?.routes ?? []) {
      if (route.service !== undefined && !route.retired) {
        append(this.routes, route.service, route);
      }
    }
  }

  /** What the app or the gateway of an address calls on the accounts. */
  from(address: string, accounts: ReadonlySet<string>): FoundCalls {
    const found = [
      ...(this.orchestrators.get(address) ?? []).map((orchestrator) => this.releaseCalls(orchestrator, accounts)),
      ...(this.routes.get(address) ?? []).map((route) => this.routeCalls(route, accounts)),
    ];
    const hasUnread = (this.plan.before.gateway?.unread ?? []).length > 0;
    const answer = found.length === 0 ? 'perhaps' : likeliest(found.map((one) => one.answer));
    return {
      answer: answer === 'no' && hasUnread ? 'perhaps' : answer,
      texts: found.flatMap((one) => (one.answer === 'yes' ? [one.text] : [])),
    };
  }

  private routeCalls(route: RouteFact, accounts: ReadonlySet<string>): { answer: Likelihood; text: string } {
    const answers = route.targets.map((target) => this.leadsTo(target, accounts));
    const isOpen = route.mayHaveOtherTargets && !answers.includes('yes');
    return {
      answer: isOpen ? 'perhaps' : likeliest(answers),
      text: `${routeText(route)} (${abridged(route.origin.address)})`,
    };
  }

  private releaseCalls(
    orchestrator: OrchestratorFact,
    accounts: ReadonlySet<string>,
  ): { answer: Likelihood; text: string } {
    const { origin, wiring, hasUnreadVariables } = orchestrator;
    const traffic = TrafficBefore.of(this.plan);
    const rows = traffic.rowsOf(origin.address, orchestrator);
    const isIdle = !rows.some((row) => useOf(row) !== undefined) && (rows.length > 0 || traffic.showsUsers);
    const answers = wiring.map(({ target, gateway }): Likelihood =>
      target === undefined ? (gateway === undefined ? 'perhaps' : 'no') : this.leadsTo(target, accounts),
    );
    const called = likeliest(hasUnreadVariables || wiring.length === 0 ? [...answers, 'perhaps'] : answers);
    return { answer: isIdle ? 'no' : called, text: `${releaseText(orchestrator)} (${abridged(origin.address)})` };
  }

  private leadsTo(target: RouteTarget, accounts: ReadonlySet<string>): Likelihood {
    const { serves, account, url } = target;
    const declared = account === undefined ? undefined : this.plan.resources.get(account)?.id?.toLowerCase();
    const id = (serves && accountIdOf(this.plan, serves)) ?? declared;
    if (id !== undefined) {
      return accounts.has(id) ? 'yes' : 'no';
    }
    const subdomain = url === undefined ? undefined : modelAddress(url)?.subdomain?.toLowerCase();
    return subdomain !== undefined && namesOf(accounts).has(subdomain) ? 'yes' : 'perhaps';
  }
}

function namesOf(accounts: ReadonlySet<string>): ReadonlySet<string> {
  const names = namesByAccounts.get(accounts) ?? new Set([...accounts].map((id) => id.slice(id.lastIndexOf('/') + 1)));
  namesByAccounts.set(accounts, names);
  return names;
}
