import { compareText } from '../contracts/text-order';
import { Finding } from './finding';
import { compareSeverities } from './severity-order';

/** Worst first, then by address and rule. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    compareSeverities(left.severity, right.severity) ||
    compareText(left.resource.address, right.resource.address) ||
    compareText(left.rule, right.rule) ||
    compareText(left.resource.stack ?? '', right.resource.stack ?? '') ||
    compareText(left.resource.path ?? '', right.resource.path ?? '') ||
    compareText(left.message, right.message)
  );
}
