import { abridged } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { valueOf } from '../facts/attribute';
import { PlanFacts } from '../facts/plan-facts';
import { dealingOf, expectedElsewhere, mayTurnKillSwitch, rowsInEffect, turnsUsers } from '../facts/traffic-dealing';
import { RouterFact } from '../facts/traffic-facts';
import { actionAt, thisPlan } from './planned-changes';
import { Statement, UNKNOWN } from './statement';

/** A change of the salt while releases share the users. */
export function dealingStatements(plan: PlanFacts, before: RouterFact, after: RouterFact): Statement[] {
  const dealing = dealingOf(before, after);
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
  const action = killSwitch && actionAt(plan, killSwitch.origin)?.action;
  const isChanged = action !== undefined && action !== 'no-op' && action !== 'read';
  return (
    isChanged &&
    killSwitch?.position === 'unknown' &&
    before.killSwitch?.position === 'unknown' &&
    (turnsUsers(before) || turnsUsers(after))
  );
}
