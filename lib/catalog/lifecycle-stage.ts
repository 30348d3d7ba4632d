import { CalendarDate } from '../contracts/calendar-date';
import { CatalogRecord } from './catalog-content';
import { LIFECYCLE_STAGES, NO_RETIREMENT_DATE, SkuDates, StagedFacts } from './catalog-document';
import { DeploymentScope, LifecycleStage } from './lifecycle';

/** The retirement date that applies to one deployment type and scope. */
export interface ApplicableRetirement {
  readonly date?: CalendarDate;
  /** The model does not retire before this day; when it does is not known. */
  readonly isEarliest: boolean;
  /** Stated for exactly this SKU or for fine-tuned deployments: the stage of the model as a whole does not count. */
  readonly isSpecific: boolean;
  /** The base model's date, for want of one for fine-tuned deployments, which live longer. */
  readonly isAssumed: boolean;
}

/** The date for a SKU and scope: the SKU's own, else that of the model. */
export function applicableRetirement(
  record: CatalogRecord,
  sku: string | undefined,
  scope: DeploymentScope,
): ApplicableRetirement {
  if (scope === 'base') {
    return baseRetirement(record, sku);
  }
  const { fineTune } = record.facts;
  const date = dateOfSku(fineTune?.skuRetirementDates, sku) ?? fineTune?.deploymentRetirementDate;
  return date === undefined ? { ...baseRetirement(record, sku), isAssumed: true } : stated(date, true);
}

function baseRetirement({ facts }: CatalogRecord, sku?: string): ApplicableRetirement {
  const ownDate = dateOfSku(facts.skuRetirementDates, sku);
  if (ownDate !== undefined) {
    return stated(ownDate, true);
  }
  if (facts.retirementDate !== undefined) {
    return stated(facts.retirementDate, false);
  }
  const date = facts.retirementNotBefore;
  return { date, isEarliest: date !== undefined, isSpecific: false, isAssumed: false };
}

function stated(date: CalendarDate, isSpecific: boolean): ApplicableRetirement {
  return { date: date === NO_RETIREMENT_DATE ? undefined : date, isEarliest: false, isSpecific, isAssumed: false };
}

function dateOfSku(dates: SkuDates | undefined, sku: string | undefined): CalendarDate | undefined {
  if (dates === undefined || sku === undefined) {
    return undefined;
  }
  return Object.entries(dates).find(([name]) => name.toLowerCase() === sku.toLowerCase())?.[1];
}

/**
 * The stage on a day, which the dates and the stated stage decide together:
 * a date that has come counts whatever the stage says, because Azure's status lags behind its dates.
 */
export function stageOn(
  record: CatalogRecord,
  retirement: ApplicableRetirement,
  scope: DeploymentScope,
  on: CalendarDate,
): LifecycleStage {
  if (isRetired(record, retirement, on)) {
    return 'retired';
  }
  const reached: LifecycleStage[] = [statedStage(record.facts, on)];
  if (hasCome(record.facts.legacyDate, on)) {
    reached.push('legacy');
  }
  if (hasCome(record.facts.deprecationDate, on) || (scope === 'fine-tune' && isBaseGone(record, on))) {
    reached.push('deprecated');
  }
  return reached.reduce((later, stage) => (order(stage) > order(later) ? stage : later));
}

function isRetired(
  record: CatalogRecord,
  { date, isEarliest, isSpecific }: ApplicableRetirement,
  on: CalendarDate,
): boolean {
  if (!isEarliest && hasCome(date, on)) {
    return true;
  }
  if (isSpecific) {
    return false;
  }
  if (record.facts.inferredStage === 'retired') {
    return date === undefined || hasCome(date, on);
  }
  return record.facts.stage === 'retired' && (date === undefined || on >= record.statedOn);
}

function isBaseGone(record: CatalogRecord, on: CalendarDate): boolean {
  return isRetired(record, baseRetirement(record), on);
}

/** The stage that the source states, taken back where the day lies before the stage began. */
function statedStage({ stage, legacyDate, deprecationDate }: StagedFacts, on: CalendarDate): LifecycleStage {
  if (stage === 'retired') {
    return deprecationDate === undefined ? 'deprecated' : 'generally-available';
  }
  const began = stage === 'deprecated' ? deprecationDate : stage === 'legacy' ? legacyDate : undefined;
  return began === undefined || hasCome(began, on) ? stage : 'generally-available';
}

function order(stage: LifecycleStage): number {
  return LIFECYCLE_STAGES.indexOf(stage);
}

function hasCome(date: CalendarDate | undefined, on: CalendarDate): boolean {
  return date !== undefined && on >= date;
}
