import { abridged } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { valueOf } from '../facts/attribute';
import { PlanFacts } from '../facts/plan-facts';
import {
  dealingOf,
  expectedElsewhere,
  isShared,
  mayTurnKillSwitch,
  rowsInEffect,
  turnsUsers,
} from '../facts/traffic-dealing';
import { RouterFact } from '../facts/traffic-facts';
import { changedParts } from '../facts/unread-parts';
import { isChangedAt, thisPlan } from './planned-changes';
import { nameList, Statement, UNKNOWN } from './statement';

/** A change of the salt while releases share the users. */
export function dealingStatements(plan: PlanFacts, before: RouterFact, after: RouterFact): Statement[] {
  const dealing = isDealtUnread(plan, before, after) ? 'unknown' : dealingOf(before, after);
  if (dealing === 'kept') {
    return [];
  }
  const fix = 'keep the salt while releases share the users, and change it when one release has them all';
  if (dealing === 'unknown') {
    return [
      {
        ...UNKNOWN,
        message: `${thisPlan(plan)} changes what users are dealt to releases by, and the salt before or after cannot be read: all of them may be dealt anew`,
        fix,
        subject: 'salt',
      },
    ];
  }
  const [old, current] = [before, after].map(({ salt }) => `'${abridged(valueOf(salt!)!)}'`);
  const moved = shareText(expectedElsewhere(rowsInEffect(before), rowsInEffect(after)));
  return [
    {
      message: `${thisPlan(plan)} changes the salt from ${old} to ${current} while releases share the users: all of them are dealt anew, and ${moved} of users are expected to change release`,
      fix,
      subject: 'salt',
    },
  ];
}

/** The salt can be read neither before nor after, and the plan changes what holds it. */
export function isDealtUnread(plan: PlanFacts, before: RouterFact, after: RouterFact): boolean {
  return (
    dealingOf(before, after) === 'kept' &&
    isShared(before) &&
    isShared(after) &&
    (after.saltFrom ?? []).some((origin) => isChangedAt(plan, origin))
  );
}

/** What changes in a router besides rows, salt, kill switch and the places of its releases; nothing where nobody uses it. */
export function unreadChanges(before: RouterFact, after: RouterFact): string[] {
  return [before, after].every(({ rows }) => rows.every(({ from, to }) => to <= from)) ||
    before.unreadParts === undefined ||
    after.unreadParts === undefined
    ? []
    : changedParts(before.unreadParts, after.unreadParts);
}

/** A change that may send users elsewhere, whatever the rows say. */
export function unreadPartStatements(plan: PlanFacts, before: RouterFact, after: RouterFact): Statement[] {
  const names = unreadChanges(before, after);
  const contents = after.kind === 'nginx' ? 'configuration of nginx' : 'policy';
  return names.length === 0
    ? []
    : [
        {
          ...UNKNOWN,
          message: `${thisPlan(plan)} changes the router's ${contents} in what the review does not read (${nameList(names.map(abridged))}), and whether users still go where the rows say cannot be told`,
          fix: 'look at the change itself: rows, salt, kill switch and the places of releases are all that is read',
          subject: 'unread-parts',
        },
      ];
}

/** A kill switch of which it cannot be read whether it is turned. */
export function killSwitchStatements(plan: PlanFacts, before: RouterFact, after: RouterFact): Statement[] {
  return mayTurnKillSwitch(before, after) || isTurnedUnread(plan, before, after)
    ? [
        {
          ...UNKNOWN,
          message: `whether ${thisPlan(plan)} turns the router's kill switch cannot be read: users of other releases than the stable one may move at once`,
          fix: "write the position of the kill switch as a literal, 'on' or 'off', and not as a secret",
          subject: 'kill-switch',
        },
      ]
    : [];
}

/** Its position can be read neither before nor after, and the plan changes what holds it. */
function isTurnedUnread(plan: PlanFacts, before: RouterFact, { killSwitch, ...after }: RouterFact): boolean {
  return (
    killSwitch?.position === 'unknown' &&
    isChangedAt(plan, killSwitch.origin) &&
    before.killSwitch?.position === 'unknown' &&
    (turnsUsers(before) || turnsUsers(after))
  );
}
