import { abridged } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { PATCHING_TYPES } from '../facts/patching-types';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { deploymentFinding } from './deployment-finding';
import { deploymentText } from './deployment-text';
import { isAbsent, deploymentVerdict, readableSku } from './deployment-verdict';
import { Finding } from './finding';
import { modelText } from './lifecycle-wording';
import { ModelAttribute, modelChange } from './model-change';
import { refusesModelChange } from './model-change-refusal';
import { modelDrifts } from './model-drift';
import { actionAt, keepsCoordinates, thisPlan } from './planned-changes';
import { livingReplacement } from './replacement-advice';
import { Rule, RuleContext } from './rule';

/** Another model under the name that callers go on using. */
export const modelChangedInPlace: Rule = {
  id: 'model-changed-in-place',
  summary: 'A plan changes the model or the version of a deployment and keeps its name.',
  why:
    'Whoever calls the deployment gets answers of another model from the moment of the apply on, all at once, with prompts that were ' +
    'written for the old one and with no way back but another apply. Through azapi and ARM templates Azure refuses another model *name* ' +
    'in place (`CannotChangeDeploymentModel`), except on provisioned deployments; azurerm destroys the deployment first and creates it ' +
    'again, and calls fail in between. A change of the SKU or the capacity alone is none of the model and is not reported here.',
  fix: 'Keep the deployment, declare one of another name with the new model beside it, and move traffic by route and release.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'Model or version before or after the plan cannot be read, or are left to Azure; or a resource changes a deployment that something else declares.',
  check(context) {
    const { plan } = context.facts;
    if (plan === undefined) {
      return [];
    }
    const drifted = new Set(modelDrifts(context).map(({ change }) => change));
    return plan.deployments.flatMap((change) => (drifted.has(change) ? [] : statements(context, change)));
  },
};

function statements(context: RuleContext, change: DeploymentChange): Finding[] {
  const { before, after } = change;
  if (after === undefined) {
    return [];
  }
  if (before === undefined) {
    return change.outcome !== 'kept' && PATCHING_TYPES.has(after.origin.type)
      ? [patched(context.facts.plan!, after)]
      : [];
  }
  if (!isTouched(context, change)) {
    return [];
  }
  const { changed, unread } = modelChange(before, after);
  if (changed.length > 0) {
    return [changedModel(context, change, before, after, changed)];
  }
  return unread.length > 0 ? [unreadModel(before, after, unread[0]!)] : [];
}

/** Under another name, a deployment is another one, whatever happens to its address. */
function isTouched({ facts: { plan } }: RuleContext, change: DeploymentChange): boolean {
  switch (change.outcome) {
    case 'replaced':
    case 'recreated':
      return keepsCoordinates(change);
    case 'changed-in-place':
      return true;
    default:
      return actionAt(plan!, change.after!.origin)?.action === 'update';
  }
}

function changedModel(
  context: RuleContext,
  { outcome }: DeploymentChange,
  before: DeploymentFact,
  after: DeploymentFact,
  changed: readonly ModelAttribute[],
): Finding {
  const isReplaced = outcome === 'replaced' || outcome === 'recreated';
  return deploymentFinding(modelChangedInPlace, after, {
    attribute: changed[0],
    message: isReplaced
      ? `${deploymentText(after)} is destroyed and created again with ${modelText(after)} instead of ${modelText(before)}: ${effectOfReplacing(context, after)}`
      : `${deploymentText(after)} changes from ${modelText(before)} to ${modelText(after)} in place${effectInPlace(context, after, changed)}`,
    fix: fixOf(context, before, after),
  });
}

/** A model that ends itself, or that Azure may refuse to create, is nothing to build on. */
function fixOf(context: RuleContext, before: DeploymentFact, after: DeploymentFact): string {
  const verdict = deploymentVerdict(context, after);
  const isEnding = verdict.kind === 'retired' || verdict.kind === 'retiring' || verdict.kind === 'deprecated';
  const replacement = isEnding
    ? (livingReplacement(context, verdict.answer, readableSku(after)) ?? 'a current model of the same kind')
    : modelText(after);
  const other = `declare a deployment of another name with ${replacement} beside it${isEnding ? ` instead of ${modelText(after)}` : ''}`;
  return isRetired(context, before)
    ? `${other}, move traffic to that, and take this one out`
    : isEnding
      ? `keep ${modelText(before)} here; to move on, ${other}, and move traffic to that`
      : `keep ${modelText(before)} here, ${other}, and move traffic to that`;
}

function effectOfReplacing(context: RuleContext, after: DeploymentFact): string {
  return isRetired(context, after)
    ? 'Azure refuses to create one of a retired model, so that calls fail from the destruction on'
    : 'calls fail in between, and then another model answers under its name';
}

function isRetired(context: RuleContext, fact: DeploymentFact): boolean {
  const verdict = deploymentVerdict(context, fact);
  return verdict.kind === 'retired' && !verdict.dependsOnSku;
}

function effectInPlace(context: RuleContext, after: DeploymentFact, changed: readonly ModelAttribute[]): string {
  const plan = thisPlan(context.facts.plan!);
  if (isRetired(context, after)) {
    return `: Azure refuses to change a deployment to a retired model, so that applying ${plan} fails and callers keep the old model`;
  }
  switch (refusesModelChange(after, changed)) {
    case 'certainly':
      return `: Azure refuses another model under the name of a deployment (CannotChangeDeploymentModel), so that applying ${plan} fails`;
    case 'perhaps':
      return ': Azure refuses another model under the name of a deployment (CannotChangeDeploymentModel), unless it is a provisioned one';
    case 'no':
      return ': whoever calls it gets the answers of another model from the moment of the apply on';
  }
}

function unreadModel(before: DeploymentFact, after: DeploymentFact, attribute: ModelAttribute): Finding {
  return deploymentFinding(modelChangedInPlace, after, {
    severity: 'warning',
    status: 'unknown',
    attribute,
    message: `${deploymentText(after)} is updated in place, and whether its ${attribute} stays what it is cannot be read: before ${written(before, attribute)}, after ${written(after, attribute)}`,
    fix: `write the ${attribute} as a literal, the one that runs`,
  });
}

function patched(plan: PlanFacts, after: DeploymentFact): Finding {
  return deploymentFinding(modelChangedInPlace, after, {
    severity: 'warning',
    status: 'unknown',
    attribute: 'model',
    message: `${abridged(after.origin.type)} writes ${modelText(after)} to ${deploymentText(after)}, which something else declares: what it runs until then is not in ${thisPlan(plan)}`,
    fix: 'change the deployment where it is declared, or declare one of another name beside it',
  });
}

function written(fact: DeploymentFact, name: ModelAttribute): string {
  const attribute = fact[name];
  return isAbsent(attribute)
    ? 'left out'
    : attribute.state === 'unknown'
      ? abridged(attribute.expression)
      : abridged(valueOf(attribute)!);
}
