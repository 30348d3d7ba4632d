import { quoted } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { deploymentFinding } from './deployment-finding';
import { isAbsent, isFloating, deploymentVerdict } from './deployment-verdict';
import { modelText } from './lifecycle-wording';
import { Rule } from './rule';

/** A deployment without a model version. */
export const modelUnpinned: Rule = {
  id: 'model-unpinned',
  summary: 'A deployment gives no model version.',
  why:
    'Azure picks the default version of the day: two applies of one configuration can deploy different models, and prompts are no longer ' +
    'tested against what runs. azurerm then also shows a difference on every plan.',
  fix: 'Give the exact version that the prompts were tested with.',
  severity: 'error',
  unknownWhen:
    "Never: a version that cannot be read, or one left to a module's own default, is reported by `model-unresolved`, " +
    'and a model whose known versions are all retired by `model-retired`.',
  check(context) {
    return context.facts.deployments
      .filter((fact) => !isAbsent(fact.model) && (isLeftOut(fact) || isFloating(valueOf(fact.version) ?? '')))
      .filter((fact) => deploymentVerdict(context, fact).kind !== 'retired')
      .map((fact) =>
        deploymentFinding(modelUnpinned, fact, {
          attribute: 'version',
          message: isLeftOut(fact)
            ? `the deployment of ${modelText(fact)} gives no version, so Azure picks the default version of the day`
            : `${quoted(valueOf(fact.version)!)} is no version of a model: Azure knows exact versions only`,
          fix: 'give the exact model version that was tested',
        }),
      );
  },
};

function isLeftOut(fact: DeploymentFact): boolean {
  return isAbsent(fact.version) && fact.declaredBy !== 'module';
}
