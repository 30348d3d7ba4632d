import { partInvalid } from '../errors';
import type { ContainerAppOptions } from './container-app-options';

/** What any app is connected to. */
type AppParts = Pick<ContainerAppOptions, 'environment' | 'registry' | 'identity' | 'secrets'>;

/** For callers without a type checker. @throws if one of the parts is none */
export function requireParts(path: string, { environment, registry, identity, secrets }: AppParts): void {
  if (!isObject(environment)) {
    const advice = 'pass an OrchestratorEnvironment, or OrchestratorEnvironment.fromEnvironmentId(…)';
    throw partInvalid(path, 'environment', environment, advice);
  }
  if (registry !== undefined && !isObject(registry)) {
    const advice = 'pass an ImageRegistry or ImageRegistry.fromRegistryId(…), or leave it out';
    throw partInvalid(path, 'registry', registry, advice);
  }
  if (identity !== undefined && !isObject(identity)) {
    throw partInvalid(path, 'identity', identity, 'pass { identityId, clientId, principalId }, or leave it out');
  }
  if (secrets !== undefined && !(Array.isArray(secrets) && secrets.every(isObject))) {
    throw partInvalid(
      path,
      'secrets',
      secrets,
      'list { environmentVariable, keyVaultSecretId } for each, or leave it out',
    );
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
