import { Token } from 'cdktf';
import type { IOrchestratorEnvironment } from '../environment/orchestrator-environment-interface';
import { appDeclaredTwice } from '../errors';

type PathsByName = Map<string, string>;

const claimsOfEnvironments = new WeakMap<IOrchestratorEnvironment, PathsByName>();
const claimsById = new WeakMap<object, Map<string, PathsByName>>();

/**
 * Keeps a name for an app of an environment, whichever construct stands for the environment.
 *
 * @throws if another app of the environment has it
 */
export function claimAppName(environment: IOrchestratorEnvironment, constructPath: string, name: string): void {
  const claims = claimsOfEnvironments.get(environment) ?? sharedClaims(environment);
  claimsOfEnvironments.set(environment, claims);
  const other = claims.get(name);
  if (other !== undefined) {
    throw appDeclaredTwice(name, other, constructPath);
  }
  claims.set(name, constructPath);
}

/** An id that Terraform computes may be spelled as another token at each reading: such an environment is told by its construct. */
function sharedClaims({ environmentId, node }: IOrchestratorEnvironment): PathsByName {
  if (Token.isUnresolved(environmentId)) {
    return new Map();
  }
  const environments = claimsById.get(node.root) ?? new Map<string, PathsByName>();
  claimsById.set(node.root, environments);
  const claims = environments.get(environmentId.toLowerCase()) ?? new Map<string, string>();
  environments.set(environmentId.toLowerCase(), claims);
  return claims;
}
