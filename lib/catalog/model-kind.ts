import { ModelKind } from './catalog-document';
import { ModelCatalog } from './model-catalog';
import { placementOf, UpdateSubject } from './placement';

let bundled: ModelCatalog | undefined;

/**
 * What a model does: as its own entry or its place in a family says, else as the bundled catalogue says of the public cloud,
 * else as the family as a whole. Sources of other clouds and lists of Azure do not say it, and it is the same everywhere.
 */
export function kindOf(subject: UpdateSubject, catalog: ModelCatalog): ModelKind | undefined {
  const { member, record, kind } = placementOf(subject, catalog);
  if (member?.kind !== undefined || record?.facts.kind !== undefined) {
    return kind;
  }
  bundled ??= ModelCatalog.bundled();
  return placementOf(subject, bundled).record?.facts.kind ?? kind;
}
