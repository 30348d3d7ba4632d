import { CalendarDate } from '../contracts/calendar-date';
import { Finding } from './finding';
import { PlacedWaiver, waiverFinding, waiverText } from './placed-waiver';
import { abridged } from './printable';
import { RuleDescription } from './rule';

/** A waiver that is past its last day. */
export const waiverExpired: RuleDescription = {
  id: 'waiver-expired',
  summary: 'A waiver is past its last day.',
  why: 'Somebody promised to have mended the finding by that day; what it covered counts again.',
  fix: 'Mend the finding and remove the waiver, or decide anew and give a later day.',
  severity: 'error',
  unknownWhen: 'Never.',
  waiverLimit: 'never',
};

export function expiredWaiver(placed: PlacedWaiver, asOf: CalendarDate): Finding {
  const { expires, owner } = placed.waiver;
  return waiverFinding(waiverExpired, placed, {
    message: `${waiverText(placed)} expired on ${expires} (judged on ${asOf}, owner ${abridged(owner)}) and is not applied`,
    fix: 'mend the finding and remove the waiver, or decide anew and give a later day',
  });
}
