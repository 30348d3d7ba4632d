import { BlockReading, ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { OpaqueFact } from './facts';
import { HeldPlaces } from './held-places';
import { property, propertyAt } from './json';
import { documentOf } from './json-document';
import { DEPLOYMENT_TYPE } from './resource-type';
import { deploymentsOf } from './template-deployment';

const RULE = 'policy_rule';

/**
 * Reads whether a policy deploys models where it finds none (`deployIfNotExists`): Azure deploys its template when it
 * likes, wherever the policy is assigned.
 * Source: https://learn.microsoft.com/azure/governance/policy/concepts/effect-deploy-if-not-exists
 */
export function readPolicyDefinition(block: ConfigurationBlock): BlockReading {
  const rule = documentOf(resolveValue(property(block.body, RULE), block.scope), block.scope);
  const template = propertyAt(rule, 'then', 'details', 'deployment', 'properties', 'template');
  const opaque = block.instances.all.flatMap((instance) => {
    const origin = originOf(block, instance);
    return deploymentsOf(template, origin, new HeldPlaces(), undefined, 0).map(({ deployment }): OpaqueFact => ({
      origin,
      path: RULE,
      expression: deployment.state === 'known' ? deployment.value : DEPLOYMENT_TYPE,
      reason: 'a policy deploys it wherever it is assigned',
    }));
  });
  return { deployments: [], opaque, body: block.body };
}
