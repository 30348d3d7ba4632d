import { Attribute } from './attribute';
import { numberAttribute, textAttribute } from './block';
import { resolveValue } from './expression';
import { property } from './json';
import { ContainerApp } from './release-container';
import { RevisionSplitFact } from './traffic-facts';

/** How a container app splits requests between its revisions; nothing where it has no ingress with weights. */
export function revisionSplit(app: ContainerApp): RevisionSplitFact[] {
  const { origin, instance, weights, weightKeys } = app;
  const read = (value: unknown) => resolveValue(value, instance.scope);
  const text = (value: unknown): Attribute => textAttribute(read(value));
  return weights.items.length === 0 && !weights.hasUnread
    ? []
    : [
        {
          origin,
          path: weights.path,
          revisionMode: text(app.revisionMode.value),
          revisionSuffix: text(app.revisionSuffix.value),
          weights: weights.items.map(({ path, block }) => ({
            path,
            percentage: numberAttribute(read(property(block, weightKeys.percentage))),
            latestRevision: text(property(block, weightKeys.latestRevision)),
            revision: text(property(block, weightKeys.revision)),
            label: text(property(block, weightKeys.label)),
          })),
          hasUnreadWeights: weights.hasUnread,
        },
      ];
}
