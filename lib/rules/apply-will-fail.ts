import { allowsCapacity, capacityRule, CapacityRule, deploymentType } from '../catalog/deployment-types';
import { abridged } from '../contracts/printable';
import { Attribute, known, valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { PATCHING_TYPES } from '../facts/patching-types';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { coordinatesOf } from './coordinates';
import { deploymentFinding, DeploymentStatement } from './deployment-finding';
import { deploymentText } from './deployment-text';
import { readableSku } from './deployment-verdict';
import { Finding } from './finding';
import { modelOnSku } from './lifecycle-wording';
import { modelChange } from './model-change';
import { actionAt, actionOn, keepsCoordinates, thisPlan } from './planned-changes';
import { Rule } from './rule';
import { UNKNOWN } from './statement';

/** What azurerm sends where no capacity is given: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cognitive_deployment */
const AZURERM_DEFAULT_CAPACITY = 1;

/** What a plan promises and Azure will not do. */
export const applyWillFail: Rule = {
  id: 'apply-will-fail',
  summary:
    'Azure will refuse a part of the plan: a capacity that the deployment type does not have, or a deployment whose name is still taken.',
  why:
    'Terraform checks none of this when it plans. The apply stops half-way, and what it has destroyed until then is gone. ' +
    'azurerm and azapi look before they create, and refuse what exists ("already exists - to be managed via Terraform this resource ' +
    'needs to be imported"): https://github.com/Azure/terraform-provider-azapi/blob/main/internal/services/azapi_resource.go. ' +
    'What is destroyed at one address and created with the same name and account at another, as after a renamed module, key or ' +
    'resource, is ordered by nothing: as long as it exists its creation is refused, its destruction goes on, and no deployment is left. ' +
    'That a model cannot be created any more is said by `model-retired` and `model-deprecated`, that another model is refused in place by `model-changed-in-place`.',
  fix: 'Correct the plan before it is applied: give a capacity that exists, import what exists, write a `moved` block for what only has another address.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown',
  unknownWhen:
    'The capacity of a provisioned deployment cannot be read; a deployment takes the name of one whose address is replaced in the same plan; or model and capacity change in one update, which Azure has been seen to refuse.',
  waiverLimit: 14,
  check({ facts: { plan } }) {
    if (plan === undefined) {
      return [];
    }
    const surviving = forgotten(plan);
    return plan.deployments.flatMap((change) =>
      [capacity(change), capacityWithModel(change), nameTaken(plan, change, surviving)].flatMap((statement) =>
        statement === undefined ? [] : [finding(change, statement)],
      ),
    );
  },
};

function finding({ after }: DeploymentChange, statement: DeploymentStatement): Finding {
  return deploymentFinding(applyWillFail, after!, statement);
}

function capacity(change: DeploymentChange): DeploymentStatement | undefined {
  const { before, after } = change;
  const sku = after && readableSku(after);
  const type = sku === undefined ? undefined : deploymentType(sku);
  if (after === undefined || type === undefined || !isSized(change, before, after)) {
    return undefined;
  }
  const rule = capacityRule(type, valueOf(after.model));
  const given = capacityOf(after);
  if (given.state !== 'known') {
    return rule.unit === 'provisioned-throughput-units' ? unreadCapacity(after, rule) : undefined;
  }
  return allowsCapacity(rule, given.value)
    ? undefined
    : {
        attribute: 'capacity',
        message: `${deploymentText(after)} gets a capacity of ${given.value}, and ${modelOnSku(after)} takes ${ruleText(rule)}: Azure refuses it`,
        fix: `set the capacity to ${rule.minimum} or more${rule.step === 1 ? '' : `, in steps of ${rule.step}`}`,
      };
}

/** Whether the plan decides on the capacity: what stands on Azure has one that is allowed. */
function isSized({ outcome }: DeploymentChange, before: DeploymentFact | undefined, after: DeploymentFact): boolean {
  if (before === undefined || outcome === 'replaced' || outcome === 'recreated') {
    return outcome !== 'imported' && !PATCHING_TYPES.has(after.origin.type);
  }
  return (
    JSON.stringify(before.capacity) !== JSON.stringify(after.capacity) ||
    readableSku(before) !== readableSku(after) ||
    modelChange(before, after).changed.length > 0
  );
}

function capacityOf({ declaredBy, capacity: given }: DeploymentFact): Attribute<number> {
  return given.state === 'absent' && declaredBy === 'azurerm' ? known(AZURERM_DEFAULT_CAPACITY) : given;
}

function unreadCapacity(after: DeploymentFact, rule: CapacityRule): DeploymentStatement {
  const what =
    after.capacity.state === 'unknown' ? `cannot be read (${abridged(after.capacity.expression)})` : 'is left out';
  return {
    ...UNKNOWN,
    attribute: 'capacity',
    message: `the capacity of ${deploymentText(after)} ${what}: ${modelOnSku(after)} takes ${ruleText(rule)}, and Azure refuses anything else`,
    fix: `write the capacity as a literal: ${rule.minimum} or more, in steps of ${rule.step}`,
  };
}

function ruleText({ unit, minimum, step }: CapacityRule): string {
  const least = `at least ${minimum}${unit === 'provisioned-throughput-units' ? ' PTU' : ''}`;
  return step === 1 ? `${least}, in whole numbers` : `${least}, in steps of ${step}`;
}

/** "Cannot change capacity and model at the same time": https://github.com/Azure-Samples/azure-search-openai-demo/issues/1154 */
function capacityWithModel({ outcome, before, after }: DeploymentChange): DeploymentStatement | undefined {
  if (outcome !== 'changed-in-place' || before === undefined || after === undefined) {
    return undefined;
  }
  const from = valueOf(before.capacity);
  const to = valueOf(after.capacity);
  const isBoth = from !== undefined && to !== undefined && from !== to && modelChange(before, after).changed.length > 0;
  return isBoth
    ? {
        ...UNKNOWN,
        attribute: 'capacity',
        message: `${deploymentText(after)} changes its model and its capacity (${from} to ${to}) in one update, which Azure has been seen to refuse`,
        fix: 'change the capacity in a plan of its own',
      }
    : undefined;
}

/** A name that is taken where the deployment is created: providers look for it before they create. */
function nameTaken(
  plan: PlanFacts,
  change: DeploymentChange,
  surviving: ReadonlyMap<string, DeploymentFact>,
): DeploymentStatement | undefined {
  const { outcome, after, before, replaceOrder } = change;
  if (after === undefined) {
    return undefined;
  }
  const stops = `creating ${deploymentText(after)} fails, because`;
  if (outcome === 'created' && !PATCHING_TYPES.has(after.origin.type)) {
    const left = surviving.get(coordinatesOf(after) ?? '');
    return (
      left && {
        attribute: 'deployment',
        message: `${stops} ${thisPlan(plan)} only forgets ${abridged(left.origin.address)}, which has that name on that account and lives on`,
        fix: `import it at ${abridged(after.origin.address)}, or write a moved block instead of a removed one`,
      }
    );
  }
  if (before === undefined || !keepsCoordinates(change)) {
    return undefined;
  }
  if (outcome === 'recreated' && replaceOrder === undefined) {
    return unordered(plan, before, after);
  }
  return (outcome === 'replaced' || outcome === 'recreated') && replaceOrder === 'create-first'
    ? {
        attribute: 'deployment',
        message: `${stops} the old one has that name on that account until it is destroyed, and ${thisPlan(plan)} creates first`,
        fix: 'give the new deployment another name, or take create_before_destroy out',
      }
    : undefined;
}

/** Destroyed at one address and created at another: https://github.com/hashicorp/terraform/blob/main/docs/destroying.md */
function unordered(plan: PlanFacts, before: DeploymentFact, after: DeploymentFact): DeploymentStatement {
  // The verdict shows what stands before the colon, where two addresses would take all the room.
  const what = `${deploymentText(after)} is destroyed at one address and created at another`;
  const addresses = `destroyed as ${abridged(before.origin.address)} and created as ${abridged(after.origin.address)}`;
  const fix =
    before.origin.type === after.origin.type
      ? 'write a moved block, so that Terraform keeps the deployment, or give the new one another name'
      : 'let go of it with a removed block and import it at the new address, or give the new one another name';
  if (!isPlain(plan, before, after)) {
    return {
      ...UNKNOWN,
      attribute: 'deployment',
      message: `${what}, in an order that cannot be read: ${addresses}; unless the destruction is over first, ${consequence(after)}`,
      fix,
    };
  }
  return {
    attribute: 'deployment',
    message: `${what}, and nothing makes Terraform wait for the destruction: ${addresses}; unless the destruction happens to be over first, ${consequence(after)}`,
    fix,
  };
}

/** A resource that goes on at its address may depend on the other one. */
function isPlain(plan: PlanFacts, before: DeploymentFact, after: DeploymentFact): boolean {
  const { action, deposed } = actionOn(plan, before.origin) ?? {};
  return action === 'delete' && deposed === undefined && actionAt(plan, after.origin)?.action === 'create';
}

/** A template asks nobody whether what it deploys is there. */
function consequence({ declaredBy }: DeploymentFact): string {
  return declaredBy === 'azurerm' || declaredBy === 'azapi'
    ? `${declaredBy} refuses to create what still exists, and no deployment is left`
    : 'what still exists is updated and then destroyed, and no deployment is left';
}

function forgotten({ deployments }: PlanFacts): ReadonlyMap<string, DeploymentFact> {
  return new Map(
    deployments.flatMap(({ outcome, before }): [string, DeploymentFact][] => {
      const key = outcome === 'forgotten' && before ? coordinatesOf(before) : undefined;
      return key === undefined ? [] : [[key, before!]];
    }),
  );
}
