import { RoleAssignmentChange, RoleAssignmentFact } from '../facts/access-facts';
import { valueOf } from '../facts/attribute';
import { DeploymentChange, PlanFacts, PlannedAction } from '../facts/plan-facts';
import { accountIdOf, EndedContainers } from './ended-containers';
import { append } from './lists-by-key';
import { onceARun, plansOf } from './once-a-run';
import { RuleContext } from './rule';
import { Holder, reaches, Remaining, scopesAround, SOMEWHERE, StandingAccess, Target } from './standing-access';

/** A role assignment that a plan takes away, and what its holder may not call any more. */
export interface LostAccess {
  readonly change: RoleAssignmentChange;
  /** Object id of the holder, in lower case; `undefined` where it cannot be read. */
  readonly principal?: string;
  /** Ids of the accounts whose deployments it let its holder call, in lower case. */
  readonly accounts: ReadonlySet<string>;
  /** Whether another assignment may give the same, as far as can be read. */
  readonly mayRemain: boolean;
  /** Whether the same comes back with what is created in its place. */
  readonly comesBack: boolean;
}

type Loss = Omit<LostAccess, 'change' | 'principal'>;

const ENDING: ReadonlySet<PlannedAction['action']> = new Set(['delete', 'replace', 'update']);

/** With another outcome nothing stands that callers were let to call. */
const GONE: ReadonlySet<DeploymentChange['outcome']> = new Set(['created', 'destroyed']);

/** What the plans of a run leave of the access to models. */
export class RunAccess {
  static readonly of = onceARun((context) => new RunAccess(context));

  private readonly standing: StandingAccess;
  private readonly everywhere: Target[] = [];
  private readonly byScope = new Map<string, Target[]>();
  private readonly losses = new Map<string, Loss>();

  private constructor(context: RuleContext) {
    const plans = plansOf(context);
    this.standing = new StandingAccess(plans);
    const ended = EndedContainers.of(context);
    const seen = new Set<string>();
    for (const [plan, change] of plans.flatMap((one) => one.deployments.map((each) => [one, each] as const))) {
      const fact = GONE.has(change.outcome) ? undefined : (change.after ?? change.before);
      const account = fact && accountIdOf(plan, fact);
      if (fact === undefined || account === undefined || ended.around(account) !== undefined) {
        continue;
      }
      const format = valueOf(fact.format)?.toLowerCase();
      const key = JSON.stringify([account, format]);
      if (!seen.has(key)) {
        seen.add(key);
        const target = { account, scopes: scopesAround(account), ...(format !== undefined && { format }) };
        this.everywhere.push(target);
        target.scopes.forEach((scope) => append(this.byScope, scope, target));
      }
    }
  }

  /** What a plan takes away. `isHolderSeen` tells of an object id whether its holder is there after the plan and known by it. */
  lostIn({ access }: PlanFacts, isHolderSeen: (principal: string) => boolean): LostAccess[] {
    return (access?.assignments ?? []).flatMap((change): LostAccess[] => {
      const { before, action } = change;
      if (before === undefined || before.isPerson || before.reach === 'none' || !ENDING.has(action)) {
        return [];
      }
      const principal = valueOf(before.principal)?.toLowerCase();
      const holder = {
        isSeen: principal !== undefined && isHolderSeen(principal),
        ...(principal !== undefined && { principal }),
      };
      const places = this.standing.placesOf(holder);
      const around = scopesAround(valueOf(before.scope) ?? SOMEWHERE);
      const mayKeep = [...places].some(
        (place) => place === SOMEWHERE || around.includes(place) || this.byScope.has(place),
      );
      // Of those who keep nothing, all lose the same with the same role.
      const question = JSON.stringify([before.scope, before.reach, mayKeep && holder]);
      const loss = this.losses.get(question) ?? this.lossOf(before, holder, places);
      this.losses.set(question, loss);
      return loss.accounts.size === 0 ? [] : [{ change, ...(principal !== undefined && { principal }), ...loss }];
    });
  }

  private lossOf(before: RoleAssignmentFact, holder: Holder, places: ReadonlySet<string>): Loss {
    const remainingOf = this.standing.remainingOf(before, holder);
    const touched = new Set([...places].flatMap((place) => this.byScope.get(place) ?? []));
    const untouched = new Map<string | undefined, Remaining>();
    const remainingIn = (target: Target): Remaining => {
      if (touched.has(target)) {
        return remainingOf(target);
      }
      const known = untouched.get(target.format) ?? remainingOf({ ...target, scopes: [] });
      untouched.set(target.format, known);
      return known;
    };
    const lost = this.targetsOf(before).flatMap((target) => {
      const remains = remainingIn(target);
      return remains.always === 'yes' ? [] : [{ account: target.account, ...remains }];
    });
    const isUnread = before.reach === 'unknown' || valueOf(before.scope) === undefined;
    return {
      accounts: new Set(lost.map(({ account }) => account)),
      mayRemain: isUnread || lost.every(({ always }) => always === 'perhaps'),
      comesBack: lost.every(({ later }) => later === 'yes'),
    };
  }

  private targetsOf(fact: RoleAssignmentFact): readonly Target[] {
    const scope = valueOf(fact.scope);
    const around = scope === undefined ? [''] : scopesAround(scope);
    const own = around[0]!;
    const account = around.find((one) => /\/microsoft\.cognitiveservices\/accounts\/[^/]+$/.test(one));
    const targets =
      own === '' || own.startsWith('/providers/microsoft.management/managementgroups/')
        ? this.everywhere
        : (this.byScope.get(account ?? own) ?? []);
    return targets.filter(({ format }) => reaches(fact.reach, format) !== 'no');
  }
}
