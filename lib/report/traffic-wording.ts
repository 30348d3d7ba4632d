import { shareText } from '../contracts/share-text';
import { KillSwitchReview, TrafficReview } from '../review/change-report';

/** `9.5 % of the traffic is expected to move, as another salt deals all users anew`. */
export function movedText({ moved, isDealtAnew }: TrafficReview): string {
  if (isDealtAnew === true) {
    return `${shareText(moved)} of the traffic is expected to move, as another salt deals all users anew`;
  }
  return moved === 0 ? 'no traffic moves' : `${shareText(moved)} of the traffic moves`;
}

/** What the kill switch has to do with it; nothing where it is off. */
export function killSwitchWords({ killSwitch }: TrafficReview): string[] {
  return killSwitch === undefined ? [] : [positionText(killSwitch)];
}

function positionText({ before, after, hidden = 0 }: KillSwitchReview): string {
  if (after === 'on') {
    const behind = hidden > 0 ? `, and ${shareText(hidden)} move once it is off` : '';
    return before === 'on'
      ? `the kill switch stays on: everybody is on stable${behind}`
      : `the kill switch ${before === undefined ? 'is' : 'goes'} on: everybody is on stable`;
  }
  return after === 'off'
    ? 'the kill switch goes off: users return to the releases of their buckets'
    : 'the kill switch was on: everybody was on stable';
}
