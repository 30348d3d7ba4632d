import { CalendarDate } from '../contracts/calendar-date';
import { counted } from '../contracts/counted';
import { LifecycleAnswer, LifecycleStage } from './lifecycle';

/** What is known of how long a model lives. */
export interface ModelLife {
  readonly stage: LifecycleStage;
  /** First day on which inference is refused; absent where no date is known. */
  readonly retirementDate?: CalendarDate;
  /** The model does not retire before that day; when it does is not known. */
  readonly retirementIsEarliest?: boolean;
  readonly daysLeft?: number;
}

export function lifeOf({ stage, retirementDate, retirementIsEarliest, daysLeft }: LifecycleAnswer): ModelLife {
  return {
    stage,
    ...(retirementDate !== undefined && { retirementDate }),
    ...(retirementIsEarliest !== undefined && { retirementIsEarliest }),
    ...(daysLeft !== undefined && { daysLeft }),
  };
}

/** The day until which a model is known to live, however much longer that may be; absent where nothing is known. */
export function knownToLiveUntil(life: ModelLife, on: CalendarDate): CalendarDate | undefined {
  const { stage, retirementDate } = life;
  return stage !== 'retired' && retirementDate !== undefined && retirementDate > on ? retirementDate : undefined;
}

/** Whether the only day that is known has passed: the model lives, and may retire any day. */
export function mayRetireAnyDay(life: ModelLife, on: CalendarDate): boolean {
  return life.stage !== 'retired' && life.retirementDate !== undefined && knownToLiveUntil(life, on) === undefined;
}

/** `until 2028-03-11, 475 days left`, or that no date is known. */
export function lifeText({ stage, retirementDate, retirementIsEarliest, daysLeft }: ModelLife): string {
  if (retirementDate === undefined) {
    return stage === 'retired' ? 'retired, no date known' : 'no date known';
  }
  if (stage === 'retired') {
    return `retired ${retirementIsEarliest ? 'not before' : 'since'} ${retirementDate}`;
  }
  const left = daysLeft === undefined || daysLeft <= 0 ? '' : `, ${counted(daysLeft, 'day')} left`;
  return `until ${retirementDate}${retirementIsEarliest ? ' at least' : ''}${left}`;
}
