import { Attribute } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { FindingResource } from '../rules/finding';

/** The account and name of a deployment; an expression still tells them apart from others of the stack. */
export function coordinatesIn({
  account,
  deployment,
}: DeploymentFact): Pick<FindingResource, 'account' | 'deployment'> {
  const texts = { account: textOf(account), deployment: textOf(deployment) };
  return {
    ...(texts.account !== undefined && { account: texts.account }),
    ...(texts.deployment !== undefined && { deployment: texts.deployment }),
  };
}

/** Where a deployment stands, as findings say it. */
export function deploymentResource(fact: DeploymentFact): FindingResource {
  return { ...fact.origin, ...coordinatesIn(fact) };
}

function textOf(attribute: Attribute): string | undefined {
  return attribute.state === 'absent'
    ? undefined
    : attribute.state === 'known'
      ? attribute.value
      : attribute.expression;
}
