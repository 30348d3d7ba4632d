import { dealingOf, expectedElsewhere, mayTurnKillSwitch, rowsInEffect } from '../facts/traffic-dealing';
import { RouterFact } from '../facts/traffic-facts';
import { actionOn } from '../rules/planned-changes';
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
  return after !== undefined && dealingOf(before, after) === 'anew'
    ? { moved: expectedElsewhere(old, current), isDealtAnew: true, ...told }
    : { moved: usersElsewhere(old, current), ...told };
}

function whyUnread({ stack, before, after }: RouterPair): string | undefined {
  const rows = after?.unread ?? before?.unread;
  if (rows !== undefined || before === undefined) {
    return rows;
  }
  if (after === undefined) {
    return whyGone(stack, before);
  }
  if (dealingOf(before, after) === 'unknown') {
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
  const hidden = old === 'on' && current === 'on' ? usersElsewhere(before!.rows, after!.rows) : 0;
  return {
    ...(old !== undefined && old !== 'unknown' && { before: old }),
    ...(current !== undefined && current !== 'unknown' && { after: current }),
    ...(hidden > 0 && { hidden }),
  };
}
