import type { AccessFacts } from './access-facts';
import type { CompleteDeployment } from './complete-templates';
import type { ConfigurationFacts, DeploymentFact } from './facts';
import type { ResourceChange } from './plan-document';
import type { PlannedIdentity } from './planned-identity';

/** What a plan adds to the facts of the configuration that it leads to: what stands before it, and what happens. */
export interface PlanFacts {
  readonly terraformVersion?: string;
  /** False where the plan leaves something to a later run. */
  readonly isComplete: boolean;
  /** True where planning failed half-way. */
  readonly isErrored: boolean;
  /** True where two configurations were compared and Terraform has planned nothing. @default false */
  readonly isForetold?: boolean;
  /** How many resources the plan lists. */
  readonly resourceCount: number;
  /** What stands before the plan is applied, as the refresh saw it. */
  readonly before: ConfigurationFacts;
  /**
   * What happens to the resources that the facts speak about, by the address that they have after the plan; an object
   * that is left over has `(deposed …)` behind it, one that is let go of where another one is created `(forgotten)`.
   */
  readonly resources: ReadonlyMap<string, PlannedAction>;
  /** Every deployment before and after, paired by Azure's coordinates. */
  readonly deployments: readonly DeploymentChange[];
  /** Deployments that something other than Terraform changed since the last apply. */
  readonly drift: readonly DeploymentDrift[];
  /** Who may call models. @default - it is not known */
  readonly access?: AccessFacts;
  /** Templates that delete what else is in their resource group. @default - there are none */
  readonly completeDeployments?: readonly CompleteDeployment[];
}

/** A change without the values, which facts hold. */
export type PlannedAction = Pick<
  ResourceChange,
  | 'address'
  | 'previousAddress'
  | 'type'
  | 'action'
  | 'replaceOrder'
  | 'reason'
  | 'importId'
  | 'deferredReason'
  | 'deposed'
  | 'replacePaths'
> &
  PlannedIdentity;

/**
 * What becomes of one deployment on Azure, whatever happens to its address:
 *
 * - `kept`: nothing, or capacity and other settings only;
 * - `moved`: the same deployment under another address, module, key or provider type, and nothing else;
 * - `created`, `destroyed`;
 * - `imported`: it exists and Terraform adopts it; `forgotten`: Terraform lets go of it and it lives on;
 * - `changed-in-place`: the same deployment gets another model, version or SKU by an update;
 * - `replaced`: destroyed and created at one address, with other coordinates or a change that cannot be made in place;
 * - `recreated`: destroyed at one address and created with the same coordinates at another.
 */
export type DeploymentOutcome =
  'kept' | 'moved' | 'created' | 'destroyed' | 'imported' | 'forgotten' | 'changed-in-place' | 'replaced' | 'recreated';

export interface DeploymentChange {
  readonly outcome: DeploymentOutcome;
  readonly before?: DeploymentFact;
  readonly after?: DeploymentFact;
  /**
   * For `replaced` and `recreated`: whether the old one is gone before the new one is there. Terraform orders what happens at
   * two addresses by dependencies only (https://github.com/hashicorp/terraform/blob/main/docs/destroying.md), and what is
   * created depends on nothing that is not declared any more: for `recreated` it is set where their account is replaced
   * between the two.
   */
  readonly replaceOrder?: ResourceChange['replaceOrder'];
}

export interface DeploymentDrift {
  readonly address: string;
  /** As the last apply left it. */
  readonly recorded: DeploymentFact;
  /** As it is on Azure; left out where it is gone. */
  readonly found?: DeploymentFact;
  /** As the plan leaves it; left out where the plan destroys it. */
  readonly planned?: DeploymentFact;
}
