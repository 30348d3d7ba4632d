import { CognitiveDeployment } from '@cdktf/provider-azurerm/lib/cognitive-deployment';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { enrol } from '../guard/enrol';
import { parseDeploymentId, formatDeploymentId } from './account-id';
import { mayLieIn } from './account-membership';
import { prerequisitesOf } from './account-prerequisites';
import { deriveDeploymentName } from './deployment-name';
import { DeploymentRegistry } from './deployment-registry';
import { DeploymentSku } from './deployment-sku';
import {
  deploymentIdMalformed,
  deploymentNameInvalid,
  deploymentNameNotDerivable,
  deploymentOfOtherAccount,
  formatNotServed,
} from './errors';
import { ImportBlock } from './import-block';
import type { IModelAccount } from './model-account-interface';
import { ModelAccountKind } from './model-account-kind';
import { ModelVersion } from './model-version';
import { isDeploymentName } from './resource-names';

/** What a deployment is, apart from the account it lies in. */
export interface ModelDeploymentOptions {
  /** The exact model version to deploy. */
  readonly model: ModelVersion;

  /** Deployment type and capacity. */
  readonly sku: DeploymentSku;

  /**
   * Name of the RAI policy: one that Azure provides, or `policyName` of a `RaiPolicy`.
   *
   * It is always written, because Azure fills it in and azurerm before 4.69 then shows a difference in every plan:
   * https://github.com/hashicorp/terraform-provider-azurerm/issues/32061
   *
   * @default 'Microsoft.DefaultV2'
   */
  readonly raiPolicyName?: string;

  /**
   * Name of the deployment on Azure, 2 to 64 characters.
   *
   * With a name of your own, a changed model version is an update *in place*: callers get the new version in the middle
   * of the apply and nothing is left to go back to. A changed model name or SKU can then not
   * be applied at all, because old and new deployment would need the same name.
   *
   * @default - derived from format, model, version and SKU, so that each change of them is a new deployment
   */
  readonly deploymentName?: string;

  /**
   * Whether Azure may admit more calls than the capacity when it has room.
   *
   * @default false
   */
  readonly dynamicThrottlingEnabled?: boolean;
}

/** Properties of a `ModelDeployment`. */
export interface ModelDeploymentProps extends ModelDeploymentOptions {
  /** The account that the model is deployed to. */
  readonly account: IModelAccount;
}

/** Properties of `ModelDeployment.importFrom`: what exists on Azure. */
export interface ModelDeploymentImportProps {
  /** The account in which the deployment lies. */
  readonly account: IModelAccount;

  /** Resource id of the deployment, `/subscriptions/…/accounts/…/deployments/…`, as text. */
  readonly deploymentId: string;

  /** The model version that is deployed now; another name or format would replace the deployment. */
  readonly model: ModelVersion;

  /** The deployment type and capacity it has now; another type would replace the deployment. */
  readonly sku: DeploymentSku;

  /**
   * Name of the RAI policy it has now, for instance `Microsoft.DefaultV2`; another one is changed in place.
   *
   * There is no default: a guess would loosen or tighten what the deployment filters with the first apply.
   */
  readonly raiPolicyName: string;

  /**
   * Whether dynamic throttling is on now; another value is changed in place.
   *
   * @default false
   */
  readonly dynamicThrottlingEnabled?: boolean;

  /**
   * Whether Terraform refuses every plan that would replace or destroy the deployment.
   *
   * It turns a model name or SKU that was stated wrongly into an error instead of an outage. Set it to false for one
   * apply before `terraform destroy`.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
}

const DEFAULT_RAI_POLICY = 'Microsoft.DefaultV2';

/**
 * A model deployment, pinned to one exact version: Azure never upgrades it (`NoAutoUpgrade`).
 *
 * Its name on Azure holds model, version and SKU. If one of them changes under the same construct id, Terraform creates
 * the new deployment under its own name, updates what refers to it, and only then removes the old one. If only the
 * capacity changes, the deployment is updated in place.
 *
 * @example
 *
 * new ModelDeployment(this, 'chat', {
 *   account,
 *   model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
 *   sku: DeploymentSku.globalStandard(50),
 * });
 */
export class ModelDeployment extends Construct {
  /**
   * Takes over a deployment that exists on Azure, under the name it has: the plan shows an import, no replacement.
   *
   * Its upgrade option becomes `NoAutoUpgrade` in place. Because it keeps its name, a later change of the version would
   * be made in place too; declare a deployment of the new version beside it instead, move the callers, and remove it.
   */
  public static importFrom(scope: Construct, id: string, props: ModelDeploymentImportProps): ModelDeployment {
    const path = [scope.node.path, id].filter((part) => part !== '').join('/');
    const parts = Token.isUnresolved(props.deploymentId) ? undefined : parseDeploymentId(props.deploymentId);
    if (parts === undefined) {
      throw deploymentIdMalformed(path, props.deploymentId);
    }
    if (!mayLieIn(props.account, parts)) {
      throw deploymentOfOtherAccount(path, props.deploymentId, props.account.node.path);
    }
    const { account, model, sku, raiPolicyName, dynamicThrottlingEnabled, preventDestroy = true } = props;
    const deployment = new ModelDeployment(scope, id, {
      account,
      model,
      sku,
      raiPolicyName,
      dynamicThrottlingEnabled,
      deploymentName: parts.deploymentName,
    });
    deployment.resource.lifecycle = { ...deployment.resource.lifecycle, preventDestroy };
    new ImportBlock(deployment, 'Import', deployment.resource, formatDeploymentId(parts));
    return deployment;
  }

  /** The account that the model is deployed to. */
  public readonly account: IModelAccount;

  /** The deployed model version. */
  public readonly model: ModelVersion;

  /** Deployment type and capacity. */
  public readonly sku: DeploymentSku;

  /**
   * Name on Azure: what callers put in the URL or pass as `model`.
   *
   * It is text and makes nothing wait for the deployment; let a resource that needs it depend on `resource`.
   */
  public readonly deploymentName: string;

  /** The Terraform resource. */
  public readonly resource: CognitiveDeployment;

  constructor(scope: Construct, id: string, props: ModelDeploymentProps) {
    super(scope, id);
    enrol(this);
    const { account, model, sku } = props;
    if (!Token.isUnresolved(model.name)) {
      sku._requireCapacityFor(model.name);
    }
    this.account = account;
    this.model = model;
    this.requireServedFormat();
    this.sku = sku;
    this.deploymentName = this.chooseName(props);
    const deployments = DeploymentRegistry.of(account);
    if (!Token.isUnresolved(this.deploymentName)) {
      deployments.reserve(this.deploymentName, account.node.path, this.node.path);
    }

    this.resource = new CognitiveDeployment(this, 'Default', {
      name: this.deploymentName,
      cognitiveAccountId: account.accountId,
      model: { format: model.format, name: model.name, version: model.version },
      sku: { name: sku.name, capacity: sku.capacity },
      raiPolicyName: props.raiPolicyName ?? DEFAULT_RAI_POLICY,
      versionUpgradeOption: 'NoAutoUpgrade',
      dynamicThrottlingEnabled: props.dynamicThrottlingEnabled ?? false,
      dependsOn: prerequisitesOf(account, this),
      lifecycle: { createBeforeDestroy: true },
    });
    deployments.add(this);
  }

  /** Resource id of the deployment; whoever uses it waits for the deployment. */
  public get resourceId(): string {
    return this.resource.id;
  }

  /** `name@version` of the model: the word by which the gateway and releases refer to it. */
  public get routeKey(): string {
    return this.model.key;
  }

  private requireServedFormat(): void {
    const { format } = this.model;
    if (this.account.kind === ModelAccountKind.OPEN_AI && !Token.isUnresolved(format) && format !== 'OpenAI') {
      throw formatNotServed(this.node.path, format);
    }
  }

  private chooseName(props: ModelDeploymentProps): string {
    const { deploymentName, model, sku } = props;
    if (deploymentName !== undefined) {
      if (!Token.isUnresolved(deploymentName) && !isDeploymentName(deploymentName)) {
        throw deploymentNameInvalid(this.node.path, deploymentName);
      }
      return deploymentName;
    }
    if (!model.isResolved) {
      throw deploymentNameNotDerivable(this.node.path);
    }
    return deriveDeploymentName({ format: model.format, name: model.name, version: model.version, sku: sku.name });
  }
}
