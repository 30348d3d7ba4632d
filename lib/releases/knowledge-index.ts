import { ModelVersion } from '../accounts/model-version';

/** A search index that answers are grounded on, and the model that embedded what is in it. */
export interface KnowledgeIndex {
  /** Name of the index in Azure AI Search: 2 to 128 lower-case letters, digits, and single `-` or `_` between them. */
  readonly index: string;

  /** The exact version of the model whose vectors the index holds. */
  readonly embeddingModel: ModelVersion;

  /** Numbers in one vector of the index, 1 to 4096. */
  readonly dimensions: number;
}
