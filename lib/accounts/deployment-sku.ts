import { Token } from 'cdktf';
import {
  DEPLOYMENT_TYPES,
  DeploymentType,
  allowsCapacity,
  capacityRule,
  deploymentType,
} from '../catalog/deployment-types';
import { capacityNotAllowed, deploymentTypeUnknown } from './errors';

/**
 * Deployment type and capacity of a model deployment.
 *
 * The type is part of the deployment's name, because changing it replaces the deployment; capacity changes in place.
 * A capacity may be a Terraform token; it is then not checked.
 *
 * @see https://learn.microsoft.com/azure/foundry/foundry-models/concepts/deployment-types
 */
export class DeploymentSku {
  /** Pay per token, processed in any region. Capacity in units of the model's rate limit, usually 1,000 tokens a minute each. */
  public static globalStandard(capacity: number): DeploymentSku {
    return DeploymentSku.of('GlobalStandard', capacity);
  }

  /** Pay per token, processed in the data zone. Capacity in units of the model's rate limit, usually 1,000 tokens a minute each. */
  public static dataZoneStandard(capacity: number): DeploymentSku {
    return DeploymentSku.of('DataZoneStandard', capacity);
  }

  /** Pay per token, processed in the account's region. Capacity in units of the model's rate limit, usually 1,000 tokens a minute each. */
  public static standard(capacity: number): DeploymentSku {
    return DeploymentSku.of('Standard', capacity);
  }

  /** Provisioned throughput, processed in any region. At least 15 PTU, in steps of 5. */
  public static globalProvisionedManaged(ptu: number): DeploymentSku {
    return DeploymentSku.of('GlobalProvisionedManaged', ptu);
  }

  /** Provisioned throughput, processed in the data zone. At least 15 PTU, in steps of 5. */
  public static dataZoneProvisionedManaged(ptu: number): DeploymentSku {
    return DeploymentSku.of('DataZoneProvisionedManaged', ptu);
  }

  /** Provisioned throughput in the account's region. At least 25 PTU in steps of 25; 50 in steps of 50 for the larger models. */
  public static provisionedManaged(ptu: number): DeploymentSku {
    return DeploymentSku.of('ProvisionedManaged', ptu);
  }

  /** Batch jobs, processed in any region. Capacity in thousands of tokens that may be enqueued. */
  public static globalBatch(capacity: number): DeploymentSku {
    return DeploymentSku.of('GlobalBatch', capacity);
  }

  /** Batch jobs, processed in the data zone. Capacity in thousands of tokens that may be enqueued. */
  public static dataZoneBatch(capacity: number): DeploymentSku {
    return DeploymentSku.of('DataZoneBatch', capacity);
  }

  /**
   * The deployment type of that name.
   *
   * @param name - one of `GlobalStandard`, `DataZoneStandard`, `Standard`, `GlobalProvisionedManaged`,
   * `DataZoneProvisionedManaged`, `ProvisionedManaged`, `GlobalBatch` and `DataZoneBatch`
   * @param capacity - whole number in the type's unit
   */
  public static of(name: string, capacity: number): DeploymentSku {
    const type = deploymentType(name);
    if (type === undefined) {
      throw deploymentTypeUnknown(
        name,
        DEPLOYMENT_TYPES.map((known) => known.name),
      );
    }
    return new DeploymentSku(type, capacity);
  }

  /** Name of the deployment type, for instance `GlobalStandard`. */
  public readonly name: string;

  /** Capacity in the type's unit. */
  public readonly capacity: number;

  private readonly type: DeploymentType;

  private constructor(type: DeploymentType, capacity: number) {
    this.type = type;
    this.name = type.name;
    this.capacity = capacity;
    this.requireCapacity();
  }

  /**
   * Throws if the model needs a larger capacity or larger steps than the deployment type in general.
   *
   * @internal
   */
  public _requireCapacityFor(model: string): void {
    this.requireCapacity(model);
  }

  private requireCapacity(model?: string): void {
    const rule = capacityRule(this.type, model);
    if (!Token.isUnresolved(this.capacity) && !allowsCapacity(rule, this.capacity)) {
      throw capacityNotAllowed(this.name, this.capacity, rule, model);
    }
  }
}
