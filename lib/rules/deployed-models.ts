import { LifecycleAnswer } from '../catalog/lifecycle';
import { formatRouteKey } from '../contracts/route-key';
import { valueOf } from '../facts/attribute';
import { RuleContext } from './rule';

/** The model versions that deployments of the configuration have: what is wrong with them is said of the deployment. */
export class DeployedModels {
  private readonly keys: ReadonlySet<string>;

  constructor({ facts }: RuleContext) {
    this.keys = new Set(facts.deployments.map((fact) => keyOf(valueOf(fact.model) ?? '', valueOf(fact.version) ?? '')));
  }

  has({ name, version }: LifecycleAnswer): boolean {
    return this.keys.has(keyOf(name, version));
  }
}

function keyOf(name: string, version: string): string {
  return formatRouteKey({ name, version }).toLowerCase();
}
