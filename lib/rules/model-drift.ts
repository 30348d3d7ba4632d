import { isProvisioned } from '../catalog/deployment-types';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { DeploymentChange } from '../facts/plan-facts';
import { modelChange } from './model-change';
import { changeOf, keepsCoordinates } from './planned-changes';
import { RuleContext } from './rule';

/** A deployment that runs another model than Terraform has written down, or than it is going to write. */
export interface ModelDrift {
  /** What runs. */
  readonly found: DeploymentFact;
  /** As the last apply left it, where the refresh of this very plan noticed the difference. */
  readonly recorded?: DeploymentFact;
  /** As the plan leaves it. */
  readonly planned: DeploymentFact;
  readonly change?: DeploymentChange;
}

/** Azure leaves them alone, whatever the option says: https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirements */

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const WHOLE_NUMBER = /^\d{1,9}$/;

const drifts = new WeakMap<RuleContext, readonly ModelDrift[]>();

/**
 * Deployments whose model something other than Terraform changed. A state that has been refreshed holds no trace of
 * that but a model that is newer than the configuration's, on a deployment that let Azure upgrade it.
 */
export function modelDrifts(context: RuleContext): readonly ModelDrift[] {
  const known = drifts.get(context) ?? findDrifts(context);
  drifts.set(context, known);
  return known;
}

/** Whether Azure may have changed the model by itself. */
export function allowsUpgrade({ versionUpgradeOption, sku }: DeploymentFact): boolean {
  return valueOf(versionUpgradeOption) !== 'NoAutoUpgrade' && !isProvisioned(valueOf(sku));
}

function findDrifts(context: RuleContext): ModelDrift[] {
  const { plan } = context.facts;
  // What a configuration said is not what runs.
  if (plan === undefined || plan.isForetold) {
    return [];
  }
  const noticed = plan.drift.flatMap(({ recorded, found, planned }): ModelDrift[] => {
    if (found === undefined || planned === undefined || modelChange(recorded, found).changed.length === 0) {
      return [];
    }
    return [{ recorded, found, planned, change: changeOf(context, planned) }];
  });
  const seen = new Set(noticed.map(({ change }) => change));
  const suspected = plan.deployments.flatMap((change): ModelDrift[] => {
    const { before: found, after: planned } = change;
    const isCandidate = found !== undefined && planned !== undefined && !seen.has(change) && allowsUpgrade(found);
    return isCandidate && keepsCoordinates(change) && isNewer(context, found, planned)
      ? [{ found, planned, change }]
      : [];
  });
  return [...noticed, ...suspected];
}

/** Whether a deployment runs a newer model than another one: by version, by the catalogue's replacement, else by retirement. */
function isNewer(context: RuleContext, left: DeploymentFact, right: DeploymentFact): boolean {
  const [newer, older] = [left, right].map((fact) => ({
    format: valueOf(fact.format),
    name: valueOf(fact.model)?.toLowerCase() ?? '',
    version: valueOf(fact.version) ?? '',
  })) as [Named, Named];
  if (newer.name === older.name) {
    return isLaterVersion(newer.version, older.version);
  }
  const then = answerOf(context, older);
  const now = answerOf(context, newer);
  if (then === undefined || now === undefined) {
    return false;
  }
  return (
    then.replacements.some(({ name }) => name.toLowerCase() === newer.name) ||
    (!now.replacements.some(({ name }) => name.toLowerCase() === older.name) &&
      (then.retirementDate ?? '') < (now.retirementDate ?? ''))
  );
}

interface Named {
  readonly format?: string;
  readonly name: string;
  readonly version: string;
}

function answerOf({ catalog, asOf }: RuleContext, model: Named) {
  const lookup = catalog.lookup(model, asOf);
  return lookup.kind === 'known' ? lookup.answer : undefined;
}

function isLaterVersion(left: string, right: string): boolean {
  if (WHOLE_NUMBER.test(left) && WHOLE_NUMBER.test(right)) {
    return Number(left) > Number(right);
  }
  return ISO_DAY.test(left) && ISO_DAY.test(right) && left > right;
}
