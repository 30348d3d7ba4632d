import { Finding } from './finding';
import { PlacedWaiver, waiverFinding, waiverText } from './placed-waiver';
import { RuleDescription } from './rule';

/** A waiver that covers no finding. */
export const waiverUnused: RuleDescription = {
  id: 'waiver-unused',
  summary: 'A waiver covers no finding.',
  why: 'The finding is corrected or the resource is misspelt; either way the waiver is waiting to hide a finding that nobody has looked at.',
  fix: 'Remove the waiver, or correct its rule and resource.',
  severity: 'warning',
  unknownWhen: 'Never.',
  waiverLimit: 'never',
};

export function unusedWaiver(placed: PlacedWaiver): Finding {
  return waiverFinding(waiverUnused, placed, {
    message: `${waiverText(placed)} covers no finding`,
    fix: 'remove it, or correct its rule and resource',
  });
}
