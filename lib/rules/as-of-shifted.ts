import { AS_OF_VARIABLE } from '../contracts/as-of';
import { daysBetween } from '../contracts/calendar-date';
import { RunRule } from './rule';

/** Room for a pipeline that was started some days ago, and for clocks in other time zones. */
const FURTHEST_IN_DAYS = 7;

/** A judgement made for another day than today. */
export const asOfShifted: RunRule = {
  id: 'as-of-shifted',
  summary: "The day that is judged on is more than 7 days from the clock's date.",
  why: 'A fixed date that was left in a pipeline or in code keeps retired models green for ever.',
  fix: 'Leave the date out, except to rehearse a future day.',
  severity: 'warning',
  unknownWhen: 'Never.',
  checkRun({ judgement: { asOf, clock } }) {
    const shift = daysBetween(clock, asOf);
    if (Math.abs(shift) <= FURTHEST_IN_DAYS) {
      return [];
    }
    return [
      {
        rule: asOfShifted.id,
        severity: asOfShifted.severity,
        status: 'violation',
        resource: { address: 'as-of', type: 'judgement' },
        message: `models are judged as of ${asOf}, ${Math.abs(shift)} days ${shift < 0 ? 'before' : 'after'} today (${clock})`,
        fix: `leave out --as-of (asOf in code) and ${AS_OF_VARIABLE} to judge on today's date`,
      },
    ];
  },
};
