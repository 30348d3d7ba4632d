import { isWholeNumber } from '../contracts/whole-number';

/** Of a vector field of Azure AI Search: https://learn.microsoft.com/azure/search/search-limits-quotas-capacity */
export const MOST_INDEX_DIMENSIONS = 4096;

export function isIndexDimensions(value: unknown): boolean {
  return isWholeNumber(value, 1, MOST_INDEX_DIMENSIONS);
}
