import { quoted } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { attributePath, deploymentFinding } from './deployment-finding';
import { deploymentText } from './deployment-text';
import { deploymentVerdict } from './deployment-verdict';
import { Finding } from './finding';
import { modelText } from './lifecycle-wording';
import { ModelAttribute, modelChange } from './model-change';
import { refusesModelChange } from './model-change-refusal';
import { allowsUpgrade, ModelDrift, modelDrifts } from './model-drift';
import { Rule, RuleContext } from './rule';

const PINNED = 'NoAutoUpgrade';

/** A deployment that Azure, or somebody in the portal, has moved to another model. */
export const modelDrifted: Rule = {
  id: 'model-drifted',
  summary:
    'A deployment runs another model than the configuration says, because Azure has upgraded it or somebody has changed it outside of Terraform.',
  why:
    "Azure's auto-upgrade changes the model behind a deployment, and Terraform plans to undo that: a version is put back in place, " +
    'another model name makes azurerm destroy the deployment and create it with the old model, and where the old model is retired ' +
    'Azure refuses that and nothing is left.',
  fix: 'Write down the model that runs, with `NoAutoUpgrade`; go to another one with a deployment beside it.',
  severity: 'error',
  severityNote: 'error; note where applying leaves what runs; warning where it is unknown',
  unknownWhen: 'The model that the configuration asks for cannot be read before Terraform runs.',
  check(context) {
    return modelDrifts(context).map((drift) => statement(context, drift));
  },
};

function statement(context: RuleContext, drift: ModelDrift): Finding {
  const { found, planned } = drift;
  const { changed, unread } = modelChange(found, planned);
  const runs = `${deploymentText(found)} runs ${modelText(found)}, ${causeOf(drift)}`;
  if (changed.length > 0) {
    return deploymentFinding(modelDrifted, planned, {
      attribute: changed[0],
      message: `${runs}, and the configuration says ${modelText(planned)}: ${effectOf(context, drift, changed)}`,
      fix: `${keepAdvice(found, planned)}; to leave it, deploy another model beside it and move traffic`,
    });
  }
  if (unread.length > 0) {
    return deploymentFinding(modelDrifted, planned, {
      severity: 'warning',
      status: 'unknown',
      attribute: unread[0],
      message: `${runs}, and what the configuration says cannot be read before Terraform runs: applying this plan may undo that`,
      fix: keepAdvice(found, planned),
    });
  }
  return deploymentFinding(modelDrifted, planned, {
    severity: 'note',
    attribute: 'version',
    message: `${runs}: applying this plan leaves that as it is`,
    fix: `test what uses it against ${modelText(found)}; ${keepAdvice(found, planned)}`,
  });
}

function causeOf({ recorded }: ModelDrift): string {
  if (recorded === undefined) {
    return 'to which Azure has probably upgraded it';
  }
  return allowsUpgrade(recorded)
    ? `to which Azure has upgraded it from ${modelText(recorded)}`
    : `which something other than Terraform has changed from ${modelText(recorded)}`;
}

function effectOf(context: RuleContext, { planned, change }: ModelDrift, changed: readonly ModelAttribute[]): string {
  const isRetired = isCertainlyRetired(context, planned);
  switch (change?.outcome) {
    case 'replaced':
    case 'recreated':
      return isRetired
        ? 'applying this plan destroys the deployment, and Azure refuses to create it with a model that is retired (ServiceModelDeprecated), so that nothing is left'
        : 'applying this plan destroys the deployment and creates it again with that one, and calls fail in between';
    default:
      if (isRetired) {
        return 'Azure refuses to go to a model that is retired (ServiceModelDeprecated), so that applying this plan fails';
      }
      return refusesModelChange(planned, changed) === 'certainly'
        ? 'Azure refuses to change the model of a deployment (CannotChangeDeploymentModel), so that applying this plan fails'
        : 'applying this plan puts that one back in place, under callers that have been answered by the other';
  }
}

function isCertainlyRetired(context: RuleContext, fact: DeploymentFact): boolean {
  const verdict = deploymentVerdict(context, fact);
  return verdict.kind === 'retired' && !verdict.dependsOnSku;
}

/** `to keep what runs, set model.name to 'gpt-5.1', model.version to '2025-11-13' and version_upgrade_option to 'NoAutoUpgrade'`. */
function keepAdvice(found: DeploymentFact, planned: DeploymentFact): string {
  const settings = (['model', 'version'] as const).map((name) => setting(planned, name, valueOf(found[name]) ?? ''));
  return `to keep what runs, set ${settings.join(', ')} and ${setting(planned, 'versionUpgradeOption', PINNED)}`;
}

function setting(fact: DeploymentFact, name: 'model' | 'version' | 'versionUpgradeOption', value: string): string {
  return `${attributePath(fact, name) ?? (name === 'versionUpgradeOption' ? 'the version upgrade option' : `the ${name}`)} to ${quoted(value)}`;
}
