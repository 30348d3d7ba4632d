import { Token } from 'cdktf';
import { INDEX_NAME, isReleaseWord } from '../../contracts/release-words';
import { isIndexDimensions } from '../../releases/index-dimensions';
import type { KnowledgeIndex } from '../../releases/knowledge-index';
import { dimensionsInvalid, embeddingModelUnknown, indexInvalid } from '../platform-errors';

/** @throws if the index cannot be one, or is not known as text */
export function requireIndex(path: string, { index, embeddingModel, dimensions }: KnowledgeIndex): void {
  if (Token.isUnresolved(index) || !isReleaseWord(INDEX_NAME, index)) {
    throw indexInvalid(path, index);
  }
  if (!embeddingModel.isResolved) {
    throw embeddingModelUnknown(path);
  }
  if (!isIndexDimensions(dimensions)) {
    throw dimensionsInvalid(path, dimensions);
  }
}
