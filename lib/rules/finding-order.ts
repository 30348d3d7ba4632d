import { Finding } from './finding';

const SEVERITY_ORDER = { error: 0, warning: 1, note: 2 } as const;

/** Worst first, then by address and rule; by code units, so that the order does not depend on a locale. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    SEVERITY_ORDER[left.severity] - SEVERITY_ORDER[right.severity] ||
    compare(left.resource.address, right.resource.address) ||
    compare(left.rule, right.rule) ||
    compare(left.resource.stack ?? '', right.resource.stack ?? '') ||
    compare(left.resource.path ?? '', right.resource.path ?? '') ||
    compare(left.message, right.message)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
