import { DEPLOYMENT_TYPES } from '../catalog/deployment-types';
import { nearestNames } from '../catalog/nearest-names';
import { abridged, quoted } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { DeploymentStatement, deploymentFinding } from './deployment-finding';
import { isAbsent, LifecycleVerdict, deploymentVerdict } from './deployment-verdict';
import { modelOnSku, modelText, provenance } from './lifecycle-wording';
import { Rule } from './rule';

/** By lower-case name; `DeveloperTier` is for fine-tuned models and not among the SKUs that azurerm takes. */
const KNOWN_SKUS: ReadonlyMap<string, string> = new Map(
  [...DEPLOYMENT_TYPES.map(({ name }) => name), 'DeveloperTier'].map((name) => [name.toLowerCase(), name]),
);

/** A deployment on a SKU that the catalogue does not list for its model. */
export const modelSkuUnlisted: Rule = {
  id: 'model-sku-unlisted',
  summary: 'A deployment uses a SKU that the catalogue does not list for its model version.',
  why:
    'Azure refuses a SKU that a model is not offered on when Terraform applies, not when it plans; many newer models have no regional ' +
    'Standard SKU at all. The list comes from one region, so another region may differ: that is why this is a warning.',
  fix: 'Use a SKU that is listed, or check in the Azure portal that your region offers this one and waive the finding.',
  severity: 'warning',
  severityNote:
    'warning; error where Azure is not known to have such a SKU; note where the catalogue lists no SKU at all for the model',
  unknownWhen:
    'The SKU cannot be read or is left out, or is like none that Azure is known to have, or the catalogue lists no SKU at all for the model.',
  check(context) {
    return context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      const statement = 'outcomes' in verdict ? judge(fact, verdict) : undefined;
      return statement ? [deploymentFinding(modelSkuUnlisted, fact, { attribute: 'sku', ...statement })] : [];
    });
  },
};

function judge(fact: DeploymentFact, verdict: LifecycleVerdict): DeploymentStatement | undefined {
  const { answer } = verdict;
  if (verdict.kind === 'retired' || verdict.dependsOnSku) {
    return undefined;
  }
  const listed = answer.skus.map(abridged).join(', ');
  if (fact.sku.state === 'unknown' || isAbsent(fact.sku)) {
    const problem =
      fact.sku.state === 'unknown'
        ? `the SKU of ${modelText(fact)} cannot be read before Terraform runs: ${abridged(fact.sku.expression)}`
        : `the deployment of ${modelText(fact)} names no SKU`;
    return {
      status: 'unknown',
      message: problem,
      fix: `write the SKU as a literal${listed === '' ? '' : `, one of ${listed}`}`,
    };
  }
  const sku = valueOf(fact.sku)!;
  if (answer.skuListed !== 'listed' && !KNOWN_SKUS.has(sku.toLowerCase())) {
    const [nearest] = nearestNames(sku, KNOWN_SKUS.values());
    return {
      severity: 'error',
      // A name that is like none of those known may be one that Azure has added since.
      status: nearest === undefined ? 'unknown' : 'violation',
      message: `${quoted(sku)} is no SKU that Azure is known to have, so the dates of ${modelText(fact)} on it are not known`,
      fix: `use one of ${listed === '' ? [...KNOWN_SKUS.values()].join(', ') : listed}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
    };
  }
  if (answer.skuListed === 'unlisted') {
    return {
      message: `${modelOnSku(fact)} is not listed: the catalogue lists ${listed}${provenance(answer)}`,
      fix: `use one of ${listed}, or check that your region offers this SKU and waive the finding`,
    };
  }
  if (answer.skuListed === 'unknown') {
    return {
      severity: 'note',
      status: 'unknown',
      message: `the catalogue lists no SKUs for ${modelText(fact)}, so it cannot tell whether this one is offered${provenance(answer)}`,
      fix: 'check in the Azure portal that your region offers this SKU',
    };
  }
  return undefined;
}
