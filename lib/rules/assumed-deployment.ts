import { ABSENT, known } from '../facts/attribute';
import { DeploymentFact, ResourceOrigin } from '../facts/facts';

/** A deployment of which nothing is known but the model version, so that it can be judged like one that is declared. */
export function assumedDeployment(
  { format, name, version }: { readonly format?: string; readonly name: string; readonly version: string },
  origin: ResourceOrigin,
): DeploymentFact {
  return {
    origin,
    declaredBy: 'azurerm',
    account: ABSENT,
    deployment: ABSENT,
    format: format === undefined ? ABSENT : known(format),
    model: known(name),
    version: known(version),
    sku: ABSENT,
    capacity: ABSENT,
    versionUpgradeOption: ABSENT,
  };
}
