import { KnowledgeIndex } from './knowledge-index';
import { ModelBinding } from './model-binding';
import { Prompt } from './prompt';

/** What a release is made of. */
export interface OrchestratorReleaseProps {
  /** Name of the orchestrator, 1 to 19 lower-case letters, digits and single dashes; it starts with a letter and does not end with a dash. */
  readonly name: string;

  /** The image by its digest: `[host/]repository[:tag]@sha256:<64 hex digits>`. */
  readonly image: string;

  /** Version of the orchestration logic, as its owners count it, for instance `2.3.0`. */
  readonly orchestration: string;

  /** Exact model versions by role, for instance `chat`, `reasoning`, `embeddings`; at least one. */
  readonly models: { [role: string]: ModelBinding };

  /** Prompts by name, for instance `system`. */
  readonly prompts: { [name: string]: Prompt };

  /**
   * The index that answers are grounded on.
   *
   * @default - answers are not grounded
   */
  readonly knowledge?: KnowledgeIndex;

  /**
   * Reference of the evidence that the release was evaluated; it is no part of the release's id.
   *
   * @default - none
   */
  readonly evidence?: string;
}
