import { isProvisioned } from '../catalog/deployment-types';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { ModelAttribute } from './model-change';

/**
 * Whether Azure refuses another model under the name of a deployment (`CannotChangeDeploymentModel`):
 * https://github.com/Azure-Samples/azure-search-openai-demo/issues/1330
 */
export function refusesModelChange(
  { declaredBy, sku }: DeploymentFact,
  changed: readonly ModelAttribute[],
): 'certainly' | 'perhaps' | 'no' {
  if (declaredBy === 'azurerm' || changed.every((name) => name === 'version')) {
    return 'no';
  }
  const type = valueOf(sku);
  return type === undefined ? 'perhaps' : isProvisioned(type) ? 'no' : 'certainly';
}
