import { CalendarDate } from '../contracts/calendar-date';
import { abridged } from '../contracts/printable';
import { Finding } from './finding';
import { PlacedWaiver, waiverFinding, waiverText } from './placed-waiver';
import { RuleDescription } from './rule';

/** A waiver that is past its last day. */
export const waiverExpired: RuleDescription = {
  id: 'waiver-expired',
  summary: 'A waiver is past its last day.',
  why: 'Somebody promised to have corrected the finding by that day; what it covered counts again.',
  fix: 'Correct the finding and remove the waiver, or decide anew and give a later day.',
  severity: 'error',
  unknownWhen: 'Never.',
  waiverLimit: 'never',
};

export function expiredWaiver(placed: PlacedWaiver, asOf: CalendarDate): Finding {
  const { expires, owner } = placed.waiver;
  return waiverFinding(waiverExpired, placed, {
    message: `${waiverText(placed)} expired on ${expires} (judged on ${asOf}, owner ${abridged(owner)}) and is not applied`,
    fix: 'correct the finding and remove the waiver, or decide anew and give a later day',
  });
}
