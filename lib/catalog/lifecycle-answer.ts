import { CalendarDate, daysBetween } from '../contracts/calendar-date';
import { CatalogRecord } from './catalog-content';
import { StagedFacts } from './catalog-document';
import { DeploymentScope, LifecycleAnswer } from './lifecycle';
import { applicableRetirement, stageOn } from './lifecycle-stage';
import { sameText } from './model-key';

/** What an answer is made for. */
export interface AnswerContext {
  /** The version as the API writes it. */
  readonly version: string;
  readonly sku?: string;
  readonly scope: DeploymentScope;
  readonly on: CalendarDate;
  /** The entry of the model that this one was fine-tuned from. */
  readonly fineTunedFrom?: CatalogRecord;
  /** Day of the newest source for the entry's cloud and seller. */
  readonly asOf: CalendarDate;
}

/** The answer that an entry gives. */
export function answerFrom(record: CatalogRecord, context: AnswerContext): LifecycleAnswer {
  const { version, sku, on, asOf } = context;
  const { facts } = record;
  const base = hasOwnDates(facts) ? undefined : context.fineTunedFrom;
  const judged = base ?? record;
  // A model fine-tuned from another one retires when that one's fine-tuned deployments do.
  const scope = base === undefined ? context.scope : 'fine-tune';
  const retirement = applicableRetirement(judged, sku, scope);
  const inherited = stageOn(judged, retirement, scope, on);
  // The end of the base is the end of what was tuned from it; before that the entry speaks for itself.
  const isEnding = inherited === 'retired' || inherited === 'deprecated';
  const stage = base === undefined || isEnding ? inherited : stageOn(record, retirement, scope, on);
  const { date } = retirement;
  const daysLeft = date === undefined ? undefined : daysBetween(on, date);
  const skus = skusOf(judged.facts, scope);
  return {
    format: facts.format,
    name: facts.name,
    version,
    stage,
    ...(date !== undefined && { retirementDate: date }),
    ...((retirement.isEarliest || retirement.isAssumed) && { retirementIsEarliest: true }),
    // A day that has passed without retiring the model counts nothing down, nor does one to come for a retired model.
    ...(daysLeft !== undefined && daysLeft <= 0 === (stage === 'retired') && { daysLeft }),
    ...(judged.facts.deprecationDate !== undefined && { deprecationDate: judged.facts.deprecationDate }),
    replacements: facts.replacements ?? judged.facts.replacements ?? [],
    skuListed: skuListed(skus, judged.facts, sku, scope),
    skus,
    confidence: retirement.isAssumed ? 'low' : (judged.facts.confidence ?? 'stated'),
    sources: base === undefined ? record.sources : [...record.sources, ...base.sources],
    asOf,
    layer: record.layer,
  };
}

function hasOwnDates(facts: StagedFacts): boolean {
  const { stage, retirementDate, retirementNotBefore, skuRetirementDates, fineTune } = facts;
  return (
    stage === 'retired' ||
    [retirementDate, retirementNotBefore, skuRetirementDates, fineTune].some((own) => own !== undefined)
  );
}

function skusOf(facts: StagedFacts, scope: DeploymentScope): readonly string[] {
  return scope === 'base' ? (facts.skus ?? []) : Object.keys(facts.fineTune?.skuRetirementDates ?? {});
}

function skuListed(
  skus: readonly string[],
  facts: StagedFacts,
  sku: string | undefined,
  scope: DeploymentScope,
): LifecycleAnswer['skuListed'] {
  if (sku === undefined) {
    return 'unknown';
  }
  // Some SKUs of a model have a date although its list of SKUs is not known: they are listed, the others unknown.
  const dated = scope === 'base' ? Object.keys(facts.skuRetirementDates ?? {}) : [];
  if ([...skus, ...dated].some((known) => sameText(known, sku))) {
    return 'listed';
  }
  return skus.length === 0 ? 'unknown' : 'unlisted';
}
