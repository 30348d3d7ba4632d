import { LifecycleQuery } from './lifecycle';

/** A model version as a deployment pins it. */
export interface PinnedModel extends Pick<LifecycleQuery, 'format' | 'name' | 'version' | 'sku' | 'scope'> {
  /** Region of the account, for instance `swedencentral`. @default - it is not asked where a model is offered */
  readonly region?: string;
}
