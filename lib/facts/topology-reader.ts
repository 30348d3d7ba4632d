import { ConfigurationBlock } from './configuration-block';
import { ConfigurationFacts } from './facts';
import { GatewayReader } from './gateway-reader';
import { JsonObject } from './json';
import { RefusedNames } from './release-names';
import { ReleaseReader, ReleaseSurroundings } from './release-reader';

/** What a stack declares besides its deployments; left out where there is nothing. */
export type TopologyFacts = Pick<ConfigurationFacts, 'gateway' | 'names' | 'releases' | 'traffic'>;

/** Collects the parts of gateways, releases and routers while a stack is read, and makes facts of them once all of it is. */
export class TopologyReader {
  private readonly gateway = new GatewayReader();
  private readonly releases: ReleaseReader;

  /** @param names takes those that are inside of apps */
  constructor(names: RefusedNames) {
    this.releases = new ReleaseReader(names);
  }

  /** @returns the body as it is to be read for literals */
  read(block: ConfigurationBlock, body: JsonObject): JsonObject {
    this.releases.read(block, body);
    return this.gateway.read(block, body);
  }

  facts(surroundings: Omit<ReleaseSurroundings, 'gateways'>): TopologyFacts {
    const parts = this.gateway.parts(surroundings.references);
    const gateway = this.gateway.facts(parts, surroundings);
    const gateways = parts && { parts, ...(gateway && { facts: gateway }) };
    return {
      ...(gateway && { gateway }),
      ...this.releases.facts({ ...surroundings, ...(gateways && { gateways }) }),
    };
  }
}
