import type { IOrchestratorEnvironment } from '../environment/orchestrator-environment-interface';
import type { IImageRegistry } from '../image-registry/image-registry-interface';
import type { OrchestratorModels } from '../models/orchestrator-models';

/** A user-assigned identity with which an app pulls its image, reads its secrets and calls models. */
export interface AppIdentity {
  /** Resource id of the identity. */
  readonly identityId: string;

  /** Client id (application id) of the identity. */
  readonly clientId: string;

  /** Object id of the identity, to which roles are given. */
  readonly principalId: string;
}

/** What one replica of an app has. */
export interface AppSize {
  /**
   * Cores: 0.25 to 4 in steps of 0.25 on the Consumption profile, up to 32 on others.
   *
   * @default 0.5
   */
  readonly cpu?: number;

  /**
   * Memory in GiB, in steps of 0.25; on the Consumption profile it is twice the cores and nothing else.
   *
   * @default - twice the cores
   * @see https://learn.microsoft.com/azure/container-apps/containers#allocations
   */
  readonly memoryGib?: number;
}

/** How many replicas of an app run. */
export interface AppScale {
  /**
   * Fewest replicas, 0 to 1000. With 0 the first caller after a pause waits for a replica to start.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * Most replicas, 1 to 1000.
   *
   * @default 10
   */
  readonly maxReplicas?: number;

  /**
   * Requests that one replica serves at a time before another one is started, 1 to 10000. An answer that is streamed counts until its end.
   *
   * @default 10
   */
  readonly concurrentRequests?: number;
}

/** A secret of Key Vault as an environment variable; the value is in no configuration and no state file. */
export interface AppSecret {
  /** Name of the environment variable. */
  readonly environmentVariable: string;

  /**
   * URL of the secret, `https://<vault>.vault.azure.net/secrets/<name>[/<version>]`; may be a token.
   *
   * Without a version Azure takes a new one over within half an hour and restarts the replicas, and one release behaves differently from then on.
   *
   * @see https://learn.microsoft.com/azure/container-apps/manage-secrets
   */
  readonly keyVaultSecretId: string;

  /**
   * Resource id of the vault, on which the app's identity is given the role `Key Vault Secrets User`.
   *
   * @default - the identity was given access elsewhere
   */
  readonly keyVaultId?: string;
}

/** What orchestrators and knowledge APIs have in common as Container Apps. */
export interface ContainerAppOptions {
  /** The environment in which the app runs. */
  readonly environment: IOrchestratorEnvironment;

  /** How the app reaches models. */
  readonly models: OrchestratorModels;

  /**
   * The registry from which the image is pulled, with the app's identity. It has to be named where the image names no host.
   *
   * @default - the image is pulled without credentials
   */
  readonly registry?: IImageRegistry;

  /**
   * The identity of the app.
   *
   * @default - one that is made for the app, so that nothing else can do what it may do
   */
  readonly identity?: AppIdentity;

  /**
   * Cores and memory of a replica.
   *
   * @default - half a core and 1 GiB
   */
  readonly size?: AppSize;

  /**
   * How many replicas run.
   *
   * @default - 1 to 10, another one for every 10 simultaneous requests
   */
  readonly scale?: AppScale;

  /**
   * Port on which the container listens, 1 to 65535.
   *
   * @default 8080
   */
  readonly port?: number;

  /**
   * Whether the app is reached from outside of its environment: from the virtual network where the environment is internal, else from the internet.
   *
   * API Management needs it, a router in the same environment does not.
   *
   * @default false
   */
  readonly external?: boolean;

  /**
   * Seconds that a container may take to start, 10 to 2400; Azure then restarts it.
   *
   * @default 150
   */
  readonly startupSeconds?: number;

  /**
   * Seconds that a replica may go on answering when it is to stop, 0 to 600; a stream that takes longer is cut.
   *
   * @default 600
   * @see https://learn.microsoft.com/azure/container-apps/application-lifecycle-management#shutdown
   */
  readonly terminationGraceSeconds?: number;

  /**
   * Secrets of Key Vault as environment variables.
   *
   * @default - none
   */
  readonly secrets?: AppSecret[];

  /**
   * Further environment variables, as text that is known now. They are no part of a release's id: nothing that changes answers belongs here.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Workload profile on which the app runs.
   *
   * @default - that of the environment
   */
  readonly workloadProfileName?: string;

  /**
   * Tags of the app and its identity.
   *
   * @default - those alone that say what runs
   */
  readonly tags?: { [name: string]: string };
}
