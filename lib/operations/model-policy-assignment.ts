import { ManagementGroupPolicyAssignment } from '@cdktf/provider-azurerm/lib/management-group-policy-assignment';
import { PolicyDefinition } from '@cdktf/provider-azurerm/lib/policy-definition';
import { ResourceGroupPolicyAssignment } from '@cdktf/provider-azurerm/lib/resource-group-policy-assignment';
import { SubscriptionPolicyAssignment } from '@cdktf/provider-azurerm/lib/subscription-policy-assignment';
import { TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../accounts/refused';
import { enrol } from '../guard/enrol';
import {
  assignmentNameInvalid,
  managementGroupIdMalformed,
  notScopeMalformed,
  resourceGroupIdMalformed,
  subscriptionIdMalformed,
  tooManyNotScopes,
} from './errors';
import type { ModelPolicy } from './model-policy';
import {
  ManagementGroupModelPolicyOptions,
  ModelPolicyAssignmentOptions,
  PolicyEffect,
  ResourceGroupModelPolicyOptions,
  SubscriptionModelPolicyOptions,
} from './model-policy-props';
import { requireEffect } from './policy-effect';
import {
  isManagementGroupId,
  isPolicyName,
  isResourceGroupId,
  isScopeId,
  isSubscriptionId,
  LONGEST_MANAGEMENT_GROUP_ASSIGNMENT_NAME,
  LONGEST_POLICY_NAME,
  MOST_EXCLUDED_SCOPES,
  UPGRADE_SUFFIX,
} from './resource-names';

/** What the assignments of every kind of scope have in common. */
interface AssignmentConfig {
  readonly name: string;
  readonly displayName: string;
  readonly policyDefinitionId: string;
  readonly parameters: string;
  readonly enforce: boolean;
  readonly notScopes?: string[];
  readonly nonComplianceMessage: { readonly content: string }[];
}

/** One scope to which a `ModelPolicy` is assigned; made by the policy's `assignTo…` methods. */
export class ModelPolicyAssignment extends Construct {
  /** @internal */
  public static _toSubscription(
    policy: ModelPolicy,
    id: string,
    { subscriptionId, ...options }: SubscriptionModelPolicyOptions,
  ): ModelPolicyAssignment {
    const assignment = new ModelPolicyAssignment(policy, id, options, LONGEST_POLICY_NAME);
    if (refused(subscriptionId, isSubscriptionId)) {
      throw subscriptionIdMalformed(assignment.node.path, subscriptionId);
    }
    assignment.assign(
      (resourceId, config) => new SubscriptionPolicyAssignment(assignment, resourceId, { subscriptionId, ...config }),
    );
    return assignment;
  }

  /** @internal */
  public static _toResourceGroup(
    policy: ModelPolicy,
    id: string,
    { resourceGroupId, ...options }: ResourceGroupModelPolicyOptions,
  ): ModelPolicyAssignment {
    const assignment = new ModelPolicyAssignment(policy, id, options, LONGEST_POLICY_NAME);
    if (refused(resourceGroupId, isResourceGroupId)) {
      throw resourceGroupIdMalformed(assignment.node.path, resourceGroupId);
    }
    assignment.assign(
      (resourceId, config) => new ResourceGroupPolicyAssignment(assignment, resourceId, { resourceGroupId, ...config }),
    );
    return assignment;
  }

  /** @internal */
  public static _toManagementGroup(
    policy: ModelPolicy,
    id: string,
    { managementGroupId, ...options }: ManagementGroupModelPolicyOptions,
  ): ModelPolicyAssignment {
    const longest = LONGEST_MANAGEMENT_GROUP_ASSIGNMENT_NAME;
    const assignment = new ModelPolicyAssignment(policy, id, options, longest);
    if (refused(managementGroupId, isManagementGroupId)) {
      throw managementGroupIdMalformed(assignment.node.path, managementGroupId);
    }
    assignment.assign(
      (resourceId, config) =>
        new ManagementGroupPolicyAssignment(assignment, resourceId, { managementGroupId, ...config }),
    );
    return assignment;
  }

  /** Name of the assignment about models; the one about upgrades ends with `-upgrade`. */
  public readonly assignmentName: string;

  private readonly policy: ModelPolicy;
  private readonly options: ModelPolicyAssignmentOptions;

  private constructor(policy: ModelPolicy, id: string, options: ModelPolicyAssignmentOptions, longestName: number) {
    super(policy, id);
    enrol(this);
    this.policy = policy;
    this.options = options;
    this.assignmentName = options.name ?? policy.policyName;
    this.requireValidOptions(longestName - UPGRADE_SUFFIX.length);
  }

  private assign(create: (id: string, config: AssignmentConfig) => TerraformResource): void {
    const { definition, upgradeOptionDefinition, _effects: effects } = this.policy;
    const { effect = effects.effect, upgradeOptionEffect = effects.upgradeOptionEffect } = this.options;
    create('Default', this.config(this.assignmentName, definition, effect, MODEL_MESSAGE));
    create(
      'UpgradeOption',
      this.config(
        `${this.assignmentName}${UPGRADE_SUFFIX}`,
        upgradeOptionDefinition,
        upgradeOptionEffect,
        UPGRADE_MESSAGE,
      ),
    );
  }

  private config(name: string, definition: PolicyDefinition, effect: PolicyEffect, message: string): AssignmentConfig {
    return {
      name,
      displayName: definition.displayNameInput!,
      policyDefinitionId: definition.id,
      parameters: JSON.stringify({ effect: { value: effect } }),
      enforce: this.options.enforce ?? true,
      notScopes: this.options.notScopes,
      nonComplianceMessage: [{ content: message }],
    };
  }

  private requireValidOptions(longestName: number): void {
    const { notScopes = [], effect, upgradeOptionEffect } = this.options;
    const { path } = this.node;
    if (refused(this.assignmentName, (name) => isPolicyName(name) && name.length <= longestName)) {
      throw assignmentNameInvalid(path, this.assignmentName, longestName);
    }
    if (!Token.isUnresolved(notScopes)) {
      if (notScopes.length > MOST_EXCLUDED_SCOPES) {
        throw tooManyNotScopes(path, notScopes.length, MOST_EXCLUDED_SCOPES);
      }
      const malformed = notScopes.find((id) => refused(id, isScopeId));
      if (malformed !== undefined) {
        throw notScopeMalformed(path, malformed);
      }
    }
    requireEffect(path, 'effect', effect);
    requireEffect(path, 'upgradeOptionEffect', upgradeOptionEffect);
  }
}

const MODEL_MESSAGE =
  'Deploy an exact version of a model that Azure has not retired and that is allowed here: see the rule of the policy for the lists.';

const UPGRADE_MESSAGE =
  'Set the version upgrade option of the deployment to NoAutoUpgrade, so that Azure never changes its version.';
