import { valueOf } from '../facts/attribute';
import { digestOf } from './release-comparison';
import { PlacedRelease } from './release-index';

/** Whether a release holds other things than before under the same label. */
export function isEdited(before: PlacedRelease, after: PlacedRelease): boolean {
  const [old, current] = [before.orchestrator.manifest, after.orchestrator.manifest];
  const hasOtherText = 'text' in old && 'text' in current && old.text !== current.text;
  return hasOtherText || hasOtherImage(before, after);
}

export function hasOtherImage(
  { orchestrator: before }: PlacedRelease,
  { orchestrator: after }: PlacedRelease,
): boolean {
  const [old, current] = [valueOf(before.image), valueOf(after.image)];
  return old !== undefined && current !== undefined && digestOf(old) !== digestOf(current);
}
