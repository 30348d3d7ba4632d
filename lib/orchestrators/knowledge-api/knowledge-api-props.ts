import type { KnowledgeIndex } from '../../releases/knowledge-index';
import type { ContainerAppOptions } from '../container-app/container-app-options';

/** Properties of a `KnowledgeApi`. */
export interface KnowledgeApiProps extends ContainerAppOptions {
  /** The image by its digest: `[host/]repository@sha256:<64 hex digits>`. */
  readonly image: string;

  /** Resource id of the search service, on which the app's identity is given the role `Search Index Data Reader`; may be a token. */
  readonly searchServiceId: string;

  /**
   * Base URL of the search service, without a path.
   *
   * @default - `https://<name>.search.windows.net`
   */
  readonly searchEndpoint?: string;

  /** The index, and the model with which questions are embedded: the one whose vectors the index holds. */
  readonly index: KnowledgeIndex;

  /**
   * Name of the API: 1 to 19 lower-case letters, digits and single dashes, starting with a letter. The app's name is it with 12 digits that
   * stand for the index, so that the API of another index is another app.
   *
   * @default 'knowledge'
   */
  readonly apiName?: string;
}

/** What is known of a knowledge API that this configuration does not declare. */
export interface KnowledgeApiAttributes {
  /** Base URL of the API, `https://<host>` without a path; may be a Terraform token. */
  readonly url: string;

  /** The index that it serves. */
  readonly index: KnowledgeIndex;
}
