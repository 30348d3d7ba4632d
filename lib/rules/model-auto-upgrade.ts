import { isProvisioned } from '../catalog/deployment-types';
import { abridged, quoted } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { attributePath, DeploymentStatement, deploymentFinding } from './deployment-finding';
import { isAbsent } from './deployment-verdict';
import { modelText } from './lifecycle-wording';
import { Rule } from './rule';

const PINNED = 'NoAutoUpgrade';

/**
 * What each option does.
 * https://learn.microsoft.com/azure/ai-foundry/openai/how-to/working-with-models#model-deployment-upgrade-configuration
 */
const EFFECTS: ReadonlyMap<string, string> = new Map([
  ['OnceNewDefaultVersionAvailable', 'Azure replaces the model within two weeks of a new default version'],
  ['OnceCurrentVersionExpired', 'Azure replaces the model days or weeks before it retires'],
]);

/** A deployment that lets Azure change its model. */
export const modelAutoUpgrade: Rule = {
  id: 'model-auto-upgrade',
  summary: 'A deployment has a version upgrade option other than `NoAutoUpgrade`, or none.',
  why:
    'Azure then changes the model behind an unchanged deployment name, even to a model of another name, and for a while old and new answer ' +
    'side by side. Leaving the option out opts in: azurerm writes `OnceNewDefaultVersionAvailable`, and ARM treats a missing one as ' +
    '`OnceCurrentVersionExpired`. After an upgrade Terraform plans to go back, which can destroy a working deployment.',
  fix: 'Write `NoAutoUpgrade` and change models with a new deployment beside the old one.',
  severity: 'error',
  unknownWhen: "The option cannot be read, or is left to a module's own default.",
  check(context) {
    return context.facts.deployments.flatMap((fact) => {
      const statement = judge(fact);
      return statement
        ? [deploymentFinding(modelAutoUpgrade, fact, { attribute: 'versionUpgradeOption', ...statement })]
        : [];
    });
  },
};

function judge(fact: DeploymentFact): DeploymentStatement | undefined {
  const option = fact.versionUpgradeOption;
  const fix = `set ${attributePath(fact, 'versionUpgradeOption') ?? 'its version upgrade option'} to '${PINNED}'`;
  if (option.state === 'unknown') {
    return {
      status: 'unknown',
      message: `the version upgrade option of ${modelText(fact)} cannot be read before Terraform runs: ${abridged(option.expression)}`,
      fix,
    };
  }
  if (isAbsent(option)) {
    return fact.declaredBy === 'module'
      ? {
          status: 'unknown',
          message: `the version upgrade option of ${modelText(fact)} is left to the module's own default, which cannot be read`,
          fix: `pass '${PINNED}' to the module if it has a variable for it, else make sure that this is what it sets`,
        }
      : {
          message: `${modelText(fact)} gives no version upgrade option: ${effectOfAbsence(fact)}${provisioned(fact)}`,
          fix,
        };
  }
  const given = valueOf(option)!;
  if (given === PINNED) {
    return undefined;
  }
  const effect = EFFECTS.get(given) ?? `allowed is '${PINNED}', written exactly so`;
  return {
    message: `${modelText(fact)} has the version upgrade option ${quoted(given)}: ${effect}${provisioned(fact)}`,
    fix,
  };
}

function effectOfAbsence(fact: DeploymentFact): string {
  const option = fact.declaredBy === 'azurerm' ? 'OnceNewDefaultVersionAvailable' : 'OnceCurrentVersionExpired';
  const owner = fact.declaredBy === 'azurerm' ? 'azurerm then writes' : 'Azure takes that as';
  return `${owner} ${option}, and ${EFFECTS.get(option)}`;
}

/** Azure leaves provisioned deployments alone today, but the option stays on record and takes effect with the SKU. */
function provisioned(fact: DeploymentFact): string {
  return isProvisioned(valueOf(fact.sku))
    ? ' (it does not upgrade provisioned deployments today; the option has to say so all the same)'
    : '';
}
