import { CalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { CatalogRecord } from './catalog-content';
import { LIFECYCLE_STAGES, StagedFacts } from './catalog-document';
import { DateChange, dateChanges, statedRetirement } from './date-changes';
import { AzureCloud, LifecycleStage, Replacement } from './lifecycle';
import { modelKey } from './model-key';

/** A model version of a catalogue; `null` where facts are stated for a name, whatever the version. */
export interface DifferentModel {
  readonly cloud: AzureCloud;
  readonly format: string;
  readonly name: string;
  readonly version: string | null;
}

/** A model version that only one of two catalogues has. */
export interface ListedOnce extends DifferentModel {
  /** As it is stated, whatever the day. */
  readonly stage: LifecycleStage;
  readonly retirementDate?: CalendarDate;
  readonly retirementIsEarliest?: boolean;
}

/** A stage that is stated differently; `forward` is nearer to the end. */
export interface StageChange {
  readonly from: LifecycleStage;
  readonly to: LifecycleStage;
  readonly direction: 'forward' | 'back';
}

/** What is in one list and not in the other. */
export interface ListChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Regions in which a model is offered under a SKU. */
export interface RegionChange extends ListChange {
  readonly sku: string;
}

/** All that two catalogues state differently of one model version. */
export interface ModelDifference {
  readonly model: DifferentModel;
  readonly dates: readonly DateChange[];
  readonly stage?: StageChange;
  readonly replacements?: { readonly from: readonly Replacement[]; readonly to: readonly Replacement[] };
  /** Whether Azure deploys this version where none is named. */
  readonly defaultVersion?: { readonly from: boolean; readonly to: boolean };
  readonly skus?: ListChange;
  readonly regions: readonly RegionChange[];
}

/** What changed between two catalogues: lists are ordered by cloud, format, name and version. */
export interface CatalogDifference {
  readonly added: readonly ListedOnce[];
  readonly removed: readonly ListedOnce[];
  readonly changed: readonly ModelDifference[];
}

/**
 * What a newer catalogue states differently from an older one: dates, stages, replacements, default versions, SKUs and
 * regions. Names, versions and SKUs are compared without case, versions by all their spellings; what else an entry holds
 * (notes, confidence, kinds) is not compared.
 */
export function catalogDifference(older: readonly CatalogRecord[], newer: readonly CatalogRecord[]): CatalogDifference {
  const before = new Map(older.flatMap(({ facts }) => keysOf(facts).map((key) => [key, facts] as const)));
  const matched = new Set<StagedFacts>();
  const added: ListedOnce[] = [];
  const changed: ModelDifference[] = [];
  for (const { facts } of newer) {
    const found = keysOf(facts)
      .map((key) => before.get(key))
      .find((known) => known !== undefined);
    if (found === undefined) {
      added.push(listed(facts));
      continue;
    }
    matched.add(found);
    const difference = differenceOf(found, facts);
    if (difference !== undefined) {
      changed.push(difference);
    }
  }
  const removed = older.filter(({ facts }) => !matched.has(facts)).map(({ facts }) => listed(facts));
  return {
    added: added.sort(byModel),
    removed: removed.sort(byModel),
    changed: changed.sort((left, right) => byModel(left.model, right.model)),
  };
}

function differenceOf(older: StagedFacts, newer: StagedFacts): ModelDifference | undefined {
  const difference: ModelDifference = {
    model: modelOf(newer),
    dates: dateChanges(older, newer),
    ...present({
      stage: stageChange(stageOf(older), stageOf(newer)),
      replacements: replacementChange(older.replacements, newer.replacements),
      defaultVersion: defaultChange(older.defaultVersion, newer.defaultVersion),
      skus: listChange(older.skus, newer.skus),
    }),
    regions: regionChanges(older.regions, newer.regions),
  };
  const { model, dates, regions, ...others } = difference;
  return model && dates.length + regions.length + Object.keys(others).length > 0 ? difference : undefined;
}

function stageChange(from: LifecycleStage, to: LifecycleStage): StageChange | undefined {
  const steps = LIFECYCLE_STAGES.indexOf(to) - LIFECYCLE_STAGES.indexOf(from);
  return steps === 0 ? undefined : { from, to, direction: steps > 0 ? 'forward' : 'back' };
}

function replacementChange(
  from: readonly Replacement[] = [],
  to: readonly Replacement[] = [],
): ModelDifference['replacements'] {
  const keys = (all: readonly Replacement[]) =>
    all.map(({ name, version = null }) => JSON.stringify([name, version]).toLowerCase()).sort();
  return JSON.stringify(keys(from)) === JSON.stringify(keys(to)) ? undefined : { from, to };
}

/** A list that names no default and one that says a version is none are alike. */
function defaultChange(from = false, to = false): ModelDifference['defaultVersion'] {
  return from === to ? undefined : { from, to };
}

/** A list that is left out says nothing, so that nothing is compared with it. */
function listChange(from: readonly string[] | undefined, to: readonly string[] | undefined): ListChange | undefined {
  if (from === undefined || to === undefined) {
    return undefined;
  }
  const change = { added: missingIn(from, to), removed: missingIn(to, from) };
  return change.added.length + change.removed.length === 0 ? undefined : change;
}

function regionChanges(from: StagedFacts['regions'], to: StagedFacts['regions']): RegionChange[] {
  if (from === undefined || to === undefined) {
    return [];
  }
  const skus = new Map([...Object.keys(from), ...Object.keys(to)].map((sku) => [sku.toLowerCase(), sku]));
  return [...skus.values()].sort(compareText).flatMap((sku) => {
    const change = listChange(ofSku(from, sku), ofSku(to, sku));
    return change === undefined ? [] : [{ sku, ...change }];
  });
}

function ofSku(regions: NonNullable<StagedFacts['regions']>, sku: string): readonly string[] {
  return Object.entries(regions).find(([name]) => name.toLowerCase() === sku.toLowerCase())?.[1] ?? [];
}

function missingIn(list: readonly string[], others: readonly string[]): string[] {
  const known = new Set(list.map((each) => each.toLowerCase()));
  return others.filter((each) => !known.has(each.toLowerCase())).sort(compareText);
}

/** Left every list without a notice: as good as stated. */
function stageOf({ stage, inferredStage }: StagedFacts): LifecycleStage {
  return inferredStage ?? stage;
}

function listed(facts: StagedFacts): ListedOnce {
  const { date, isEarliest } = statedRetirement(facts);
  return {
    ...modelOf(facts),
    stage: stageOf(facts),
    ...(date !== undefined && { retirementDate: date }),
    ...(isEarliest && { retirementIsEarliest: true }),
  };
}

function modelOf({ cloud = 'public', format, name, version }: StagedFacts): DifferentModel {
  return { cloud, format, name, version };
}

function keysOf({ cloud = 'public', format, name, version, versionSpellings = [] }: StagedFacts): string[] {
  return [version, ...versionSpellings].map((written) =>
    JSON.stringify([cloud, modelKey(format, name), written]).toLowerCase(),
  );
}

function byModel(left: DifferentModel, right: DifferentModel): number {
  return (
    compareText(left.cloud, right.cloud) ||
    compareText(left.format, right.format) ||
    compareText(left.name, right.name) ||
    compareText(left.version ?? '', right.version ?? '')
  );
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
