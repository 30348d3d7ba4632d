import { Construct } from 'constructs';
import { refused } from '../../accounts/refused';
import { enrol } from '../../guard/enrol';
import type { KnowledgeIndex } from '../../releases/knowledge-index';
import { urlInvalid } from '../release-errors';
import { isUrlWithoutPath } from '../resource-names';
import type { IKnowledgeApi } from './knowledge-api-interface';
import type { KnowledgeApiAttributes } from './knowledge-api-props';
import { requireIndex } from './knowledge-index-check';

/** A knowledge API that is declared elsewhere; see `KnowledgeApi.fromUrl`. */
export class ImportedKnowledgeApi extends Construct implements IKnowledgeApi {
  public readonly url: string;
  public readonly index: KnowledgeIndex;

  constructor(scope: Construct, id: string, { url, index }: KnowledgeApiAttributes) {
    super(scope, id);
    enrol(this);
    if (refused(url, isUrlWithoutPath)) {
      throw urlInvalid(this.node.path, url);
    }
    requireIndex(this.node.path, index);
    this.url = url;
    this.index = index;
  }
}
