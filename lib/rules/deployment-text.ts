import { abridged } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';

/** `deployment 'chat'`, or the expression that names it. */
export function deploymentText({ deployment }: DeploymentFact): string {
  const name = deployment.state === 'unknown' ? deployment.expression : valueOf(deployment);
  return name === undefined ? 'the deployment' : `deployment '${abridged(name)}'`;
}
