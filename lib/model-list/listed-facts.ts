import { ModelFacts, StagedFacts } from '../catalog/catalog-document';
import { Replacement } from '../catalog/lifecycle';
import { MergedModel } from './merged-model';

/** The facts of a model that only the list knows. */
export function listedFacts(
  merged: MergedModel,
  { format, name }: { readonly format: string; readonly name: string },
  placed: Pick<ModelFacts, 'cloud' | 'seller' | 'kind'>,
): StagedFacts {
  const retirementDate = merged.claim('retirementDate') ?? undefined;
  const skuRetirementDates = datesBySku(merged, 'retirementDate', retirementDate);
  const trainingRetirementDate = merged.claim('fineTuneTrainingRetirement') ?? undefined;
  const deploymentRetirementDate = merged.claim('fineTuneDeploymentRetirement') ?? undefined;
  const tuned = datesBySku(merged, 'fineTuneDeploymentRetirement');
  const replacement = replacementOf(merged);
  const startDate = merged.claim('autoUpgradeStartDate') ?? undefined;
  const lead = merged.claim('autoUpgradeLeadDays');
  const isDefault = merged.claim('defaultVersion');
  const isTuned = [trainingRetirementDate, deploymentRetirementDate, tuned].some((said) => said !== undefined);
  return {
    ...placed,
    format,
    name,
    version: merged.first.version,
    stage: merged.stage,
    ...(retirementDate !== undefined && { retirementDate }),
    ...(skuRetirementDates !== undefined && { skuRetirementDates }),
    ...(isTuned && {
      fineTune: {
        ...(trainingRetirementDate !== undefined && { trainingRetirementDate }),
        ...(deploymentRetirementDate !== undefined && { deploymentRetirementDate }),
        ...(tuned !== undefined && { skuRetirementDates: tuned }),
      },
    }),
    ...(merged.skus.length > 0 && { skus: merged.skus }),
    ...(Object.keys(merged.regions).length > 0 && { regions: merged.regions }),
    ...(isDefault != null && { defaultVersion: isDefault === 'true' }),
    ...(replacement !== undefined && { replacements: [replacement] }),
    ...(startDate !== undefined && {
      autoUpgrade: { startDate, ...(lead != null && { expiryLeadDays: Number(lead) }) },
    }),
  };
}

/** The model that Azure upgrades to. */
export function replacementOf(merged: MergedModel): Replacement | undefined {
  const text = merged.claim('replacement');
  if (text == null) {
    return undefined;
  }
  const [name, version] = text.split('@');
  return { name: name!, ...(version !== undefined && { version }) };
}

function datesBySku(
  merged: MergedModel,
  field: 'retirementDate' | 'fineTuneDeploymentRetirement',
  modelDate?: string,
): Readonly<Record<string, string>> | undefined {
  const dates = merged.skusWith(field).flatMap((sku): [string, string][] => {
    const date = merged.claim(field, sku);
    return date == null || date === modelDate ? [] : [[sku, date]];
  });
  return dates.length === 0 ? undefined : Object.fromEntries(dates);
}
