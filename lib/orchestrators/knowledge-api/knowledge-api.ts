import { createHash } from 'node:crypto';
import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { canonicalJson } from '../../contracts/canonical-json';
import { KNOWLEDGE_ENVIRONMENT } from '../../contracts/knowledge-environment';
import { EMBEDDINGS_ROLE } from '../../contracts/release-manifest';
import { isReleaseWord, RELEASE_NAME } from '../../contracts/release-words';
import { enrol } from '../../guard/enrol';
import type { KnowledgeIndex } from '../../releases/knowledge-index';
import { AppDraft } from '../container-app/app-draft';
import { apiNameInvalid, searchEndpointInvalid, searchServiceIdMalformed } from '../platform-errors';
import { partsOfResourceId } from '../resource-id-parts';
import { isSearchServiceId, isUrlWithoutPath } from '../resource-names';
import { ImportedKnowledgeApi } from './imported-knowledge-api';
import type { IKnowledgeApi } from './knowledge-api-interface';
import type { KnowledgeApiAttributes, KnowledgeApiProps } from './knowledge-api-props';
import { requireIndex } from './knowledge-index-check';

const DIGEST_LENGTH = 12;

/**
 * The API between orchestrators and one search index: it embeds a question with the model whose vectors the index holds, and searches.
 *
 * It is a Container App with an identity of its own, which alone may read the service's indexes; orchestrators reach the index only through it.
 * Another index or embedding model is another app, so that releases bound to the old one go on until they are drained.
 *
 * @example
 *
 * const knowledge = new KnowledgeApi(this, 'knowledge', {
 *   environment,
 *   registry,
 *   image: `knowledge@sha256:${'0'.repeat(64)}`,
 *   models: OrchestratorModels.throughGateway(gateway),
 *   searchServiceId: search.id,
 *   index: { index: 'handbook-3-large', embeddingModel: ModelVersion.openAi('text-embedding-3-large', '1'), dimensions: 3072 },
 * });
 */
export class KnowledgeApi extends Construct implements IKnowledgeApi {
  /**
   * Refers to a knowledge API that is declared elsewhere.
   *
   * @param scope - construct in which the reference lies
   * @param id - construct id
   * @param attributes - where it is and which index it serves
   * @throws if the URL or the index cannot be one
   */
  public static fromUrl(scope: Construct, id: string, attributes: KnowledgeApiAttributes): IKnowledgeApi {
    return new ImportedKnowledgeApi(scope, id, attributes);
  }

  /** The index that it serves. */
  public readonly index: KnowledgeIndex;

  /** Name of the app on Azure. */
  public readonly appName: string;

  /** Object id of the app's identity. */
  public readonly principalId: string;

  /** The Terraform resource. */
  public readonly resource: ContainerApp;

  /**
   * @throws if the embedding model is not offered in exactly its version, the environment has the API already, or an option cannot be used
   */
  constructor(scope: Construct, id: string, props: KnowledgeApiProps) {
    super(scope, id);
    enrol(this);
    const { apiName = 'knowledge', searchServiceId, index } = props;
    const path = this.node.path;
    if (Token.isUnresolved(apiName) || !isReleaseWord(RELEASE_NAME, apiName)) {
      throw apiNameInvalid(path, apiName);
    }
    if (refused(searchServiceId, isSearchServiceId)) {
      throw searchServiceIdMalformed(path, searchServiceId);
    }
    const endpoint = props.searchEndpoint ?? `https://${partsOfResourceId(searchServiceId).name}.search.windows.net`;
    if (refused(endpoint, isUrlWithoutPath)) {
      throw searchEndpointInvalid(path, endpoint);
    }
    requireIndex(path, index);
    this.index = index;
    this.appName = `${apiName}-${digestOf(index)}`;

    const draft = new AppDraft(this, {
      name: this.appName,
      title: `knowledge API ${path}`,
      image: props.image,
      bindings: [{ role: EMBEDDINGS_ROLE, model: index.embeddingModel }],
      options: props,
      telemetry: { 'service.name': apiName, 'service.version': this.appName },
      tags: { 'knowledge-index': index.index },
    });
    draft.variables.unshift(
      { name: KNOWLEDGE_ENVIRONMENT.searchEndpoint, value: endpoint },
      { name: KNOWLEDGE_ENVIRONMENT.searchIndex, value: index.index },
      { name: KNOWLEDGE_ENVIRONMENT.embeddingModel, value: index.embeddingModel.key },
      { name: KNOWLEDGE_ENVIRONMENT.dimensions, value: String(index.dimensions) },
    );
    draft.grant('Search Index Data Reader', searchServiceId);
    this.principalId = draft.identity.principalId;
    this.resource = draft.declare();
  }

  /** Base URL of the API, without a slash at the end. */
  public get url(): string {
    return `https://${this.resource.ingress.fqdn}`;
  }
}

/** What stands for the index in names; everything that makes it another index. */
function digestOf({ index, embeddingModel, dimensions }: KnowledgeIndex): string {
  const { format, name, version } = embeddingModel;
  const text = canonicalJson({ index, embeddingModel: { format, name, version }, dimensions });
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}
