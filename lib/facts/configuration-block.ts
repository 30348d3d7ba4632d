import { DeletionFact, DeploymentFact, OpaqueFact, ResourceOrigin } from './facts';
import { HeldPlaces } from './held-places';
import { Instance, Instances } from './instances';
import { JsonObject } from './json';
import { Scope } from './scope';

/** One resource, data source, module or other block of a configuration, on its way to facts. */
export interface ConfigurationBlock {
  readonly origin: ResourceOrigin;
  readonly body: JsonObject;
  /** What expressions outside `each` may refer to. */
  readonly scope: Scope;
  readonly instances: Instances;
  readonly held: HeldPlaces;
}

/** What a block says about deployments, and the block as it is to be read for literals. */
export interface BlockReading {
  readonly deployments: readonly DeploymentFact[];
  readonly opaque: readonly OpaqueFact[];
  /** @default - the block deletes nothing */
  readonly deletions?: readonly DeletionFact[];
  readonly body: JsonObject;
}

/** Where one instance of the block stands. */
export function originOf(block: ConfigurationBlock, instance: Instance): ResourceOrigin {
  return instance.suffix === ''
    ? block.origin
    : { ...block.origin, address: `${block.origin.address}${instance.suffix}` };
}
