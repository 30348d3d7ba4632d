import { compareText } from '../contracts/text-order';
import { TrafficReview } from './change-report';
import { RouterPair } from './release-succession';
import { ReviewedStack } from './reviewed-stack';
import { revisionTraffic } from './revision-traffic';
import { routeTraffic } from './route-traffic';
import { routerTraffic } from './router-traffic';
import { TrafficMarking, TrafficMarks } from './traffic-marks';

/** What the review of traffic is made from. */
export interface TrafficReviewing extends TrafficMarking {
  readonly stacks: readonly ReviewedStack[];
  readonly routers: readonly RouterPair[];
}

const KINDS: readonly TrafficReview['kind'][] = ['router', 'route', 'revisions'];

/** Routers, routes and revision splits that change, or that lead to what changes or ends; routers first. */
export function reviewedTraffic(reviewing: TrafficReviewing): TrafficReview[] {
  const stacks = reviewing.stacks.filter(({ plan }) => plan !== undefined);
  const routers = reviewing.routers.filter(({ stack }) => stack.plan !== undefined);
  const marks = new TrafficMarks(reviewing);
  const reviews = [
    ...routers.map((pair) => routerTraffic(pair, marks, reviewing)),
    ...stacks.flatMap((stack) => [
      ...routeTraffic(stack, marks, reviewing),
      ...revisionTraffic(stack, marks, reviewing),
    ]),
  ];
  return reviews
    .filter(isNotable)
    .sort(
      (left, right) =>
        KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
        right.moved - left.moved ||
        compareText(left.address, right.address) ||
        compareText(left.name, right.name) ||
        compareText(left.input, right.input),
    );
}

function isNotable({ kind, rows, moved, killSwitch, unread, landing: { changed, retiring } }: TrafficReview): boolean {
  return (
    moved + changed + retiring > 0 ||
    killSwitch !== undefined ||
    // Rows that can be read, and users of whom it is not known whether they stay.
    (kind === 'router' && unread !== undefined && rows.length > 0) ||
    rows.some(
      ({ before, after, stageBefore, stageAfter, marks, evaluation }) =>
        before !== after ||
        stageBefore !== stageAfter ||
        marks.includes('destroyed') ||
        evaluation?.evidenceBefore !== undefined,
    )
  );
}
