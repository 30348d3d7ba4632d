import { PolicyDefinition } from '@cdktf/provider-azurerm/lib/policy-definition';
import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../accounts/refused';
import { terraformTemplate } from '../contracts/terraform-template';
import { enrol } from '../guard/enrol';
import { lifecycleKnowledgeOf } from '../guard/lifecycle-knowledge';
import {
  allowedModelUnresolved,
  allowedModelsMissing,
  managementGroupIdMalformed,
  policyInSubscription,
  policyNameInvalid,
  policyTooLarge,
} from './errors';
import { ModelPolicyAssignment } from './model-policy-assignment';
import {
  ManagementGroupModelPolicyOptions,
  ModelPolicyProps,
  PolicyEffect,
  ResourceGroupModelPolicyOptions,
  SubscriptionModelPolicyOptions,
} from './model-policy-props';
import { requireEffect } from './policy-effect';
import { exceededLimit } from './policy-limits';
import { modelRule, PolicyRule, upgradeOptionRule } from './policy-rule';
import { isManagementGroupId, isPolicyName, LONGEST_POLICY_NAME, UPGRADE_SUFFIX } from './resource-names';
import { retirementDays } from './retirement-days';

const LONGEST_NAME = LONGEST_POLICY_NAME - UPGRADE_SUFFIX.length;

/**
 * Two Azure Policy definitions with which the portal, `az` and every other tool obey the rules that the guard has for code.
 *
 * The first refuses deployments of models that the catalogue says are retired, that give no exact version or that are not allowed; a
 * retirement that the catalogue has a date for takes effect on that day by Azure's own clock, without another apply. The
 * second refuses deployments that Azure upgrades by itself. A definition does nothing until it is assigned.
 *
 * What it does not see: retirements that the catalogue of the last apply did not know, models fine-tuned from a retired one, and
 * models that are deprecated, which only subscriptions without history cannot deploy.
 *
 * @see https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-basics
 */
export class ModelPolicy extends Construct {
  /** The Terraform resource of the definition about models. */
  public readonly definition: PolicyDefinition;

  /** The Terraform resource of the definition about upgrades. */
  public readonly upgradeOptionDefinition: PolicyDefinition;

  /** Name of the definition about models. */
  public readonly policyName: string;

  private readonly props: ModelPolicyProps;

  constructor(scope: Construct, id: string, props: ModelPolicyProps = {}) {
    super(scope, id);
    enrol(this);
    this.props = props;
    this.policyName = props.name ?? id;
    this.requireValidProps();
    this.definition = this.define('Default', this.policyName, {
      displayName: 'Model deployments name an exact version that Azure has not retired',
      description:
        'Refuses deployments of Azure OpenAI and Foundry models that are retired, give no exact version' +
        `${props.allowedModels === undefined ? '' : ', or are not on the list of allowed models'}. ` +
        'Generated from a catalogue of retirement dates; the metadata tell its day.',
      effect: props.effect ?? PolicyEffect.DENY,
      rule: () => this.modelRule(),
    });
    this.upgradeOptionDefinition = this.define('UpgradeOption', `${this.policyName}${UPGRADE_SUFFIX}`, {
      displayName: 'Model deployments never change their version by themselves',
      description:
        'Refuses deployments of Azure OpenAI and Foundry models whose version upgrade option is not NoAutoUpgrade.',
      effect: props.upgradeOptionEffect ?? PolicyEffect.AUDIT,
      rule: upgradeOptionRule,
    });
  }

  /** Assigns both definitions to a subscription. */
  public assignToSubscription(id: string, options: SubscriptionModelPolicyOptions): ModelPolicyAssignment {
    return ModelPolicyAssignment._toSubscription(this, id, options);
  }

  /** Assigns both definitions to a resource group. */
  public assignToResourceGroup(id: string, options: ResourceGroupModelPolicyOptions): ModelPolicyAssignment {
    return ModelPolicyAssignment._toResourceGroup(this, id, options);
  }

  /** Assigns both definitions to a management group, which a policy with `managementGroupId` alone can. */
  public assignToManagementGroup(id: string, options: ManagementGroupModelPolicyOptions): ModelPolicyAssignment {
    if (this.props.managementGroupId === undefined) {
      throw policyInSubscription(this.node.path);
    }
    return ModelPolicyAssignment._toManagementGroup(this, id, options);
  }

  /** @internal */
  public get _effects(): { readonly effect: PolicyEffect; readonly upgradeOptionEffect: PolicyEffect } {
    const { effect = PolicyEffect.DENY, upgradeOptionEffect = PolicyEffect.AUDIT } = this.props;
    return { effect, upgradeOptionEffect };
  }

  private define(
    id: string,
    name: string,
    policy: { displayName: string; description: string; effect: PolicyEffect; rule: () => PolicyRule },
  ): PolicyDefinition {
    const { displayName, description, effect, rule } = policy;
    return new PolicyDefinition(this, id, {
      name,
      policyType: 'Custom',
      // Deployments have no location; Microsoft's own example about them evaluates all resource types as well.
      mode: 'All',
      displayName,
      description,
      managementGroupId: this.props.managementGroupId,
      // What the catalogue says is asked at synthesis: until then the app may be given another one.
      policyRule: Lazy.stringValue({ produce: () => terraformTemplate(JSON.stringify(rule())) }),
      parameters: JSON.stringify({ effect: effectParameter(effect) }),
      metadata: Lazy.stringValue({ produce: () => terraformTemplate(JSON.stringify(this.metadata())) }),
    });
  }

  private modelRule(): PolicyRule {
    const { catalog } = lifecycleKnowledgeOf(this);
    const rule = modelRule({
      retirements: retirementDays(catalog),
      asOf: catalog.asOf,
      allowed: this.props.allowedModels,
    });
    const exceeded = exceededLimit(rule);
    if (exceeded !== undefined) {
      throw policyTooLarge(this.node.path, exceeded);
    }
    return rule;
  }

  /** No day of the synthesis: the same catalogue makes the same definition, so that a plan on another day is empty. */
  private metadata(): object {
    const { catalog } = lifecycleKnowledgeOf(this);
    return {
      category: 'Cognitive Services',
      generatedBy: 'cdktf-azure-model-lifecycle',
      catalogueAsOf: catalog.asOf,
      cloud: catalog.cloud,
    };
  }

  private requireValidProps(): void {
    const { allowedModels, managementGroupId, effect, upgradeOptionEffect } = this.props;
    const { path } = this.node;
    if (refused(this.policyName, (name) => isPolicyName(name) && name.length <= LONGEST_NAME)) {
      throw policyNameInvalid(path, this.policyName, LONGEST_NAME);
    }
    if (managementGroupId !== undefined && refused(managementGroupId, isManagementGroupId)) {
      throw managementGroupIdMalformed(path, managementGroupId);
    }
    if (allowedModels !== undefined && (Token.isUnresolved(allowedModels) || allowedModels.length === 0)) {
      throw allowedModelsMissing(path);
    }
    const unresolved = allowedModels?.findIndex((model) => !model.isResolved) ?? -1;
    if (unresolved >= 0) {
      throw allowedModelUnresolved(path, unresolved);
    }
    requireEffect(path, 'effect', effect);
    requireEffect(path, 'upgradeOptionEffect', upgradeOptionEffect);
  }
}

function effectParameter(defaultValue: PolicyEffect): object {
  return {
    type: 'String',
    defaultValue,
    allowedValues: Object.values(PolicyEffect),
    metadata: {
      displayName: 'Effect',
      description: 'Deny refuses to create or change such a deployment, Audit only lists it, Disabled does nothing.',
    },
  };
}
