import { ModelVersion } from '../accounts/model-version';

/** What Azure does with a deployment that a policy refuses. */
export enum PolicyEffect {
  /** Lets it pass and lists it as non-compliant. */
  AUDIT = 'Audit',

  /** Refuses to create or change it; what exists stays and is listed as non-compliant. */
  DENY = 'Deny',

  /** Does not look at it. */
  DISABLED = 'Disabled',
}

/** Properties of a `ModelPolicy`. */
export interface ModelPolicyProps {
  /**
   * Name of the policy definition, from which the names of everything else are derived: 1 to 56 characters without
   * `< > * % & : \ ? . + / #`, not ending with a blank. Changing it replaces definitions and assignments.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The only models that may be deployed, each with its exact version. A retired one is refused all the same.
   *
   * @default - every model version that is not retired
   */
  readonly allowedModels?: ModelVersion[];

  /**
   * Resource id of the management group that holds the definitions, `/providers/Microsoft.Management/managementGroups/<name>`;
   * needed to assign them to a management group. Changing it replaces definitions and assignments.
   *
   * @default - the subscription of the provider holds them
   */
  readonly managementGroupId?: string;

  /**
   * What happens to a deployment of a model that is retired, not pinned or not allowed, where an assignment does not say otherwise.
   *
   * @default PolicyEffect.DENY
   */
  readonly effect?: PolicyEffect;

  /**
   * What happens to a deployment whose version upgrade option is not `NoAutoUpgrade`, where an assignment does not say otherwise.
   *
   * `az cognitiveservices account deployment create` cannot give the option, so that `DENY` refuses whatever it deploys.
   *
   * @default PolicyEffect.AUDIT
   */
  readonly upgradeOptionEffect?: PolicyEffect;
}

/** How a `ModelPolicy` is assigned, whatever it is assigned to. */
export interface ModelPolicyAssignmentOptions {
  /**
   * Name of the assignment: as the name of the policy, and at a management group at most 16 characters, because Azure takes 24 there.
   *
   * @default - the name of the policy
   */
  readonly name?: string;

  /**
   * Resource ids of the scopes below that are left out, at most 400: management groups, subscriptions, resource groups, resources.
   *
   * @default - none
   */
  readonly notScopes?: string[];

  /**
   * Whether the effects take place; if not, compliance is only evaluated.
   *
   * @default true
   */
  readonly enforce?: boolean;

  /**
   * What happens to a deployment of a model that is retired, not pinned or not allowed.
   *
   * @default - the effect of the policy
   */
  readonly effect?: PolicyEffect;

  /**
   * What happens to a deployment whose version upgrade option is not `NoAutoUpgrade`.
   *
   * @default - the effect of the policy
   */
  readonly upgradeOptionEffect?: PolicyEffect;
}

/** How a `ModelPolicy` is assigned to a subscription. */
export interface SubscriptionModelPolicyOptions extends ModelPolicyAssignmentOptions {
  /** Resource id of the subscription, `/subscriptions/<id>`. */
  readonly subscriptionId: string;
}

/** How a `ModelPolicy` is assigned to a resource group. */
export interface ResourceGroupModelPolicyOptions extends ModelPolicyAssignmentOptions {
  /** Resource id of the resource group, `/subscriptions/<id>/resourceGroups/<name>`. */
  readonly resourceGroupId: string;
}

/** How a `ModelPolicy` is assigned to a management group. */
export interface ManagementGroupModelPolicyOptions extends ModelPolicyAssignmentOptions {
  /** Resource id of the management group, `/providers/Microsoft.Management/managementGroups/<name>`. */
  readonly managementGroupId: string;
}
