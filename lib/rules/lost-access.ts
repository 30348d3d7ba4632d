import { RoleAssignmentChange, RoleAssignmentFact } from '../facts/access-facts';
import { ABSENT, valueOf } from '../facts/attribute';
import { DeploymentChange, PlanFacts, PlannedAction } from '../facts/plan-facts';
import { accountIdOf, EndedContainers } from './ended-containers';
import { append } from './lists-by-key';
import { onceARun, plansOf } from './once-a-run';
import { RuleContext } from './rule';
import {
  Holder,
  likeliest,
  reaches,
  Remaining,
  scopesAround,
  SOMEWHERE,
  StandingAccess,
  Target,
} from './standing-access';

/** What a holder may not call any more. */
export interface LostTargets {
  /** Object id of the holder, in lower case; `undefined` where it cannot be read. */
  readonly principal?: string;
  readonly targets: readonly Target[];
  /** Ids of the accounts of the targets, in lower case. */
  readonly accounts: ReadonlySet<string>;
}

/** A role assignment that a plan takes away, and what its holder may not call any more. */
export interface LostAccess extends LostTargets {
  readonly change: RoleAssignmentChange;
  /** Whether another assignment may give the same, as far as can be read. */
  readonly mayRemain: boolean;
  /** Whether the same comes back with what is created in its place. */
  readonly comesBack: boolean;
  /** True where only of deployments whose account cannot be read it may be that it let its holder call them. */
  readonly isPlaceUnread: boolean;
}

type Loss = Omit<LostAccess, 'change' | 'principal'>;

/** Of what was lost, the accounts that other identities may not call in its place. */
export interface LackingAccess {
  readonly certain: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
  /** Whether they may, when new assignments take effect. */
  readonly comesLater: boolean;
}

/** An identity that something holds after the plans; `unread` where the run does not show it. */
export type HeldIdentity = Holder | 'unread';

const ACCOUNT_ID = /\/microsoft\.cognitiveservices\/accounts\/[^/]+$/;

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
  private readonly unplaced = new Set<string | undefined>();
  private readonly accounts: ReadonlySet<string>;

  private constructor(context: RuleContext) {
    const plans = plansOf(context);
    this.standing = new StandingAccess(plans);
    const ended = EndedContainers.of(context);
    const ids = plans.flatMap(({ resources }) => [...resources.values()].flatMap(({ id }) => id?.toLowerCase() ?? []));
    this.accounts = new Set(ids.filter((id) => ACCOUNT_ID.test(id)));
    const seen = new Set<string>();
    for (const [plan, change] of plans.flatMap((one) => one.deployments.map((each) => [one, each] as const))) {
      const fact = GONE.has(change.outcome) ? undefined : (change.after ?? change.before);
      const account = fact && accountIdOf(plan, fact);
      const format = fact && valueOf(fact.format)?.toLowerCase();
      if (fact !== undefined && account === undefined) {
        this.unplaced.add(format);
      }
      if (fact === undefined || account === undefined || ended.around(account) !== undefined) {
        continue;
      }
      const key = JSON.stringify([account, format]);
      if (!seen.has(key)) {
        seen.add(key);
        const target = { account, scopes: scopesAround(account), ...(format !== undefined && { format }) };
        this.everywhere.push(target);
        target.scopes.forEach((scope) => append(this.byScope, scope, target));
      }
    }
  }

  /**
   * What a plan takes away. Of an object id, `isHolderSeen` tells whether its holder is there after the plan and known by
   * it, and `isHolderKnown` whether the run shows whose it is.
   */
  lostIn(
    { access }: PlanFacts,
    isHolderSeen: (principal: string) => boolean,
    isHolderKnown: (principal: string) => boolean,
  ): LostAccess[] {
    return (access?.assignments ?? []).flatMap((change): LostAccess[] => {
      const { before, action } = change;
      if (before === undefined || before.reach === 'none' || !ENDING.has(action)) {
        return [];
      }
      const principal = valueOf(before.principal)?.toLowerCase();
      if (before.isPerson && (principal === undefined || !isHolderKnown(principal))) {
        return [];
      }
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
      const question = JSON.stringify([before.scope, before.reach, before.condition, mayKeep && holder]);
      const loss = this.losses.get(question) ?? this.lossOf(before, holder, places);
      this.losses.set(question, loss);
      return loss.targets.length === 0 ? [] : [{ change, ...(principal !== undefined && { principal }), ...loss }];
    });
  }

  /** What a holder may call when all is applied, by assignments that can be read. */
  targetsHeldBy(holder: Holder): readonly Target[] {
    const remaining = this.standing.remainingOf({ scope: ABSENT }, holder);
    const near = new Set([...this.standing.placesOf(holder)].flatMap((place) => this.byScope.get(place) ?? []));
    return [...near].filter((target) => remaining(target).always === 'yes');
  }

  /** What of the targets none of the identities may call. `isDoubtful` where it cannot be told whether calls are made by them. */
  lackingOf(identities: readonly HeldIdentity[], targets: readonly Target[], isDoubtful: boolean): LackingAccess {
    const readable = identities.flatMap((one) => (one === 'unread' ? [] : [one]));
    const askers = readable.map((holder) => this.standing.remainingOf({ scope: ABSENT }, holder));
    const hasUnread = readable.length < identities.length;
    const [certain, possible] = [new Set<string>(), new Set<string>()];
    let comesLater = !isDoubtful && identities.length > 0;
    for (const target of targets) {
      const answers = askers.map((ask) => ask(target));
      const settled = likeliest([...answers.map((one) => one.settled), hasUnread ? 'perhaps' : 'no']);
      if (settled !== 'yes' || isDoubtful) {
        possible.add(target.account);
      }
      if (settled === 'no') {
        certain.add(target.account);
        comesLater &&= answers.some(({ later }) => later !== 'no');
      }
    }
    return { certain, possible, comesLater };
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
      return remains.always === 'yes' ? [] : [{ target, ...remains }];
    });
    const isUnread = before.reach === 'unknown' || valueOf(before.scope) === undefined;
    const unplaced = lost.length > 0 ? [] : this.unplacedIn(before).filter((one) => remainingOf(one).always !== 'yes');
    const targets = unplaced.length > 0 ? unplaced : lost.map(({ target }) => target);
    return {
      targets,
      accounts: new Set(targets.map(({ account }) => account)),
      isPlaceUnread: unplaced.length > 0,
      mayRemain: isUnread || lost.every(({ always }) => always === 'perhaps'),
      comesBack: lost.every(({ later }) => later === 'yes'),
    };
  }

  /** Deployments whose account cannot be read, at each account where the assignment holds for them. */
  private unplacedIn({ scope, reach }: RoleAssignmentFact): readonly Target[] {
    const formats = [...this.unplaced].filter((format) => reaches(reach, format) !== 'no');
    if (formats.length === 0) {
      return [];
    }
    const around = scopesAround(valueOf(scope) ?? SOMEWHERE);
    const own = around.find((one) => ACCOUNT_ID.test(one));
    const inScope = [...this.accounts].filter((account) => scopesAround(account).includes(around[0]!));
    return [...new Set([...(own === undefined ? [] : [own]), ...inScope])].flatMap((account) =>
      formats.map((format) => ({ account, scopes: scopesAround(account), ...(format !== undefined && { format }) })),
    );
  }

  private targetsOf(fact: RoleAssignmentFact): readonly Target[] {
    const scope = valueOf(fact.scope);
    const around = scope === undefined ? [''] : scopesAround(scope);
    const own = around[0]!;
    const account = around.find((one) => ACCOUNT_ID.test(one));
    const targets =
      own === '' || own.startsWith('/providers/microsoft.management/managementgroups/')
        ? this.everywhere
        : (this.byScope.get(account ?? own) ?? []);
    return targets.filter(({ format }) => reaches(fact.reach, format) !== 'no');
  }
}
