import { DeploymentCoordinates } from './deployment-coordinates';
import { isOtherModel, isOtherText, isRenamed, Pairs } from './deployment-pairs';
import { ConfigurationFacts, DeploymentFact } from './facts';
import { ChangeAction } from './plan-document';
import { DeploymentChange, DeploymentOutcome, PlannedAction } from './plan-facts';

/** Attributes whose change makes azurerm destroy the deployment and create another one. */
const REPLACING = ['account', 'deployment', 'format', 'model', 'sku'] as const;

/**
 * Two syntheses of one stack, one from before a change and one from after it, as if there were a plan between them. What
 * Terraform will do is foretold from what the providers do with a changed attribute
 * ("changing this forces a new resource"): azurerm replaces a deployment for another name, account, model or SKU and updates
 * its version (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cognitive_deployment); azapi
 * updates all but name and account (https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource).
 * A deployment under another address counts as moved; whether a `moved` block says so, a synthesis does not tell.
 *
 * @returns `after` with `plan`
 */
export function compareConfigurations(before: ConfigurationFacts, after: ConfigurationFacts): ConfigurationFacts {
  const deployments = changesBetween(before.deployments, after.deployments);
  const resources = new Map(deployments.flatMap(actionsOf));
  return {
    ...after,
    plan: {
      isComplete: true,
      isErrored: false,
      isForetold: true,
      resourceCount: resources.size,
      before,
      resources,
      deployments,
      drift: [],
    },
  };
}

function changesBetween(before: readonly DeploymentFact[], after: readonly DeploymentFact[]): DeploymentChange[] {
  const coordinates = new DeploymentCoordinates();
  const keyOf = (fact: DeploymentFact) => coordinates.of(fact);
  const pairs = new Pairs(before, after)
    .by((fact) => JSON.stringify([fact.origin.address, keyOf(fact)]))
    .by(keyOf)
    .by((fact) => (fact.declaredBy === 'template' ? undefined : fact.origin.address));
  return [
    ...pairs.after.map((to): DeploymentChange => {
      const from = pairs.partnerOf(to);
      return from === undefined
        ? { outcome: 'created', after: to }
        : { outcome: outcomeOf(from, to), before: from, after: to };
    }),
    ...pairs.left().map((from): DeploymentChange => ({ outcome: 'destroyed', before: from })),
  ];
}

function outcomeOf(from: DeploymentFact, to: DeploymentFact): DeploymentOutcome {
  const isSamePlace = from.origin.address === to.origin.address;
  if (isSamePlace && isReplaced(from, to)) {
    return 'replaced';
  }
  return isOtherModel(from, to) || isRenamed(from, to) ? 'changed-in-place' : isSamePlace ? 'kept' : 'moved';
}

/** Only values that are known on both sides tell that something is replaced. */
function isReplaced(from: DeploymentFact, to: DeploymentFact): boolean {
  const attributes = to.declaredBy === 'azurerm' ? REPLACING : to.declaredBy === 'azapi' ? REPLACING.slice(0, 2) : [];
  return attributes.some(
    (attribute) =>
      from[attribute].state !== 'absent' &&
      from[attribute].state === to[attribute].state &&
      isOtherText(from[attribute], to[attribute]),
  );
}

const ACTIONS: Readonly<Partial<Record<DeploymentOutcome, ChangeAction>>> = {
  created: 'create',
  destroyed: 'delete',
  replaced: 'replace',
  'changed-in-place': 'update',
};

function actionsOf({ outcome, before, after }: DeploymentChange): [string, PlannedAction][] {
  const { address, type } = (after ?? before)!.origin;
  const previousAddress = before?.origin.address;
  const isMoved = after !== undefined && previousAddress !== undefined && previousAddress !== address;
  return [
    [
      address,
      { address, type, action: ACTIONS[outcome] ?? 'no-op', ...(isMoved && { previousAddress }), replacePaths: [] },
    ],
  ];
}
