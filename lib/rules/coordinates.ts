import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { isAbsent } from './deployment-verdict';

/** Where Azure keeps a deployment: account and name, both compared without case. `undefined` where either cannot be read. */
export function coordinatesOf({ account, deployment }: DeploymentFact): string | undefined {
  const at = valueOf(account);
  const name = valueOf(deployment);
  return at === undefined || name === undefined ? undefined : coordinatesKey(at, name);
}

/** The same text for one deployment of an account, however account and name are cased; an account goes by its id, its name or its host. */
export function coordinatesKey(account: string, deployment: string): string {
  return JSON.stringify([account, deployment]).toLowerCase();
}

/** Where a fact is declared: a template declares several deployments at one address. */
export function declarationOf({ origin, deployment }: DeploymentFact): string {
  return JSON.stringify([origin.address, deployment]);
}

/** Whether two facts speak of one deployment on Azure, as far as that can be read; expressions are compared as they are written. */
export function sharesCoordinates(left: DeploymentFact, right: DeploymentFact): boolean {
  return textOf(left.account) === textOf(right.account) && textOf(left.deployment) === textOf(right.deployment);
}

/** Name of the account within its resource id, in lower case. */
export function accountNameOf({ account }: DeploymentFact): string | undefined {
  return /\/accounts\/([^/]+)/i.exec(valueOf(account) ?? '')?.[1]?.toLowerCase();
}

function textOf(attribute: Attribute): string {
  return attribute.state === 'unknown'
    ? `expression ${attribute.expression}`
    : isAbsent(attribute)
      ? ''
      : valueOf(attribute)!.toLowerCase();
}
