import { Token } from 'cdktf';
import { INDEX_NAME, isReleaseWord } from '../../contracts/release-words';
import { isWholeNumber } from '../../contracts/whole-number';
import type { KnowledgeIndex } from '../../releases/knowledge-index';
import { dimensionsInvalid, embeddingModelUnknown, indexInvalid } from '../platform-errors';

/** https://learn.microsoft.com/azure/search/search-limits-quotas-capacity */
const MOST_DIMENSIONS = 4096;

/** @throws if the index cannot be one, or is not known as text */
export function requireIndex(path: string, { index, embeddingModel, dimensions }: KnowledgeIndex): void {
  if (Token.isUnresolved(index) || !isReleaseWord(INDEX_NAME, index)) {
    throw indexInvalid(path, index);
  }
  if (!embeddingModel.isResolved) {
    throw embeddingModelUnknown(path);
  }
  if (!isWholeNumber(dimensions, 1, MOST_DIMENSIONS)) {
    throw dimensionsInvalid(path, dimensions);
  }
}
