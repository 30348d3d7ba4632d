import { DEPLOYMENT_TYPES } from './deployment-types';
import { ModelCatalog } from './model-catalog';
import { sameText } from './model-key';
import { nearestNames } from './nearest-names';

/** What to say of a name that is no deployment type, of Azure's documentation or in the catalogue; `undefined` for one that is. */
export function unknownSkuHint(sku: string, catalog: ModelCatalog): string | undefined {
  const known = knownSkus(catalog);
  if (known.some((other) => sameText(other, sku))) {
    return undefined;
  }
  const nearest = nearestNames(sku, known);
  const hint = nearest.length === 0 ? `known are ${known.join(', ')}` : `did you mean ${nearest.join(', ')}?`;
  return `no model is known to be offered under the SKU '${sku}'; ${hint}`;
}

function knownSkus(catalog: ModelCatalog): string[] {
  const named = catalog
    .records()
    .flatMap(({ facts: { skus = [], skuRetirementDates = {}, fineTune } }) => [
      ...skus,
      ...Object.keys(skuRetirementDates),
      ...Object.keys(fineTune?.skuRetirementDates ?? {}),
    ]);
  return [...new Set([...DEPLOYMENT_TYPES.map(({ name }) => name), ...named])];
}
