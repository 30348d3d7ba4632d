import { BUCKETS } from '../contracts/traffic-bucket';
import { ABSENT } from './attribute';
import { RoutedRow, RouterFact } from './traffic-facts';

/** The rows as users get them: while the kill switch is on, all of them are on stable. */
export function rowsInEffect({ rows, killSwitch }: RouterFact): readonly RoutedRow[] {
  return killSwitch?.position === 'on' ? rowsWhileOn(rows) : rows;
}

/** The rows as users get them while a kill switch is on. */
export function rowsWhileOn(rows: readonly RoutedRow[]): readonly RoutedRow[] {
  const stable = rows.find(({ stage }) => stage === 'stable');
  return rows.map((row) => ({ ...row, from: 0, to: row === stable ? BUCKETS : 0 }));
}

/**
 * Whether users keep their buckets: with another salt all of them are dealt anew. Where one release has all users, before
 * or after, it makes no difference.
 */
export function dealingOf(before: RouterFact, after: RouterFact): 'kept' | 'anew' | 'unknown' {
  const [old, current] = [before.salt ?? ABSENT, after.salt ?? ABSENT];
  if (JSON.stringify(old) === JSON.stringify(current) || !isShared(before) || !isShared(after)) {
    return 'kept';
  }
  return old.state === 'known' && current.state === 'known' ? 'anew' : 'unknown';
}

/** The same, as if no kill switch were on. */
export function dealingBehindSwitch(before: RouterFact, after: RouterFact): 'kept' | 'anew' | 'unknown' {
  return dealingOf({ ...before, killSwitch: undefined }, { ...after, killSwitch: undefined });
}

/** Whether it cannot be read that the kill switch is turned, or stays as it is, where that makes a difference to users. */
export function mayTurnKillSwitch(before: RouterFact, after: RouterFact): boolean {
  const [old, current = 'unknown'] = [before.killSwitch?.position, after.killSwitch?.position];
  const isUnread =
    (old === 'on' && current === 'unknown') ||
    (old === 'off' && after.killSwitch?.position === 'unknown') ||
    (old === 'unknown' && current === 'off');
  return isUnread && (turnsUsers(before) || turnsUsers(after));
}

/** Whether some users are not on the stable release while the switch is off. */
export function turnsUsers({ rows }: RouterFact): boolean {
  return rows.some(({ stage, from, to }) => stage !== 'stable' && to > from);
}

/**
 * Share of users that is to be expected on another release when all are dealt anew, independently of before: what is left
 * of them besides those who happen to get the release that they had.
 */
export function expectedElsewhere(before: readonly RoutedRow[], after: readonly RoutedRow[]): number {
  const [old, current] = [sharesOf(before), sharesOf(after)];
  const same = [...old].reduce((all, [label, share]) => all + share * (current.get(label) ?? 0), 0);
  return Math.round(Math.min(1, Math.max(0, 1 - same)) * 1e9) / 1e9;
}

/** Whether several releases, or one and nobody, have users. */
export function isShared(router: RouterFact): boolean {
  return [...sharesOf(rowsInEffect(router)).values()].filter((share) => share > 0).length > 1;
}

/** Shares by label; users whom nobody gets have a place of their own. */
function sharesOf(rows: readonly RoutedRow[]): ReadonlyMap<string | undefined, number> {
  const shares = new Map<string | undefined, number>();
  for (const { label, from, to } of rows) {
    shares.set(label, (shares.get(label) ?? 0) + Math.max(0, to - from) / BUCKETS);
  }
  const served = [...shares.values()].reduce((all, share) => all + share, 0);
  return shares.set(undefined, Math.max(0, 1 - served));
}
