import type { OrchestratorRelease } from '../releases/orchestrator-release';
import type { ContainerAppOptions } from './container-app/container-app-options';
import type { IKnowledgeApi } from './knowledge-api/knowledge-api-interface';
import type { IManifestStore } from './manifest-store/manifest-store-interface';

/** Properties of an `Orchestrator`. */
export interface OrchestratorProps extends ContainerAppOptions {
  /** The release that runs. Another release under the same construct id is another app, created before the old one is removed. */
  readonly release: OrchestratorRelease;

  /**
   * The knowledge API through which the release reaches the index that it is bound to; needed where it is bound to one.
   *
   * @default - the release is not grounded
   */
  readonly knowledge?: IKnowledgeApi;

  /**
   * Where the manifest is kept if it does not fit into the environment variables, which have room for 32 KiB.
   *
   * @default - a manifest that does not fit is an error
   */
  readonly manifestStore?: IManifestStore;
}

/** What is known of an orchestrator that this configuration does not declare: its release, or the release's name and id. */
export interface OrchestratorAttributes {
  /** Base URL of the app, `https://<host>` without a path; may be a Terraform token. */
  readonly url: string;

  /**
   * The release that runs there.
   *
   * @default - it is told by `name` and `releaseId`
   */
  readonly release?: OrchestratorRelease;

  /**
   * Name of the orchestrator.
   *
   * @default - that of `release`
   */
  readonly name?: string;

  /**
   * SHA-256 of the release's manifest, 64 hexadecimal digits.
   *
   * @default - that of `release`
   */
  readonly releaseId?: string;
}
