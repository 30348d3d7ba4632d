import { ReleaseManifest } from '../contracts/release-manifest';
import { Attribute } from './attribute';
import { ResourceOrigin } from './facts';
import { RouteFact, RouteTarget } from './gateway-facts';

/** What a configuration says about releases: the containers that run orchestrators. */
export interface ReleaseFacts {
  readonly orchestrators: readonly OrchestratorFact[];
}

/** A container that is told which release it runs. */
export interface OrchestratorFact {
  readonly origin: ResourceOrigin;
  /** Where the container stands in its app, for instance `template.container[0]`. */
  readonly path: string;
  readonly revisionMode: Attribute;
  /** Attribute path of the revision mode. */
  readonly revisionModePath: string;
  /** References followed; an expression in front of the digest stays what it is. */
  readonly image: Attribute;
  readonly releaseId: VariableFact;
  readonly label: VariableFact;
  readonly manifest: ManifestFact;
  /** What the app's tag names as evidence that the release was evaluated. */
  readonly evidence: Attribute;
  /** Header in which it tells the gateway model and version. */
  readonly routeHeader: VariableFact;
  /** One entry for each role that it is told a URL or a deployment of. */
  readonly wiring: readonly WiringFact[];
  /** True where a part of its environment cannot be read, so that what is missing may be there. */
  readonly hasUnreadVariables: boolean;
  /** Names that the container is given more than once; left out where there are none. What is said of them is said of the last. */
  readonly repeatedVariables?: readonly string[];
  /** What the id does not cover; left out where there is nothing. */
  readonly uncovered?: readonly UncoveredFact[];
}

/** What runs beside or instead of what the release's id covers. */
export interface UncoveredFact {
  readonly path: string;
  readonly kind: 'command' | 'container' | 'ignored change';
}

/** An environment variable of a container. */
export interface VariableFact {
  /** Attribute path of its value; of the container where it is missing. */
  readonly path: string;
  readonly value: Attribute;
  /** True where the value comes from a secret of the app. */
  readonly isSecret: boolean;
}

/** The manifest of a release as far as it can be read. */
export type ManifestFact =
  | { readonly state: 'absent' }
  | {
      readonly state: 'read';
      /** Attribute path, or the address of the blob that holds the text. */
      readonly path: string;
      readonly text: string;
      readonly manifest: ReleaseManifest;
    }
  /** There is a text, and it is no manifest; `problem` is a sentence about it. */
  | { readonly state: 'malformed'; readonly path: string; readonly text: string; readonly problem: string }
  /** It stands in a secret of the app. */
  | { readonly state: 'secret'; readonly path: string }
  /** It stands behind a URL that leads out of the stack. */
  | { readonly state: 'elsewhere'; readonly path: string; readonly url: Attribute }
  | { readonly state: 'unknown'; readonly path: string; readonly expression: string };

/** What an orchestrator is told about the model of one role. */
export interface WiringFact {
  /** The role as variables spell it: upper case, `_` for `-`. */
  readonly variablePart: string;
  readonly url: VariableFact;
  /** Name of the model deployment; absent where a gateway is called. */
  readonly deployment: VariableFact;
  /** Account and deployment that the two lead to, where no gateway is called and the name can be read. */
  readonly target?: RouteTarget;
  /** The gateway that the URL leads to, where the stack declares it. */
  readonly gateway?: WiredGateway;
}

/** What the API of a gateway does with route keys. */
export interface WiredGateway {
  /** Address of the API. */
  readonly api: string;
  readonly routes: readonly RouteFact[];
  /** Headers by which its policies tell versions apart, in lower case. */
  readonly versionHeaders: readonly string[];
  /** True where a part of its policies cannot be read, so that it may serve more. */
  readonly mayServeMore: boolean;
}
