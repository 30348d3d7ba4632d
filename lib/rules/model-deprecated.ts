import { DeploymentFact } from '../facts/facts';
import { deploymentFinding } from './deployment-finding';
import { LifecycleVerdict, deploymentVerdict } from './deployment-verdict';
import { Finding } from './finding';
import { modelOnSku, provenance, retiresOn } from './lifecycle-wording';
import { modelChange } from './model-change';
import { Arrival, arrivalOf, changeOf, thisPlan } from './planned-changes';
import { leaveAdvice } from './replacement-advice';
import { Rule, RuleContext } from './rule';

/**
 * How Azure refuses to create a deployment of a Deprecated model.
 * https://github.com/microsoft/microsoft-foundry-for-vscode/issues/557
 */
export const REFUSED_AS_DEPRECATED = 'ServiceModelDeprecating';

const ARRIVALS: Readonly<Record<Arrival, string>> = {
  created: 'creates a deployment of it',
  recreated: 'destroys the deployment and creates it with this model',
  changed: 'changes the deployment to it',
};

/** A deployment of a model in Azure's Deprecated stage whose retirement is not near enough for `model-retiring`. */
export const modelDeprecated: Rule = {
  id: 'model-deprecated',
  summary: 'A deployment uses a model version in the Deprecated stage.',
  why:
    'A Deprecated model still answers, but only subscriptions that have deployed this very version before may create deployments ' +
    'of it: the same configuration fails in a new subscription, a disaster-recovery one or a test one. (The ARM API calls this stage ' +
    '`Deprecating`; its `Deprecated` means retired.) A model that also retires within `warnDays` is reported by `model-retiring` alone, which says so.',
  fix: 'Plan the move to the replacement; do not build anything new on the model.',
  severity: 'warning',
  severityNote: 'warning; error where a plan creates the deployment, or changes one to the model',
  unknownWhen: 'The SKU cannot be read and the version is Deprecated on some SKUs only.',
  waiverLimit: 'until-retirement',
  check(context) {
    return context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      return verdict.kind === 'deprecated' ? [statement(context, fact, verdict)] : [];
    });
  },
};

/** `this plan creates a deployment of it, which Azure refuses (…) in a subscription that never deployed it`, where a plan does. */
export function refusalOfDeprecated(context: RuleContext, fact: DeploymentFact): string | undefined {
  const arrival = arrivalOf(context, fact);
  return arrival === undefined || wasDeployed(context, fact)
    ? undefined
    : `${thisPlan(context.facts.plan!)} ${ARRIVALS[arrival]}, which Azure refuses (${REFUSED_AS_DEPRECATED}) in a subscription that never deployed it`;
}

/** Whether the deployment had this model before, as it stands or as the last apply left it. */
function wasDeployed(context: RuleContext, fact: DeploymentFact): boolean {
  const recorded = (context.facts.plan?.drift ?? [])
    .filter(({ planned }) => planned === fact)
    .map((each) => each.recorded);
  return [changeOf(context, fact)?.before, ...recorded].some((earlier) => {
    const difference = earlier && modelChange(earlier, fact);
    return difference !== undefined && difference.changed.length + difference.unread.length === 0;
  });
}

function statement(context: RuleContext, fact: DeploymentFact, verdict: LifecycleVerdict): Finding {
  const { answer, dependsOnSku } = verdict;
  const doubt = dependsOnSku ? ' on some SKUs, and its SKU cannot be read before Terraform runs' : '';
  const refusal = refusalOfDeprecated(context, fact);
  return deploymentFinding(modelDeprecated, fact, {
    ...(refusal !== undefined && !dependsOnSku && { severity: 'error' as const }),
    status: dependsOnSku ? 'unknown' : 'violation',
    attribute: dependsOnSku ? 'sku' : undefined,
    message:
      `${modelOnSku(fact)} is Deprecated${doubt}: ${refusal ?? 'a subscription that never deployed it cannot create it'}; ` +
      `${answer.retirementDate === undefined ? '' : 'it '}${retiresOn(answer, context.asOf)}${provenance(answer)}`,
    fix: leaveAdvice(context, fact, answer),
    retirementDate: answer.retirementDate,
    subject: arrivalOf(context, fact),
  });
}
