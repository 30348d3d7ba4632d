import { Finding } from './finding';
import { PlacedWaiver, waiverFinding, waiverText } from './placed-waiver';
import { RuleDescription } from './rule';

/** A waiver that is malformed, waives what cannot be waived, or runs too long. */
export const waiverInvalid: RuleDescription = {
  id: 'waiver-invalid',
  summary: 'A waiver is malformed, names a rule that does not exist or cannot be waived, or runs too long.',
  why: 'An acceptance without reason, owner and a near end is a rule switched off for ever. The waiver is not applied at all.',
  fix: 'Give every field, and a last day within the limit of the rule.',
  severity: 'error',
  unknownWhen: 'Never.',
  waiverLimit: 'never',
};

export function invalidWaiver(placed: PlacedWaiver, problem: string, fix: string): Finding {
  return waiverFinding(waiverInvalid, placed, {
    message: `${waiverText(placed)} is not applied: ${problem}`,
    fix,
  });
}
