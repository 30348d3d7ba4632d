import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { deploymentDeclaredTwice } from './errors';
import type { IModelAccount } from './model-account-interface';
import type { ModelDeployment } from './model-deployment';

const registriesByRoot = new WeakMap<IConstruct, Map<string, DeploymentRegistry>>();
const registriesByAccount = new WeakMap<IModelAccount, DeploymentRegistry>();

/**
 * The deployments of one account, whichever construct stands for the account: an account that is referred to by its id
 * in two places has one set of names, and every private endpoint has to wait for all of its deployments.
 */
export class DeploymentRegistry {
  /** Kept by construct as well, because an id that Terraform computes may be spelled as another token at each reading. */
  static of(account: IModelAccount): DeploymentRegistry {
    const registry = registriesByAccount.get(account) ?? DeploymentRegistry.byId(account);
    registriesByAccount.set(account, registry);
    return registry;
  }

  private static byId(account: IModelAccount): DeploymentRegistry {
    const root = account.node.root;
    const registries = registriesByRoot.get(root) ?? new Map<string, DeploymentRegistry>();
    registriesByRoot.set(root, registries);
    const key = account.accountId.toLowerCase();
    const registry = registries.get(key) ?? new DeploymentRegistry();
    registries.set(key, registry);
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
