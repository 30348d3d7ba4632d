import { sameText } from './model-key';
import { Placement } from './placement';

/** Whether an update goes to a newer model, back to an older one, or to one beside it. */
export type UpdateDirection = 'forward' | 'backward' | 'lateral';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\d{1,9}$/;

/** Which way an update goes: the vendor's own replacement says, else the numbers, else the order of versions. */
export function directionOf(from: Placement, to: Placement): UpdateDirection {
  if (replaces(from, to)) {
    return 'forward';
  }
  if (replaces(to, from)) {
    return 'backward';
  }
  if (from.family === undefined || to.family === undefined || from.family.id === to.family.id) {
    return towards(numberOrder(from, to) || versionOrder(from, to));
  }
  if (succeeds(to, from)) {
    return 'forward';
  }
  return succeeds(from, to) ? 'backward' : 'lateral';
}

/** Whether a model belongs to the line that continues the other one's. */
export function succeeds(newer: Placement, older: Placement): boolean {
  const { major } = newer.member ?? {};
  return (newer.family?.succeeds ?? []).some(
    ({ family, fromMajor }) =>
      family === older.family?.id && (fromMajor === undefined || (major !== undefined && major >= fromMajor)),
  );
}

function replaces(older: Placement, newer: Placement): boolean {
  return (older.record?.facts.replacements ?? []).some(
    ({ name, version }) =>
      sameText(name, newer.name) &&
      // A replacement by another version of the same name has to name it.
      (version === undefined ? !sameText(older.name, newer.name) : sameText(version, newer.version ?? version)) &&
      !isSameVersion(older, newer),
  );
}

function isSameVersion(a: Placement, b: Placement): boolean {
  return sameText(a.name, b.name) && sameText(a.version ?? '', b.version ?? '');
}

function numberOrder({ member: from }: Placement, { member: to }: Placement): number {
  if (from === undefined || to === undefined) {
    return 0;
  }
  const isNumbered = from.major !== undefined && to.major !== undefined;
  const byNumber = isNumbered ? to.major! - from.major! || (to.intermediate ?? 0) - (from.intermediate ?? 0) : 0;
  return byNumber || (to.generation ?? 1) - (from.generation ?? 1);
}

function versionOrder(from: Placement, to: Placement): number {
  if (!sameText(from.name, to.name) || from.version === undefined || to.version === undefined) {
    return 0;
  }
  const orders = [from.member?.versionOrder, to.member?.versionOrder, from.member?.versions];
  for (const order of orders) {
    const [before, after] = [from.version, to.version].map((version) => positionIn(order ?? [], version));
    if (before! >= 0 && after! >= 0) {
      return after! - before!;
    }
  }
  if (ISO_DAY.test(from.version) && ISO_DAY.test(to.version)) {
    return Date.parse(to.version) - Date.parse(from.version);
  }
  return NUMBER.test(from.version) && NUMBER.test(to.version) ? Number(to.version) - Number(from.version) : 0;
}

function positionIn(versions: readonly string[], wanted: string): number {
  return versions.findIndex((version) => sameText(version, wanted));
}

function towards(difference: number): UpdateDirection {
  if (difference === 0 || Number.isNaN(difference)) {
    return 'lateral';
  }
  return difference > 0 ? 'forward' : 'backward';
}
