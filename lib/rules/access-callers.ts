import { abridged } from '../contracts/printable';
import { HeldIdentities, IdentityHolder } from '../facts/access-facts';
import { PlanFacts } from '../facts/plan-facts';
import { CallsBefore } from './calls-before';
import { append } from './lists-by-key';
import { HeldIdentity, LackingAccess, LostTargets, RunAccess } from './lost-access';
import { onceARun, plansOf } from './once-a-run';
import { Target } from './standing-access';

interface SeenHolder {
  readonly plan: PlanFacts;
  readonly holder: IdentityHolder;
}

/** Who calls models as a principal. */
export interface AccessCallers {
  /** What the plan shows to call models of the accounts, each as `release chat (…)`. */
  readonly certain: readonly string[];
  /** What has the identity, without anything that tells whom it calls or whether another identity may. */
  readonly possible: readonly string[];
  /** Whether everything that had the identity is gone, calls nothing there, or may by another identity. */
  readonly isOver: boolean;
  /** Whether all that is certain may call again when new assignments to its other identities take effect. */
  readonly comesLater: boolean;
}

const NOBODY: AccessCallers = { certain: [], possible: [], isOver: false, comesLater: false };

/** What acts by which identity, in all plans of a run. */
export class IdentityHolders {
  static readonly of = onceARun((context) => new IdentityHolders(plansOf(context), RunAccess.of(context)));

  private readonly byPrincipal = new Map<string, SeenHolder[]>();
  private readonly byIdentity = new Map<string, SeenHolder[]>();
  private readonly byId = new Map<string, SeenHolder[]>();
  private readonly callers = new WeakMap<readonly Target[], Map<string, AccessCallers>>();
  private readonly lacking = new WeakMap<readonly Target[], Map<string, LackingAccess>>();

  private constructor(
    plans: readonly PlanFacts[],
    private readonly access: RunAccess,
  ) {
    for (const plan of plans) {
      for (const holder of plan.access?.holders ?? []) {
        const seen = { plan, holder };
        textsOf(holder, 'principals').forEach((principal) => append(this.byPrincipal, principal, seen));
        textsOf(holder, 'assigned').forEach((identity) => append(this.byIdentity, identity, seen));
        const id = idOf(holder);
        if (id !== undefined) {
          append(this.byId, id, seen);
        }
      }
    }
  }

  /** Whether something with this object id is there after the plans. */
  isSeen(principal: string): boolean {
    return this.ownersOf(principal).some(({ holder }) => holder.after?.principals.includes(principal));
  }

  /** Whether the run shows whose object id it is. */
  isKnown(principal: string): boolean {
    return this.byPrincipal.has(principal);
  }

  /** Who calls models of the accounts as the principal and stays, without another identity that may. */
  callersOf({ principal = '', targets }: LostTargets): AccessCallers {
    const known = this.callers.get(targets) ?? new Map<string, AccessCallers>();
    this.callers.set(targets, known);
    const found = known.get(principal) ?? this.judged(principal, targets);
    known.set(principal, found);
    return found;
  }

  /** Object ids that something which stays acted by, and does not any more. */
  givenUpBy({ before, after }: IdentityHolder): readonly string[] {
    if (before === undefined || after === undefined || after.hasUnread || (before.id ?? after.id) !== undefined) {
      return [];
    }
    const had = [
      ...before.principals,
      ...before.assigned.flatMap((id) =>
        (this.byId.get(id) ?? []).flatMap(({ holder }) => holder.before?.principals ?? []),
      ),
    ];
    return [...new Set(had)].filter((principal) => !this.holds(after, principal));
  }

  private judged(principal: string, targets: readonly Target[]): AccessCallers {
    const owners = this.ownersOf(principal);
    const actors = [...new Set(owners.flatMap((owner) => this.actorsOf(owner)))];
    if (owners.length === 0 || actors.length === 0) {
      return { ...NOBODY, isOver: owners.length > 0 && !owners.some(({ holder }) => mayHave(holder, principal)) };
    }
    const [certain, possible] = [new Set<string>(), new Set<string>()];
    let comesLater = true;
    for (const { plan, holder } of actors) {
      if (holder.after === undefined) {
        continue;
      }
      const lacking = this.lackingOf(holder.after, principal, targets);
      const calls = CallsBefore.of(plan);
      const { answer, texts } = calls.from(holder.address, lacking.certain);
      if (answer === 'yes') {
        texts.forEach((text) => certain.add(text));
        comesLater &&= lacking.comesLater;
      } else if (calls.from(holder.address, lacking.possible).answer !== 'no') {
        possible.add(abridged(holder.address));
      }
    }
    return {
      certain: [...certain],
      possible: [...possible],
      isOver: certain.size === 0 && possible.size === 0,
      comesLater,
    };
  }

  /** By which of several identities something calls, no plan tells: where it keeps the one, another makes it doubtful. */
  lackingOf(after: HeldIdentities, principal: string, targets: readonly Target[]): LackingAccess {
    const keeps = after.hasUnread || this.holds(after, principal);
    const others = after.hasUnread ? [] : this.identitiesOf(after, principal);
    const known = this.lacking.get(targets) ?? new Map<string, LackingAccess>();
    this.lacking.set(targets, known);
    const key = JSON.stringify([keeps, others]);
    const lacking = known.get(key) ?? this.access.lackingOf(others, targets, keeps);
    known.set(key, lacking);
    return lacking;
  }

  /** Other identities than the one of a principal. */
  private identitiesOf({ principals, assigned }: HeldIdentities, except: string): readonly HeldIdentity[] {
    const given = assigned.flatMap((id): readonly HeldIdentity[] => {
      const owners = this.byId.get(id) ?? [];
      return owners.length === 0 ? ['unread'] : owners.flatMap(({ holder }) => identitiesIn(holder, except));
    });
    return [...principals.filter((one) => one !== except).map((one) => ({ principal: one, isSeen: true })), ...given];
  }

  private holds({ principals, assigned }: HeldIdentities, principal: string): boolean {
    return (
      principals.includes(principal) ||
      assigned.some((id) => this.byId.get(id)?.some(({ holder }) => mayHave(holder, principal)))
    );
  }

  private ownersOf(principal: string): readonly SeenHolder[] {
    return this.byPrincipal.get(principal) ?? [];
  }

  /** An identity that is a resource of its own does nothing by itself. */
  private actorsOf(owner: SeenHolder): readonly SeenHolder[] {
    const id = idOf(owner.holder);
    return id === undefined ? [owner] : (this.byIdentity.get(id) ?? []);
  }
}

function idOf({ before, after }: IdentityHolder): string | undefined {
  return before?.id ?? after?.id;
}

function textsOf({ before, after }: IdentityHolder, key: 'principals' | 'assigned'): ReadonlySet<string> {
  return new Set([...(before?.[key] ?? []), ...(after?.[key] ?? [])]);
}

/** Whether it is there after the plans, with the object id as far as that can be read. */
function mayHave({ before, after }: IdentityHolder, principal: string): boolean {
  const had = before?.principals.includes(principal) === true;
  return after !== undefined && (after.principals.includes(principal) || (after.hasUnread && had));
}

/** Azure gives an object id at the apply: what is made anew has no assignment yet that is in effect. */
function identitiesIn({ before, after }: IdentityHolder, except: string): readonly HeldIdentity[] {
  if (after === undefined || before?.principals.includes(except)) {
    return [];
  }
  const unread: HeldIdentity = before === undefined ? { isSeen: false } : 'unread';
  const others = after.principals.filter((one) => one !== except).map((one) => ({ principal: one, isSeen: true }));
  return after.hasUnread ? [...others, unread] : others;
}
