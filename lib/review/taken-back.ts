import { DeploymentFact } from '../facts/facts';
import { modelText } from '../rules/lifecycle-wording';
import { allowsUpgrade, ModelDrift, modelDrifts } from '../rules/model-drift';
import { judgedDeployment } from './judged-model';
import { ReviewedStack } from './reviewed-stack';

/**
 * The deployments whose change nobody wrote: something other than Terraform moved them, and applying takes that back. By
 * the deployment as it stands afterwards, why it changes, in a sentence without a full stop.
 */
export function takenBackIn(stack: ReviewedStack): ReadonlyMap<DeploymentFact, string> {
  const reasons = modelDrifts(stack.after)
    .filter((drift) => isTakenBack(stack, drift))
    .map((drift) => [drift.change?.after ?? drift.planned, reasonOf(drift)] as const);
  return new Map(reasons);
}

/** A plan that goes to a third model was written by somebody. */
function isTakenBack({ before, after }: ReviewedStack, { recorded, planned }: ModelDrift): boolean {
  if (recorded === undefined || before === undefined) {
    return true;
  }
  const { identity } = judgedDeployment(before, recorded);
  return identity !== undefined && identity === judgedDeployment(after, planned).identity;
}

function reasonOf({ recorded, planned }: ModelDrift): string {
  if (recorded === undefined) {
    return `Azure has probably moved it from ${modelText(planned)} by auto-upgrade; applying takes that back`;
  }
  return allowsUpgrade(recorded)
    ? `Azure moved it from ${modelText(recorded)} by auto-upgrade; applying takes that back`
    : `something other than Terraform moved it from ${modelText(recorded)}; applying takes that back`;
}
