import { RoleAssignmentFact } from '../facts/access-facts';
import { valueOf } from '../facts/attribute';
import { PlanFacts } from '../facts/plan-facts';

/** Whether something is so, as far as it can be read. */
export type Likelihood = 'no' | 'perhaps' | 'yes';

/** Ids of Azure have fewer parts; a text with more is none. */
const MOST_PARTS = 40;

/** Which of a holder's roles hold for what. */
interface Entry {
  readonly reach: RoleAssignmentFact['reach'];
  readonly isCertain: boolean;
  /** False where the assignment is destroyed before it is created again. */
  readonly isSteady: boolean;
  /** Whether it held the same before the plans, and so is in effect. */
  readonly isSettled: boolean;
  /** Empty where it cannot be read. */
  readonly condition?: string;
}

/**
 * Whether the holder of a role that goes may still call what it called by it: `always`, `settled`, by what is in effect
 * before the plans, and `later`, when all is applied.
 */
export interface Remaining {
  readonly always: Likelihood;
  readonly settled: Likelihood;
  readonly later: Likelihood;
}

/** Deployments of one format on one account. */
export interface Target {
  /** Resource id, in lower case. */
  readonly account: string;
  /** The account's id and those that it lies in. */
  readonly scopes: readonly string[];
  /** In lower case; absent where it cannot be read. */
  readonly format?: string;
}

/** Whom a role is assigned to. */
export interface Holder {
  /** Object id, in lower case; absent where it cannot be read. */
  readonly principal?: string;
  /** Whether it is there after the plans and its id known. */
  readonly isSeen: boolean;
}

/** What a holder has at one place. */
interface Held {
  readonly entry: Entry;
  /** Whether it holds there, for this holder, as far as the assignment exists. */
  readonly isSure: boolean;
}

/** Where it cannot be read what an assignment holds for. */
export const SOMEWHERE = '?';

/** Role assignments that stand when all plans of a run have been applied, those that Terraform lets go of among them. */
export class StandingAccess {
  private readonly byHolder = new Map<string | undefined, Map<string, Map<string, Entry>>>();

  constructor(plans: readonly PlanFacts[]) {
    for (const { action, replaceOrder, before, after } of plans.flatMap(({ access }) => access?.assignments ?? [])) {
      const left = after ?? (action === 'forget' ? before : undefined);
      if (left !== undefined && left.reach !== 'none') {
        const fact = action === 'update' ? withPrincipalOf(before, left) : left;
        const isSteady = action !== 'replace' || replaceOrder === 'create-first';
        this.add(fact, {
          reach: fact.reach,
          isCertain: !fact.mayNotExist,
          isSteady,
          isSettled: isSteady && before !== undefined && grantOf(before) === grantOf(fact),
          ...(fact.condition && { condition: valueOf(fact.condition) ?? '' }),
        });
      }
    }
  }

  /** Where anything that stands may be the holder's: ids of scopes. */
  placesOf({ principal, isSeen }: Holder): ReadonlySet<string> {
    const own = principal === undefined ? undefined : this.byHolder.get(principal);
    const nobodys = isSeen ? undefined : this.byHolder.get(undefined);
    return new Set([...(own?.keys() ?? []), ...(nobodys?.keys() ?? [])]);
  }

  /**
   * What remains to the holder of a role that goes. Where it is seen and its id known, an assignment to an id that is not
   * known yet is somebody else's.
   */
  remainingOf(
    { scope, condition }: Pick<RoleAssignmentFact, 'scope' | 'condition'>,
    { principal, isSeen }: Holder,
  ): (target: Target) => Remaining {
    const shared = condition && valueOf(condition);
    const own = principal === undefined ? undefined : this.byHolder.get(principal);
    const nobodys = isSeen ? undefined : this.byHolder.get(undefined);
    const heldAt = (places: readonly string[]): Held[] =>
      [own, nobodys].flatMap((held) =>
        places.flatMap((place) =>
          [...(held?.get(place)?.values() ?? [])].map((entry): Held => ({
            entry,
            isSure:
              held === own &&
              place !== SOMEWHERE &&
              entry.isCertain &&
              (entry.condition === undefined || entry.condition === shared),
          })),
        ),
      );
    const around = heldAt([...scopesAround(valueOf(scope) ?? SOMEWHERE), SOMEWHERE]);
    return ({ scopes, format }) => {
      const held = scopes.length === 0 ? around : [...around, ...heldAt(scopes)];
      const answers = held.map(({ entry, isSure }): [Entry, Likelihood] => {
        const reached = reaches(entry.reach, format);
        return [entry, reached === 'yes' && !isSure ? 'perhaps' : reached];
      });
      return {
        always: likeliest(answers.flatMap(([{ isSteady }, answer]) => (isSteady ? [answer] : []))),
        settled: likeliest(answers.flatMap(([{ isSettled }, answer]) => (isSettled ? [answer] : []))),
        later: likeliest(answers.map(([, answer]) => answer)),
      };
    };
  }

  private add({ principal, scope }: RoleAssignmentFact, entry: Entry): void {
    const holder = valueOf(principal)?.toLowerCase();
    const place = scopesAround(valueOf(scope) ?? SOMEWHERE)[0]!;
    // Which subscriptions a management group holds, no plan tells.
    const at = place.startsWith('/providers/microsoft.management/managementgroups/') ? SOMEWHERE : place;
    const held = this.byHolder.get(holder) ?? new Map<string, Map<string, Entry>>();
    this.byHolder.set(holder, held);
    const entries = held.get(at) ?? new Map<string, Entry>();
    held.set(at, entries.set(JSON.stringify(entry), entry));
  }
}

/** Azure changes no principal in place. */
function withPrincipalOf(before: RoleAssignmentFact | undefined, after: RoleAssignmentFact): RoleAssignmentFact {
  return before !== undefined && after.principal.state === 'unknown'
    ? { ...after, principal: before.principal }
    : after;
}

function grantOf({ scope, principal, reach, condition }: RoleAssignmentFact): string {
  const texts = [valueOf(scope)?.toLowerCase(), valueOf(principal)?.toLowerCase(), condition && valueOf(condition)];
  return JSON.stringify([...texts, reach]);
}

/** Whether a role lets its holder call models of a format; without one, of whichever it is. */
export function reaches(reach: RoleAssignmentFact['reach'], format: string | undefined): Likelihood {
  switch (reach) {
    case 'all':
      return 'yes';
    case 'openai':
      return format === undefined ? 'perhaps' : format === 'openai' ? 'yes' : 'no';
    case 'unknown':
      return 'perhaps';
    default:
      return 'no';
  }
}

/** The likeliest of them, `no` where there are none. */
export function likeliest(answers: readonly Likelihood[]): Likelihood {
  return answers.includes('yes') ? 'yes' : answers.includes('perhaps') ? 'perhaps' : 'no';
}

/** A resource id and all that it lies in, itself first and the root, which is empty, last; in lower case. */
export function scopesAround(id: string): string[] {
  const parts = id.trim().toLowerCase().split('/', MOST_PARTS);
  while (parts.length > 1 && parts.at(-1) === '') {
    parts.pop();
  }
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('/'));
}
