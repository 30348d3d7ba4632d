import { LIFECYCLE_STAGES } from '../catalog/catalog-document';
import { LifecycleStage } from '../catalog/lifecycle';

/** Whether one stage comes after another. */
export function laterStage(stage: LifecycleStage, other: LifecycleStage): boolean {
  return LIFECYCLE_STAGES.indexOf(stage) > LIFECYCLE_STAGES.indexOf(other);
}
