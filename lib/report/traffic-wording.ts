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

function positionText(killSwitch: KillSwitchReview): string {
  const { before, after } = killSwitch;
  const behind = behindText(killSwitch);
  if (after === 'on') {
    const word = before === 'on' ? 'stays' : before === undefined ? 'is' : 'goes';
    return `the kill switch ${word} on: everybody is on stable${behind && `; once it is off, ${behind}`}`;
  }
  return after === 'off'
    ? `the kill switch goes off: ${behind || 'users return to the releases of their buckets'}`
    : 'the kill switch was on: everybody was on stable';
}

/** What users get that the switch kept, or keeps, from showing; empty where neither rows nor salt change. */
function behindText({ hidden = 0, leaving = 0, dealing }: KillSwitchReview): string {
  const left = `${shareText(leaving)} leave stable`;
  if (dealing === 'unknown') {
    return `${left}, and whether another salt deals all users anew cannot be read`;
  }
  if (hidden === 0) {
    return '';
  }
  return dealing === 'anew'
    ? `${left}, and ${shareText(hidden)} are expected to get another release than before it was on, as another salt deals all users anew`
    : `${left}, and ${shareText(hidden)} get another release than before it was on`;
}
