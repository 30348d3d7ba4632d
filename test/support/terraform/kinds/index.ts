import { ResourceKind } from '../resource-kind';
import { cognitiveKinds } from './cognitive';
import { networkKinds } from './network';
import { platformKinds } from './platform';

/** Every resource type that can be planned and applied; a new area is one more file and one more line. */
export const resourceKinds: Readonly<Record<string, ResourceKind>> = {
  ...cognitiveKinds,
  ...networkKinds,
  ...platformKinds,
};
