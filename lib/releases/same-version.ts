import type { ModelVersion } from '../accounts/model-version';
import { sameFormat, sameText } from '../catalog/model-key';

/** Whether two are one version of one model: Azure and its model lists spell formats, names and versions in either case. */
export function isSameVersion(one: ModelVersion, other: ModelVersion): boolean {
  return sameFormat(one.format, other.format) && sameText(one.key, other.key);
}
