import type { KnowledgeIndex } from '../../releases/knowledge-index';
import type { OrchestratorRelease } from '../../releases/orchestrator-release';
import { isSameVersion } from '../../releases/same-version';
import { knowledgeDiffers, knowledgeMissing, knowledgeUnbound } from '../release-errors';
import type { IKnowledgeApi } from './knowledge-api-interface';

/**
 * A release is grounded on the index that it is bound to, by vectors of one model, or on none: two models of the same dimensions
 * answer each other's vectors with wrong neighbours and without an error.
 *
 * @throws if release and API do not fit together
 */
export function requireKnowledge(
  path: string,
  { label, knowledge }: OrchestratorRelease,
  api: IKnowledgeApi | undefined,
): void {
  if (knowledge === undefined) {
    if (api !== undefined) {
      throw knowledgeUnbound(path, label);
    }
    return;
  }
  if (api === undefined) {
    throw knowledgeMissing(path, label, knowledge.index);
  }
  if (!isSameIndex(knowledge, api.index)) {
    throw knowledgeDiffers(label, api.node.path, describeIndex(knowledge), describeIndex(api.index));
  }
}

function isSameIndex(one: KnowledgeIndex, other: KnowledgeIndex): boolean {
  return (
    one.index === other.index &&
    one.dimensions === other.dimensions &&
    isSameVersion(one.embeddingModel, other.embeddingModel)
  );
}

/** All that has to be equal, as a reader wants it. */
function describeIndex({ index, embeddingModel, dimensions }: KnowledgeIndex): string {
  return `index '${index}' of ${embeddingModel.format} ${embeddingModel.key} with ${dimensions} dimensions`;
}
