import { rowsInEffect } from '../facts/traffic-dealing';
import { RoutedRow } from '../facts/traffic-facts';
import { TrafficReview, TrafficRowReview } from './change-report';
import { UNTOLD } from './release-evaluation';
import { RouterPair } from './release-succession';
import { landingOf, TrafficMarking, TrafficMarks } from './traffic-marks';
import { usersByLabel } from './traffic-shares';
import { usersMoved } from './users-moved';

/** How a router spreads users before and after. */
export function routerTraffic(
  pair: RouterPair,
  marks: TrafficMarks,
  releases: Pick<TrafficMarking, 'before' | 'after' | 'evaluations'>,
): TrafficReview {
  const { stack, before, after } = pair;
  const { origin, kind } = (after ?? before)!;
  const [rowsBefore, rowsAfter] = [before, after].map((router) => (router === undefined ? [] : rowsInEffect(router)));
  const [old, current] = [byLabel(rowsBefore!), byLabel(rowsAfter!)];
  const [oldShares, shares] = [usersByLabel(rowsBefore!), usersByLabel(rowsAfter!)];
  const rows = [...new Set([...current.keys(), ...old.keys()])].map((label): TrafficRowReview => {
    const [was, is] = [old.get(label), current.get(label)];
    const release = is && releases.after.ofRow(stack.after, is);
    const oldRelease = was && releases.before.ofRow(stack.before, was);
    return {
      target: label,
      ...(was?.stage && { stageBefore: was.stage }),
      ...(is?.stage && { stageAfter: is.stage }),
      ...(was && { before: oldShares.get(label)! }),
      ...(is && { after: shares.get(label)! }),
      ...marks.ofRelease(release, oldRelease),
      // A retired label leads to no release.
      ...(is && is.stage !== 'retired' && { evaluation: release ? releases.evaluations.of(release) : UNTOLD }),
    };
  });
  return {
    input: stack.input,
    kind: 'router',
    address: origin.address,
    name: nameOf(origin, kind),
    rows,
    ...usersMoved(pair),
    landing: landingOf(rows),
  };
}

/** The construct that made it, else its kind. */
function nameOf({ constructPath }: { readonly constructPath?: string }, kind: 'api-management' | 'nginx'): string {
  const path = constructPath?.split('/').slice(1, -1).join('/');
  return path || (kind === 'nginx' ? 'nginx' : 'API Management');
}

/** The first row of each label, which may have several. */
function byLabel(rows: readonly RoutedRow[]): ReadonlyMap<string, RoutedRow> {
  const first = new Map<string, RoutedRow>();
  for (const row of rows) {
    if (!first.has(row.label)) {
      first.set(row.label, row);
    }
  }
  return first;
}
