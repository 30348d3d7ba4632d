import type { IConstruct } from 'constructs';
import type { KnowledgeIndex } from '../../releases/knowledge-index';

/** An API between orchestrators and a search index, whether this configuration declares it or refers to it. */
export interface IKnowledgeApi extends IConstruct {
  /** The index that it serves, and the model with which it embeds questions. */
  readonly index: KnowledgeIndex;

  /** Base URL of the API, without a slash at the end. */
  readonly url: string;
}
