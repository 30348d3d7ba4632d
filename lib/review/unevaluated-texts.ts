import { shareText } from '../contracts/share-text';
import { TrafficReview, TrafficRowReview } from './change-report';
import { isUnevaluated } from './traffic-marks';
import { bounded } from './traffic-shares';

/** How much traffic a plan brings to what has no evaluation evidence of its own, in a few words each. */
export function unevaluatedTexts(traffic: readonly TrafficReview[]): string[] {
  const read = traffic.filter(({ unread }) => unread === undefined);
  return [
    ...shareTexts(read.map(movingShare), 'moves to what has no evaluation evidence'),
    ...shareTexts(read.map(changingShare), 'goes to what changes without evaluation evidence'),
  ];
}

/** Share that goes there and did not before. A kill switch that is on is the way out of an emergency, and no ramp. */
function movingShare({ rows, killSwitch }: TrafficReview): number {
  return killSwitch?.after === 'on' ? 0 : total(rows, ({ before = 0, after = 0 }) => Math.max(0, after - before));
}

/** Share that stays where it is, while what stands there changes or loses its evidence. */
function changingShare({ rows }: TrafficReview): number {
  return total(rows, ({ before = 0, after = 0, marks, evaluation }) => {
    const isOther = marks.includes('new') || marks.includes('changed') || evaluation?.evidenceBefore === 'named';
    return isOther ? Math.min(before, after) : 0;
  });
}

function total(rows: readonly TrafficRowReview[], shareOf: (row: TrafficRowReview) => number): number {
  return bounded(rows.filter(isUnevaluated).reduce((all, row) => all + shareOf(row), 0));
}

function shareTexts(shares: readonly number[], words: string): string[] {
  const some = shares.filter((share) => share > 0);
  const most = some.length > 1 ? 'up to ' : '';
  return some.length === 0 ? [] : [`${most}${shareText(Math.max(...some))} of traffic ${words}`];
}
