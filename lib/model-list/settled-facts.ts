import { FineTuneDates, ModelEntry, SkuRegions, StagedFacts } from '../catalog/catalog-document';
import { LifecycleStage } from '../catalog/lifecycle';
import { sameText } from '../catalog/model-key';
import { compareText } from '../contracts/text-order';
import { replacementOf } from './listed-facts';
import { MergedModel } from './merged-model';
import { replacementText } from './row-claims';
import { settledRetirement } from './settled-retirement';
import { Settling } from './settling';
import { laterStage } from './stage-order';

/** The facts of a model that both a list and the catalogue below it know. */
export function settledFacts(merged: MergedModel, base: ModelEntry, settling: Settling): StagedFacts {
  const isAlone = settling.precedence === 'alone';
  const { isListed, ...retirement } = settledRetirement(merged, base, settling);
  const stage = settledStage(merged, base, retirement.retirementDate, settling);
  const kept: Partial<StagedFacts> = isAlone ? {} : base;
  const isStillInferred = kept.confidence === 'inferred' && stage.stage === base.stage && 'inferredStage' in stage;
  const confidence = isListed || kept.confidence === 'inferred' ? undefined : kept.confidence;
  return defined({
    cloud: base.cloud,
    seller: base.seller,
    format: base.format,
    name: base.name,
    version: base.version,
    versionSpellings: base.versionSpellings,
    kind: base.kind,
    ...stage,
    ...begunStages(base, retirement.retirementDate, merged.stage, settling),
    announcedDeprecationDate: kept.announcedDeprecationDate,
    ...retirement,
    fineTune: settledFineTune(merged, base.fineTune ?? {}, settling),
    skus: settledSkus(merged, base, settling),
    regions: settledRegions(merged, kept.regions ?? {}),
    defaultVersion: isTrue(
      settling.pick('defaultVersion', merged.claim('defaultVersion'), base.defaultVersion?.toString()),
    ),
    replacements: settledReplacements(merged, base, settling),
    autoUpgrade: settledUpgrade(merged, base, settling),
    fineTunedFrom: kept.fineTunedFrom,
    confidence: isStillInferred ? kept.confidence : confidence,
    notes: kept.notes,
  });
}

function settledStage(
  merged: MergedModel,
  base: ModelEntry,
  retirementDate: string | undefined,
  settling: Settling,
): Pick<ModelEntry, 'stage' | 'inferredStage'> {
  const known = base.inferredStage ?? base.stage;
  // Azure's status lags behind its dates: a model whose date has come is no living one again.
  if (known === 'retired' && retirementDate !== undefined && retirementDate <= settling.listedOn) {
    return settling.precedence === 'alone'
      ? { stage: merged.stage }
      : { stage: base.stage, ...(base.inferredStage && { inferredStage: base.inferredStage }) };
  }
  const picked = settling.pick('lifecycle', merged.stage, known);
  return picked === known && picked !== merged.stage
    ? { stage: base.stage, inferredStage: base.inferredStage }
    : { stage: merged.stage };
}

/** The days on which stages began, where nothing that counts speaks against them. */
function begunStages(
  base: ModelEntry,
  retirementDate: string | undefined,
  listedStage: LifecycleStage,
  settling: Settling,
): Pick<StagedFacts, 'legacyDate' | 'deprecationDate'> {
  const dates = [
    ['legacyDate', 'legacy', base.legacyDate],
    ['deprecationDate', 'deprecated', base.deprecationDate],
  ] as const;
  const kept = dates.filter(([field, stage, date]) => {
    if (date === undefined) {
      return false;
    }
    if (settling.precedence === 'alone') {
      settling.disagree(field, null, date);
      return false;
    }
    if (settling.precedence === 'list' && date <= settling.listedOn && laterStage(stage, listedStage)) {
      settling.disagree('lifecycle', listedStage, `${stage} from ${date}`);
      return false;
    }
    if (retirementDate !== undefined && date > retirementDate) {
      settling.disagree(field, null, date, `it is after the retirement on ${retirementDate}`);
      return false;
    }
    return true;
  });
  return Object.fromEntries(kept.map(([field, , date]) => [field, date]));
}

function settledFineTune(merged: MergedModel, base: FineTuneDates, settling: Settling): FineTuneDates | undefined {
  const below = Object.entries(base.skuRetirementDates ?? {});
  const skus = [...below.map(([sku]) => sku), ...merged.skusWith('fineTuneDeploymentRetirement')];
  const dates = [
    settling.pick(
      'fineTuneTrainingRetirement',
      merged.claim('fineTuneTrainingRetirement'),
      base.trainingRetirementDate,
    ),
    settling.pick(
      'fineTuneDeploymentRetirement',
      merged.claim('fineTuneDeploymentRetirement'),
      base.deploymentRetirementDate,
    ),
  ] as const;
  const bySku = skus
    .filter((sku, position) => skus.findIndex((other) => sameText(other, sku)) === position)
    .flatMap((sku): [string, string][] => {
      const known = below.find(([other]) => sameText(other, sku))?.[1];
      const listed = merged.claim('fineTuneDeploymentRetirement', sku);
      const date = settling.pick('fineTuneDeploymentRetirement', listed, known, sku);
      return date === undefined ? [] : [[sku, date]];
    });
  const fineTune = defined({
    trainingRetirementDate: dates[0],
    deploymentRetirementDate: dates[1],
    skuRetirementDates: bySku.length === 0 ? undefined : Object.fromEntries(bySku),
  });
  return Object.keys(fineTune).length === 0 ? undefined : fineTune;
}

function settledSkus(merged: MergedModel, base: ModelEntry, settling: Settling): readonly string[] | undefined {
  const isGone = (sku: string) => merged.goneSkus.some((gone) => sameText(gone, sku));
  const skus = (base.skus ?? []).filter((sku) => settling.precedence === 'base' || !isGone(sku));
  const others = skus.filter((sku) => !merged.skus.some((listed) => sameText(listed, sku)));
  if (settling.precedence === 'alone') {
    if (others.length > 0) {
      settling.disagree('skus', merged.skus.join(', ') || null, skus.join(', '));
    }
    return merged.skus.length === 0 ? undefined : merged.skus;
  }
  const added = merged.skus.filter((listed) => !skus.some((sku) => sameText(listed, sku)));
  const all = [...skus, ...added];
  return all.length === 0 ? undefined : all;
}

/** The rows say all of the regions that they are of, and nothing of the others. */
function settledRegions(merged: MergedModel, below: SkuRegions): SkuRegions | undefined {
  const written = [...Object.keys(below), ...Object.keys(merged.regions)];
  const skus = written.filter((sku, position) => written.findIndex((other) => sameText(other, sku)) === position);
  const entries = skus.flatMap((sku): [string, readonly string[]][] => {
    const of = (table: SkuRegions) => Object.entries(table).find(([other]) => sameText(other, sku))?.[1] ?? [];
    const elsewhere = of(below).filter((region) => !merged.seenIn.includes(region));
    const regions = [...elsewhere, ...of(merged.regions)].sort(compareText);
    return regions.length === 0 ? [] : [[sku, regions]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function settledReplacements(merged: MergedModel, base: ModelEntry, settling: Settling): StagedFacts['replacements'] {
  const listed = replacementOf(merged);
  const known = base.replacements;
  if (known === undefined || known.length === 0) {
    return listed === undefined ? undefined : [listed];
  }
  const same = known.find(
    ({ name, version }) =>
      listed !== undefined &&
      sameText(name, listed.name) &&
      (version === undefined || listed.version === undefined || sameText(version, listed.version)),
  );
  if (same !== undefined) {
    // The documentation names several where the list has room for one.
    return settling.precedence === 'base'
      ? known
      : known.map((each) => (each === same ? { ...each, ...listed } : each));
  }
  const texts = known.map(replacementText).join(', ');
  const picked = settling.pick('replacement', listed && replacementText(listed), texts);
  if (picked === undefined) {
    return undefined;
  }
  return picked === texts ? known : [listed!];
}

function settledUpgrade(
  merged: MergedModel,
  { autoUpgrade }: ModelEntry,
  settling: Settling,
): StagedFacts['autoUpgrade'] {
  const { startDate: start, expiryLeadDays: lead } = autoUpgrade ?? {};
  const startDate = settling.pick('autoUpgradeStartDate', merged.claim('autoUpgradeStartDate'), start);
  const leadDays = settling.pick('autoUpgradeLeadDays', merged.claim('autoUpgradeLeadDays'), lead?.toString());
  return startDate === undefined
    ? undefined
    : { startDate, ...(leadDays !== undefined && { expiryLeadDays: Number(leadDays) }) };
}

function isTrue(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true';
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
