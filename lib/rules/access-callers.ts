import { abridged } from '../contracts/printable';
import { HeldIdentities, IdentityHolder } from '../facts/access-facts';
import { RouteTarget } from '../facts/gateway-facts';
import { modelAddress } from '../facts/model-address';
import { PlanFacts } from '../facts/plan-facts';
import { OrchestratorFact } from '../facts/release-facts';
import { accountIdOf } from './ended-containers';
import { append } from './lists-by-key';
import { onceARun, plansOf } from './once-a-run';
import { releaseText } from './release-text';
import { routeText } from './route-finding';
import { useOf } from './routed-traffic';
import { Likelihood, likeliest } from './standing-access';
import { TrafficBefore } from './traffic-before';

interface SeenHolder {
  readonly plan: PlanFacts;
  readonly holder: IdentityHolder;
}

/** Who calls models as a principal. */
export interface AccessCallers {
  /** What the plan shows to call models of the accounts, each as `release chat (…)`. */
  readonly certain: readonly string[];
  /** What has the identity, without anything that tells whom it calls. */
  readonly possible: readonly string[];
  /** Whether everything that had the identity is gone, has given it up, or calls nothing there. */
  readonly isOver: boolean;
}

const NOBODY: AccessCallers = { certain: [], possible: [], isOver: false };

/** What acts by which identity, in all plans of a run. */
export class IdentityHolders {
  static readonly of = onceARun((context) => new IdentityHolders(plansOf(context)));

  private readonly byPrincipal = new Map<string, SeenHolder[]>();
  private readonly byIdentity = new Map<string, SeenHolder[]>();

  private constructor(plans: readonly PlanFacts[]) {
    for (const plan of plans) {
      for (const holder of plan.access?.holders ?? []) {
        const seen = { plan, holder };
        textsOf(holder, 'principals').forEach((principal) => append(this.byPrincipal, principal, seen));
        textsOf(holder, 'assigned').forEach((identity) => append(this.byIdentity, identity, seen));
      }
    }
  }

  /** Whether something with this object id is there after the plans. */
  isSeen(principal: string): boolean {
    return this.ownersOf(principal).some(({ holder }) => holder.after?.principals.includes(principal));
  }

  /** Who calls models of the accounts as the principal, before the plan and after it. */
  callersAs(principal: string | undefined, accounts: ReadonlySet<string>): AccessCallers {
    const owners = principal === undefined ? [] : this.ownersOf(principal);
    if (owners.length === 0) {
      return NOBODY;
    }
    const standing = owners.filter(({ holder: { after } }) => keeps(after, 'principals', principal!));
    const holders = standing.flatMap((owner) => this.actingAs(owner));
    if (standing.length > 0 && holders.length === 0) {
      return { ...NOBODY, isOver: standing.every((owner) => this.usersOf(owner).length > 0) };
    }
    const calls = holders.map((one) => ({ one, ...callsOf(one, accounts) }));
    return {
      certain: [...new Set(calls.flatMap(({ texts }) => texts))],
      possible: [
        ...new Set(calls.flatMap(({ one, answer }) => (answer === 'perhaps' ? [abridged(one.holder.address)] : []))),
      ],
      isOver: calls.every(({ answer }) => answer === 'no'),
    };
  }

  private ownersOf(principal: string): readonly SeenHolder[] {
    return this.byPrincipal.get(principal) ?? [];
  }

  /** An identity that is a resource of its own does nothing by itself. */
  private actingAs(owner: SeenHolder): readonly SeenHolder[] {
    const id = (owner.holder.after ?? owner.holder.before)?.id;
    return id === undefined
      ? [owner]
      : this.usersOf(owner).filter(({ holder: { after } }) => keeps(after, 'assigned', id));
  }

  private usersOf({ holder: { before, after } }: SeenHolder): readonly SeenHolder[] {
    return this.byIdentity.get((after ?? before)?.id ?? '') ?? [];
  }
}

function textsOf({ before, after }: IdentityHolder, key: 'principals' | 'assigned'): ReadonlySet<string> {
  return new Set([...(before?.[key] ?? []), ...(after?.[key] ?? [])]);
}

function keeps(held: HeldIdentities | undefined, key: 'principals' | 'assigned', text: string): boolean {
  return held !== undefined && (held.hasUnread || held[key].includes(text));
}

/** What a holder calls on the accounts before the plan. */
function callsOf(
  { plan, holder: { address } }: SeenHolder,
  accounts: ReadonlySet<string>,
): { readonly answer: Likelihood; readonly texts: readonly string[] } {
  const { releases, gateway } = plan.before;
  const found: { answer: Likelihood; text: string }[] = [];
  for (const orchestrator of (releases?.orchestrators ?? []).filter(({ origin }) => origin.address === address)) {
    found.push(releaseCalls(plan, orchestrator, accounts));
  }
  for (const route of (gateway?.routes ?? []).filter(({ service, retired }) => service === address && !retired)) {
    const answers = route.targets.map((target) => leadsTo(plan, target, accounts));
    const isOpen = route.mayHaveOtherTargets && !answers.includes('yes');
    found.push({
      answer: isOpen ? 'perhaps' : likeliest(answers),
      text: `${routeText(route)} (${abridged(route.origin.address)})`,
    });
  }
  const hasUnread = (gateway?.unread ?? []).length > 0;
  const answer = found.length === 0 ? 'perhaps' : likeliest(found.map((one) => one.answer));
  return {
    answer: answer === 'no' && hasUnread ? 'perhaps' : answer,
    texts: found.flatMap((one) => (one.answer === 'yes' ? [one.text] : [])),
  };
}

function releaseCalls(
  plan: PlanFacts,
  orchestrator: OrchestratorFact,
  accounts: ReadonlySet<string>,
): { answer: Likelihood; text: string } {
  const { origin, wiring, hasUnreadVariables } = orchestrator;
  const traffic = TrafficBefore.of(plan);
  const rows = traffic.rowsOf(origin.address, orchestrator);
  const isIdle = !rows.some((row) => useOf(row) !== undefined) && (rows.length > 0 || traffic.showsUsers);
  const answers = wiring.map(({ target, gateway }): Likelihood =>
    target === undefined ? (gateway === undefined ? 'perhaps' : 'no') : leadsTo(plan, target, accounts),
  );
  const called = likeliest(hasUnreadVariables || wiring.length === 0 ? [...answers, 'perhaps'] : answers);
  return { answer: isIdle ? 'no' : called, text: `${releaseText(orchestrator)} (${abridged(origin.address)})` };
}

function leadsTo(plan: PlanFacts, target: RouteTarget, accounts: ReadonlySet<string>): Likelihood {
  const { serves, account, url } = target;
  const declared = account === undefined ? undefined : plan.resources.get(account)?.id?.toLowerCase();
  const id = (serves && accountIdOf(plan, serves)) ?? declared;
  if (id !== undefined) {
    return accounts.has(id) ? 'yes' : 'no';
  }
  const subdomain = url === undefined ? undefined : modelAddress(url)?.subdomain?.toLowerCase();
  return subdomain !== undefined && [...accounts].some((one) => one.endsWith(`/${subdomain}`)) ? 'yes' : 'perhaps';
}
