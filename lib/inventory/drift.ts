import { Attribute } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { LiveDeployment } from './live-deployment';

/** What may be otherwise on Azure than in the code. */
export type DriftField = 'model' | 'version' | 'sku' | 'capacity' | 'versionUpgradeOption';

/** One property that Azure and the code say differently. */
export interface Drift {
  readonly field: DriftField;
  /** What Azure has; absent where it has none. */
  readonly live?: string | number;
  /** What the code says; absent where it leaves the property out. */
  readonly declared?: string | number;
}

/** azurerm writes these for what a configuration leaves out: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cognitive_deployment */
const AZURERM_DEFAULTS: Readonly<Partial<Record<DriftField, string | number>>> = {
  capacity: 1,
  versionUpgradeOption: 'OnceNewDefaultVersionAvailable',
};

/** ARM takes a missing option for this one: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/working-with-models */
const ABSENT_OPTION = 'OnceCurrentVersionExpired';

/**
 * What Azure and the code say differently of one deployment. What the code leaves out is compared where a default is known;
 * what cannot be read is not compared. Azure fills in a version that is left out: that is no difference.
 */
export function driftOf(live: LiveDeployment, fact: DeploymentFact): Drift[] {
  const { model, sku, versionUpgradeOption = ABSENT_OPTION } = live;
  return [
    ...difference('model', model?.name, fact.model, fact),
    ...difference('version', model?.version, fact.version, fact),
    ...difference('sku', sku?.name, fact.sku, fact),
    ...difference('capacity', sku?.capacity, fact.capacity, fact),
    ...difference('versionUpgradeOption', versionUpgradeOption, fact.versionUpgradeOption, fact),
  ];
}

function difference(
  field: DriftField,
  live: string | number | undefined,
  attribute: Attribute<string | number>,
  { declaredBy }: DeploymentFact,
): Drift[] {
  if (attribute.state === 'unknown') {
    return [];
  }
  const written = attribute.state === 'known' && attribute.value !== '' ? attribute.value : undefined;
  const declared = written ?? defaultOf(field, declaredBy);
  if (declared === undefined || comparable(declared) === comparable(live)) {
    return [];
  }
  return [{ field, ...(live !== undefined && { live }), declared }];
}

function defaultOf(field: DriftField, declaredBy: DeploymentFact['declaredBy']): string | number | undefined {
  switch (declaredBy) {
    case 'azurerm':
      return AZURERM_DEFAULTS[field];
    case 'azapi':
    case 'template':
      return field === 'versionUpgradeOption' ? ABSENT_OPTION : undefined;
    case 'module':
      return undefined;
  }
}

function comparable(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value).trim().toLowerCase();
}
