import { nearestNames } from '../catalog/nearest-names';
import { accessRemovedWhileLive } from './access-removed-while-live';
import { applyWillFail } from './apply-will-fail';
import { asOfShifted } from './as-of-shifted';
import { catalogStale } from './catalog-stale';
import { deploymentDrifted } from './deployment-drifted';
import { deploymentDuplicate } from './deployment-duplicate';
import { deploymentMissing } from './deployment-missing';
import { deploymentUndeclared } from './deployment-undeclared';
import { destroyedWhileLive } from './destroyed-while-live';
import { gatewayNoTelemetry } from './gateway-no-telemetry';
import { gatewayUsesKeys } from './gateway-uses-keys';
import { modelAutoUpgrade } from './model-auto-upgrade';
import { modelChangedInPlace } from './model-changed-in-place';
import { modelDeprecated } from './model-deprecated';
import { modelDrifted } from './model-drifted';
import { modelPreview } from './model-preview';
import { modelRetired } from './model-retired';
import { modelRetiring } from './model-retiring';
import { modelRouter } from './model-router';
import { modelSkuUnlisted } from './model-sku-unlisted';
import { modelUnknown } from './model-unknown';
import { modelUnpinned } from './model-unpinned';
import { modelUnresolved } from './model-unresolved';
import { parallelWriters } from './parallel-writers';
import { planIncomplete } from './plan-incomplete';
import { promptModelMismatch } from './prompt-model-mismatch';
import { releaseModelMismatch } from './release-model-mismatch';
import { releaseNotImmutable } from './release-not-immutable';
import { resourceNameInvalid } from './resource-name-invalid';
import { retiredLiteral } from './retired-literal';
import { retiringLiteral } from './retiring-literal';
import { routeMixesVersions } from './route-mixes-versions';
import { routeTargetMissing } from './route-target-missing';
import { routeToDestroyed } from './route-to-destroyed';
import { Rule, RuleDescription, RunRule } from './rule';
import { stackUnguarded } from './stack-unguarded';
import { trafficIncomplete } from './traffic-incomplete';
import { trafficJumps } from './traffic-jumps';
import { trafficToRetiring } from './traffic-to-retiring';
import { waiverExpired } from './waiver-expired';
import { waiverInvalid } from './waiver-invalid';
import { waiverUnused } from './waiver-unused';

/** Rules about one configuration. */
export const CONFIGURATION_RULES: readonly Rule[] = [
  modelRetired,
  modelRetiring,
  modelDeprecated,
  modelUnknown,
  modelSkuUnlisted,
  modelUnpinned,
  modelAutoUpgrade,
  modelUnresolved,
  modelPreview,
  modelRouter,
  deploymentDuplicate,
  routeTargetMissing,
  routeMixesVersions,
  gatewayUsesKeys,
  gatewayNoTelemetry,
  releaseModelMismatch,
  releaseNotImmutable,
  promptModelMismatch,
  trafficIncomplete,
  trafficToRetiring,
  resourceNameInvalid,
  retiredLiteral,
  retiringLiteral,
];

/** Rules about what a plan does to a configuration; they have nothing to say where there is no plan. */
export const PLAN_RULES: readonly Rule[] = [
  modelChangedInPlace,
  modelDrifted,
  destroyedWhileLive,
  accessRemovedWhileLive,
  routeToDestroyed,
  trafficJumps,
  applyWillFail,
  planIncomplete,
];

/** Rules about configurations that are judged together, asked once. */
export const JOINT_RULES: readonly RunRule[] = [parallelWriters];

/** Rules about the run as a whole, asked once. */
export const RUN_RULES: readonly RunRule[] = [...JOINT_RULES, catalogStale, asOfShifted, stackUnguarded];

/** Rules about what Azure has beside what code declares; the inventory finds them. */
export const INVENTORY_RULES: readonly RuleDescription[] = [deploymentUndeclared, deploymentDrifted, deploymentMissing];

/** Rules about waivers, checked where waivers are applied. */
export const WAIVER_RULES: readonly RuleDescription[] = [waiverInvalid, waiverExpired, waiverUnused];

/** Every rule there is, in the order of the documentation. */
export const RULES: readonly RuleDescription[] = [
  ...CONFIGURATION_RULES,
  ...PLAN_RULES,
  ...INVENTORY_RULES,
  ...RUN_RULES,
  ...WAIVER_RULES,
];

const byId: ReadonlyMap<string, RuleDescription> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with this id. */
export function findRule(id: string): RuleDescription | undefined {
  return byId.get(id);
}

/** The id that a misspelt one was probably meant to be. */
export function nearestRule(id: string): string | undefined {
  return nearestNames(id, byId.keys())[0];
}
