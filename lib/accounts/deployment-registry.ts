import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { deploymentDeclaredTwice } from './errors';
import type { ModelDeployment } from './model-deployment';

const registriesByRoot = new WeakMap<IConstruct, Map<string, DeploymentRegistry>>();

/**
 * The deployments of one account, whichever construct stands for the account: an account that is referred to by its id
 * in two places has one set of names, and every private endpoint has to wait for all of its deployments.
 */
export class DeploymentRegistry {
  /** The registry of an account in the tree of a construct. */
  static of(scope: IConstruct, accountKey: string): DeploymentRegistry {
    const root = scope.node.root;
    const registries = registriesByRoot.get(root) ?? new Map<string, DeploymentRegistry>();
    registriesByRoot.set(root, registries);
    const registry = registries.get(accountKey) ?? new DeploymentRegistry();
    registries.set(accountKey, registry);
    return registry;
  }

  private readonly deployments = new Set<ModelDeployment>();
  private readonly pathsByName = new Map<string, string>();

  private constructor() {}

  /** Keeps a name for the deployment at a path; Azure compares names without regard to case. */
  reserve(deploymentName: string, account: string, path: string): void {
    const key = deploymentName.toLowerCase();
    const other = this.pathsByName.get(key);
    if (other !== undefined) {
      throw deploymentDeclaredTwice(deploymentName, account, other, path);
    }
    this.pathsByName.set(key, path);
  }

  add(deployment: ModelDeployment): void {
    this.deployments.add(deployment);
  }

  all(): ModelDeployment[] {
    return [...this.deployments];
  }

  /** Those of one stack: Terraform cannot order resources across stacks. */
  within(stack: TerraformStack): ModelDeployment[] {
    return this.all().filter((deployment) => TerraformStack.of(deployment) === stack);
  }
}
