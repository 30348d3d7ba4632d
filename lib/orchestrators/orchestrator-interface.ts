import type { IConstruct } from 'constructs';
import type { OrchestratorRelease } from '../releases/orchestrator-release';

/** The running app of one release, whether this configuration declares it or refers to it. */
export interface IOrchestrator extends IConstruct {
  /** SHA-256 of the release's manifest, 64 hexadecimal digits. */
  readonly releaseId: string;

  /** `<name>-<first 12 digits of the release's id>`: what headers, routers and resources call the release. */
  readonly label: string;

  /** The release, where its content is known. */
  readonly release?: OrchestratorRelease;

  /** Base URL of the app, for instance `https://chat-0a1b2c3d4e5f.internal.<domain>`, without a slash at the end. */
  readonly url: string;

  /** Whether the app is reached from outside of its environment; absent where that is not known, as for one that is declared elsewhere. */
  readonly external?: boolean;
}
