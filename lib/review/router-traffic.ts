import { RoutedRow } from '../facts/traffic-facts';
import { TrafficReview, TrafficRowReview } from './change-report';
import { ReleaseIndex } from './release-index';
import { RouterPair } from './release-succession';
import { landingOf, TrafficMarks } from './traffic-marks';
import { usersByLabel, usersElsewhere } from './traffic-shares';

/** How a router spreads users before and after. */
export function routerTraffic(
  { stack, before, after }: RouterPair,
  marks: TrafficMarks,
  releases: { readonly before: ReleaseIndex; readonly after: ReleaseIndex },
): TrafficReview {
  const { origin, kind } = (after ?? before)!;
  const unread = after?.unread ?? before?.unread;
  const [old, current] = [byLabel(before?.rows ?? []), byLabel(after?.rows ?? [])];
  const [oldShares, shares] = [usersByLabel(before?.rows ?? []), usersByLabel(after?.rows ?? [])];
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
    };
  });
  const isComparable = before !== undefined && unread === undefined;
  return {
    input: stack.input,
    kind: 'router',
    address: origin.address,
    name: nameOf(origin, kind),
    rows,
    moved: isComparable ? usersElsewhere(before.rows, after?.rows ?? []) : 0,
    landing: landingOf(rows),
    ...(unread !== undefined && { unread }),
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
