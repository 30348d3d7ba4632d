import {
  dealingBehindSwitch,
  dealingOf,
  expectedElsewhere,
  mayTurnKillSwitch,
  rowsInEffect,
  rowsWhileOn,
} from '../facts/traffic-dealing';
import { RouterFact } from '../facts/traffic-facts';
import { actionOn } from '../rules/planned-changes';
import { isDealtUnread, unreadChanges } from '../rules/users-moved-at-once';
import { KillSwitchReview, TrafficReview } from './change-report';
import { RouterPair } from './release-succession';
import { ReviewedStack } from './reviewed-stack';
import { usersElsewhere } from './traffic-shares';

/** How many users a router sends elsewhere than before, and what makes it do so besides its rows. */
export function usersMoved(pair: RouterPair): Pick<TrafficReview, 'moved' | 'isDealtAnew' | 'killSwitch' | 'unread'> {
  const { before, after } = pair;
  const unread = whyUnread(pair);
  const killSwitch = killSwitchReview(before, after);
  const told = { ...(killSwitch && { killSwitch }) };
  if (unread !== undefined) {
    return { moved: 0, ...told, unread };
  }
  if (before === undefined) {
    return { moved: 0, ...told };
  }
  const [old, current] = [rowsInEffect(before), after === undefined ? [] : rowsInEffect(after)];
  if (after !== undefined && dealingOf(before, after) === 'anew') {
    return { moved: expectedElsewhere(old, current), isDealtAnew: true, ...told };
  }
  const moved = usersElsewhere(old, current);
  const isChanged = moved === 0 && after !== undefined && unreadChanges(before, after).length > 0;
  return {
    moved,
    ...told,
    ...(isChanged && {
      unread: 'changes in what the review does not read: whether users still go where the rows say is not known',
    }),
  };
}

function whyUnread({ stack, before, after }: RouterPair): string | undefined {
  const rows = after?.unread ?? before?.unread;
  if (rows !== undefined || before === undefined) {
    return rows;
  }
  if (after === undefined) {
    return whyGone(stack, before);
  }
  if (
    dealingOf(before, after) === 'unknown' ||
    (stack.plan !== undefined && isDealtUnread(stack.plan, before, after))
  ) {
    return 'has a salt that cannot be read, before or after: whether users are dealt anew is not known';
  }
  return mayTurnKillSwitch(before, after)
    ? 'has a kill switch whose position before or after cannot be read'
    : undefined;
}

/** Why it cannot be told that a router without a counterpart after the plan is gone. */
function whyGone(stack: ReviewedStack, { origin }: RouterFact): string | undefined {
  const planned = stack.plan && actionOn(stack.plan, origin);
  if (planned?.action === 'forget') {
    return 'is let go of and lives on: nothing declares it any more';
  }
  return stack.after.facts.traffic?.mayRoute?.includes(planned?.address ?? origin.address)
    ? 'has contents after the plan that cannot be read: whether it still is a router is not known'
    : undefined;
}

function killSwitchReview(before: RouterFact | undefined, after: RouterFact | undefined): KillSwitchReview | undefined {
  const [old, current] = [before?.killSwitch?.position, after?.killSwitch?.position];
  if (old !== 'on' && current !== 'on') {
    return undefined;
  }
  return {
    ...(old !== undefined && old !== 'unknown' && { before: old }),
    ...(current !== undefined && current !== 'unknown' && { after: current }),
    ...behindSwitch(before, after),
  };
}

/** What the plan changes for users of whom the switch shows nothing while it is on. */
function behindSwitch(
  before: RouterFact | undefined,
  after: RouterFact | undefined,
): Pick<KillSwitchReview, 'hidden' | 'leaving' | 'dealing'> {
  if (before === undefined || after === undefined || (before.unread ?? after.unread) !== undefined) {
    return {};
  }
  const [old, current] = [before.rows, after.rows];
  const leaving = usersElsewhere(rowsWhileOn(current), current);
  switch (dealingBehindSwitch(before, after)) {
    case 'unknown':
      return { leaving, dealing: 'unknown' };
    case 'anew':
      return { hidden: expectedElsewhere(old, current), leaving, dealing: 'anew' };
    case 'kept': {
      const hidden = usersElsewhere(old, current);
      return hidden > 0 ? { hidden, leaving } : {};
    }
  }
}
