import { RouteFact, RouteTarget } from '../facts/gateway-facts';
import { EvaluationReview, TrafficReview, TrafficRowReview } from './change-report';
import { addressBefore, ReviewedStack } from './reviewed-stack';
import { landingOf, Led, TrafficMarking, TrafficMarks } from './traffic-marks';
import { drawnElsewhere, Shares, sharesOf } from './traffic-shares';

/** A route of a policy before and after. */
interface RoutePair {
  readonly before?: RouteFact;
  readonly after?: RouteFact;
}

/**
 * How the routes of a stack's gateways spread calls before and after: the shares of the targets that are tried first.
 * A gateway repeats a route in several policies; of those, the one that changes most stands for all.
 */
export function routeTraffic(
  stack: ReviewedStack,
  marks: TrafficMarks,
  { after, evaluations }: Pick<TrafficMarking, 'after' | 'evaluations'>,
): TrafficReview[] {
  const byRoute = new Map<string, TrafficReview>();
  for (const pair of routePairs(stack)) {
    const { service, key } = (pair.after ?? pair.before)!;
    const evaluation = evaluations.ofAll(after.callersOfRoute(stack, { service, key }));
    const review = routeReview(stack, pair, marks, evaluation);
    const route = JSON.stringify([service, key.toLowerCase()]);
    const known = byRoute.get(route);
    byRoute.set(route, known === undefined || tellsMore(review, known) ? review : known);
  }
  return [...byRoute.values()];
}

function routePairs(stack: ReviewedStack): RoutePair[] {
  const before = new Map((stack.before?.facts.gateway?.routes ?? []).map((route) => [placeOf(route), route]));
  const pairs = (stack.after.facts.gateway?.routes ?? []).map((after): RoutePair => {
    const place = placeOf(after, addressBefore(stack, after.origin.address));
    const old = before.get(place);
    before.delete(place);
    return { after, ...(old && { before: old }) };
  });
  return [...pairs, ...[...before.values()].map((route) => ({ before: route }))];
}

function routeReview(
  stack: ReviewedStack,
  { before, after }: RoutePair,
  marks: TrafficMarks,
  evaluation: EvaluationReview,
): TrafficReview {
  const { origin, key } = (after ?? before)!;
  const [old, current] = [rowsOf(before), rowsOf(after)];
  const rows = [...new Set([...current.rows.keys(), ...old.rows.keys()])].map((name): TrafficRowReview => {
    const [was, is] = [old.rows.get(name), current.rows.get(name)];
    const led = ledTo(stack, key, was, is, marks);
    return {
      target: (is ?? was)!.name,
      ...(was?.stage && { stageBefore: was.stage }),
      ...(is?.stage && { stageAfter: is.stage }),
      ...(was && { before: old.shares.get(name) ?? 0 }),
      ...(is && { after: current.shares.get(name) ?? 0 }),
      ...led,
      ...(is?.target && { evaluation }),
    };
  });
  const isUnread = [before, after].some((route) => route?.mayHaveOtherTargets);
  return {
    input: stack.input,
    kind: 'route',
    address: origin.address,
    name: key,
    rows,
    moved: before === undefined || isUnread ? 0 : drawnElsewhere(old.shares, current.shares),
    landing: landingOf(rows),
    ...(isUnread && { unread: 'a part of the policy that cannot be read may choose a target as well' }),
  };
}

interface TargetRow {
  readonly name: string;
  readonly stage?: string;
  readonly target?: RouteTarget;
}

interface TargetRows {
  readonly rows: ReadonlyMap<string, TargetRow>;
  /** Of the targets that are tried first. */
  readonly shares: Shares;
}

const GONE = '410 Gone';

function rowsOf(route: RouteFact | undefined): TargetRows {
  if (route?.retired !== undefined && route.targets.length === 0) {
    const { successor } = route.retired;
    const name = successor === undefined ? GONE : `${GONE}, use ${successor}`;
    return { rows: new Map([[GONE, { name }]]), shares: new Map([[GONE, 1]]) };
  }
  const targets = route?.targets ?? [];
  const tiers = [...new Set(targets.map(({ tier = 0 }) => tier))].sort((left, right) => left - right);
  const rows = new Map<string, TargetRow>();
  const weights = new Map<string, number>();
  for (const target of targets) {
    const key = targetKey(target);
    const rank = tiers.indexOf(target.tier ?? 0);
    if (!rows.has(key)) {
      rows.set(key, { name: nameOf(target), target, ...(rank > 0 && { stage: `failover ${rank}` }) });
    }
    if (rank === 0) {
      weights.set(key, (weights.get(key) ?? 0) + Math.max(0, target.weight ?? 1));
    }
  }
  return { rows, shares: sharesOf(weights) };
}

function ledTo(
  stack: ReviewedStack,
  key: string,
  was: TargetRow | undefined,
  is: TargetRow | undefined,
  marks: TrafficMarks,
): Led {
  const led = marks.ofDeployment(stack, is?.target?.serves, was?.target?.serves);
  const hasTarget = (is ?? was)?.target !== undefined;
  return led.models.length > 0 || !hasTarget ? led : { ...led, models: [key] };
}

/** The same deployment, whatever backend leads to it; else the same backend or URL. */
function targetKey({ deployment, account, backendId, url, place }: RouteTarget): string {
  const isDeployed = deployment !== undefined && account !== undefined;
  return JSON.stringify([isDeployed ? account : (backendId ?? url ?? place), deployment?.toLowerCase()]);
}

function nameOf({ deployment, backendId, url, place }: RouteTarget): string {
  return deployment ?? backendId ?? url ?? place;
}

function tellsMore(review: TrafficReview, known: TrafficReview): boolean {
  const weightOf = ({ moved, rows }: TrafficReview) => [
    moved,
    rows.filter(({ stageAfter }) => stageAfter).length,
    rows.length,
  ];
  const [own, other] = [weightOf(review), weightOf(known)];
  const position = own.findIndex((weight, index) => weight !== other[index]);
  return position === -1 ? review.address < known.address : own[position]! > other[position]!;
}

function placeOf({ origin, path, key }: RouteFact, address = origin.address): string {
  return JSON.stringify([address, path, key.toLowerCase()]);
}
